-- name: metrics.margin_gap_summary
-- purpose: How much clients earn less than their tiers would over the covered ones of the chosen months, and what of it
--   is price, hours, tools and the cost of an hour: of the clients below their tier alone, in money above 0.
-- grain: one row
-- params: month_from DATE, month_to DATE
-- needs: invoice_lines, time_entries|tickets, clients
-- uses: tickets, technicians, agreements
-- columns:
--   clients          BIGINT         clients that are compared with their tier
--   clients_below    BIGINT         of them those that earn less
--   gap_below        DECIMAL(28,2)  what those earn less together; the three below add up to it
--   by_price         DECIMAL(28,2)  of it because they pay less for a user
--   by_hours         DECIMAL(28,2)  because their users take more hours
--   by_other         DECIMAL(28,2)  because their tools or an hour cost more
--   small_tiers      VARCHAR        tiers with fewer than three such clients, which are not compared
--   left_out         BIGINT         clients with revenue that are not compared
--   has_hours_cost   BOOLEAN        whether what the hours cost is known
--   months_asked     BIGINT         months chosen
--   months_covered   BIGINT         of them covered: what all of this counts
--   covered_from     DATE           the first of these; empty if none is
--   covered_to       DATE           and the last

with gaps as (
    select * from metrics.client_margin_gap($month_from, $month_to)
),

below as (
    select -sum(gap) as gap, -sum(price) as price, -sum(effort) as effort, -sum(tools + seniority) as other
    from gaps
    where gap < 0
),

billed as (
    select count(*) as clients from metrics.client_margin($month_from, $month_to) where revenue > 0
),

compared as (
    select count(gap) as clients, count(*) filter (where gap < 0) as clients_below,
        case when count(gap) > 0 then 0 end as none,
        string_agg(distinct service_tier, ', ' order by service_tier asc) filter (where price is null) as small_tiers,
        count(*) filter (where gap is null and price is not null) = 0 as has_hours_cost
    from gaps
)

select compared.clients, compared.clients_below, cast(coalesce(below.gap, none) as decimal(28, 2)) as gap_below,
    cast(coalesce(below.price, none) as decimal(28, 2)) as by_price,
    cast(coalesce(below.effort, none) as decimal(28, 2)) as by_hours,
    cast(coalesce(below.other, none) as decimal(28, 2)) as by_other, compared.small_tiers,
    greatest(billed.clients - compared.clients, 0) as left_out, compared.has_hours_cost,
    months_in($month_from, $month_to) as months_asked, company.months_covered,
    company.covered_from, company.covered_to
from compared
cross join below
cross join billed
cross join metrics.company_margin($month_from, $month_to) as company
