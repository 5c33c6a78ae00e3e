-- name: metrics.client_gap_parts
-- purpose: What each client's gap to its tier is made of over the covered ones of the chosen months: a row for each
--   part and one for the gap, which they add up to. Clients that can be compared.
-- grain: client_key, part
-- params: month_from DATE, month_to DATE
-- needs: invoice_lines, time_entries|tickets, clients
-- uses: tickets, technicians, agreements
-- columns:
--   client_key  VARCHAR        key of the client
--   part        VARCHAR        price, tools, demand and handling (effort, where no tickets tell them apart), seniority,
--                              gap
--   place       BIGINT         its place among them, the gap last
--   amount      DECIMAL(28,8)  what it comes to in money; above 0 the client earns more by it
--   ratio       DOUBLE         what the client has of it / what its tier has; empty of the gap
--   change      DOUBLE         ratio - 1
--   is_total    BOOLEAN        whether it is the gap
--   is_reason   BOOLEAN        whether it is one of the two parts that explain most of the gap, a quarter or more
--   is_alike    BOOLEAN        whether the client has about as much of it as its tier

with listed as (
    select client_key, gap, demand is not null as is_split, unnest([
        { 'place': 1, 'part': 'price', 'amount': price, 'ratio': price_ratio },
        { 'place': 2, 'part': 'tools', 'amount': tools, 'ratio': tools_ratio },
        { 'place': 3, 'part': 'demand', 'amount': demand, 'ratio': demand_ratio },
        { 'place': 4, 'part': 'handling', 'amount': handling, 'ratio': handling_ratio },
        { 'place': 5, 'part': 'effort', 'amount': effort, 'ratio': effort_ratio },
        { 'place': 6, 'part': 'seniority', 'amount': seniority, 'ratio': rate_ratio },
        { 'place': 7, 'part': 'gap', 'amount': gap, 'ratio': null }
    ]) as said
    from metrics.client_margin_gap($month_from, $month_to)
    where gap is not null
)

select client_key, said.part as part, cast(said.place as bigint) as place, said.amount as amount, said.ratio as ratio,
    said.ratio - 1 as change, said.part = 'gap' as is_total,
    said.part != 'gap' and coalesce(explains(said.amount, gap), false)
    and row_number() over (
        partition by client_key, said.part = 'gap'
        order by said.amount * sign(gap) desc, said.place asc
    ) <= 2 as is_reason,
    coalesce(is_about_alike(said.ratio), false) as is_alike
from listed
where said.part not in ('demand', 'handling', 'effort') or (said.part = 'effort') != is_split
order by client_key asc, place asc
