-- name: metrics.client_margin_gap
-- purpose: Why each client's recurring margin differs from its tier's over the covered ones of the chosen months, in
--   money; what is above 0 earns more. Price, tools, effort and seniority add up to the gap, demand and handling
--   to effort.
-- grain: client_key
-- params: month_from DATE, month_to DATE
-- needs: invoice_lines, time_entries|tickets, clients
-- uses: tickets, technicians, agreements
-- columns:
--   client_key       VARCHAR        key of the client
--   client           VARCHAR        the client
--   service_tier     VARCHAR        of the clients file, else the latest agreement, else (no tier)
--   clients_in_tier  BIGINT         clients of the tier that are compared; under three there is no gap
--   user_months      DOUBLE         users of today x covered months with revenue or client hours
--   gap              DECIMAL(28,8)  what it earns beyond what its users would at the tier's margin for a user and month
--   price            DECIMAL(28,8)  of it because it pays another price
--   tools            DECIMAL(28,8)  because its tools cost something else
--   effort           DECIMAL(28,8)  because its users take another number of hours
--   demand           DECIMAL(28,8)  of effort because they open another number of tickets; empty without tickets
--   handling         DECIMAL(28,8)  of effort because a ticket takes another number of hours; empty without tickets
--   seniority        DECIMAL(28,8)  because its hours cost something else
--   price_ratio      DOUBLE         its price / the tier's
--   tools_ratio      DOUBLE         its tools for a user and month / the tier's
--   effort_ratio     DOUBLE         its hours for a user and month / the tier's
--   demand_ratio     DOUBLE         its tickets for a user and month / the tier's
--   handling_ratio   DOUBLE         its hours for a ticket / the tier's
--   rate_ratio       DOUBLE         cost of its hours / of the tier's
--   fee_to_tier      DOUBLE         by what share its fee would have to rise to close a gap below zero
--   is_steep         BOOLEAN        whether that is more than one renewal carries
--   main_reason      VARCHAR        the part that costs it most, effort where it isn't split; empty where none does

with rates as (
    select *, case when clients_in_tier >= 3 then user_months end as compared
    from metrics.client_recurring_rates($month_from, $month_to)
),

parted as (
    select *, gap_to_tier(compared, price - tools - labour, tier_price - tier_tools - tier_labour) as gap,
        gap_to_tier(compared, price, tier_price) as by_price, -gap_to_tier(compared, tools, tier_tools) as by_tools,
        case when tier_effort = 0 then 0 * compared else -gap_to_tier(compared, effort, tier_effort) * tier_rate end
            as by_effort,
        case when demand > 0 then if(
            tier_effort = 0, 0 * compared, -gap_to_tier(compared, demand, tier_demand) * tier_handling * tier_rate
        ) end as by_demand,
        case when demand > 0 then if(
            tier_effort = 0, 0 * compared, -gap_to_tier(compared, handling, tier_handling) * demand * tier_rate
        ) end as by_handling,
        case when effort = 0 then 0 * compared else -gap_to_tier(compared, rate, tier_rate) * effort end as by_seniority
    from rates
),

judged as (
    select *, least(
        by_price, by_tools, by_seniority, by_demand, by_handling, case when by_demand is null then by_effort end
    ) as worst
    from parted
)

select judged.client_key, clients.client, judged.service_tier, judged.clients_in_tier, judged.user_months,
    cast(gap as decimal(28, 8)) as gap, cast(by_price as decimal(28, 8)) as price,
    cast(by_tools as decimal(28, 8)) as tools, cast(by_effort as decimal(28, 8)) as effort,
    cast(by_demand as decimal(28, 8)) as demand, cast(by_handling as decimal(28, 8)) as handling,
    cast(by_seniority as decimal(28, 8)) as seniority, share(judged.price, tier_price) as price_ratio,
    share(judged.tools, tier_tools) as tools_ratio, share(judged.effort, tier_effort) as effort_ratio,
    share(judged.demand, tier_demand) as demand_ratio, share(judged.handling, tier_handling) as handling_ratio,
    share(judged.rate, tier_rate) as rate_ratio,
    share(case when gap < 0 then -gap end, judged.price * judged.user_months) as fee_to_tier,
    is_steep(fee_to_tier, (select renewal_rise from core.assumption)) as is_steep,
    case when worst < 0 then list_extract(
        ['price', 'tools', 'demand', 'handling', 'seniority', 'effort'],
        list_position([by_price, by_tools, by_demand, by_handling, by_seniority, by_effort], worst)
    ) end as main_reason
from judged
inner join core.dim_clients as clients using (client_key)
order by gap asc nulls last, clients.client asc
