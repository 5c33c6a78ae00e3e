-- name: metrics.work_mix
-- purpose: Whether each client's work of the last whole quarter can be told from that of two quarters before: how far
--   the hours on tickets by category lie apart (Jensen-Shannon), against what chance makes of so few tickets.
-- grain: client_key
-- params: as_of DATE
-- needs: tickets
-- uses: time_entries
-- columns:
--   client_key          VARCHAR  key of the client
--   quarter_start       DATE     the last quarter that had ended by the day
--   compared_start      DATE     the quarter two before it
--   tickets             BIGINT   tickets opened in it by people that have a category and hours
--   compared_tickets    BIGINT   those of the quarter two before
--   categories          BIGINT   categories that either quarter has hours in
--   work_mix_distance   DOUBLE   from 0, alike, to 1, nothing in common; empty where either quarter has too few tickets
--   chance_distance     DOUBLE   what two quarters of the same work rarely exceed by chance, with so many tickets
--   is_distinguishable  BOOLEAN  whether the distance is above both that and the benchmark; empty as the distance is

with quarters as (
    select cast(date_trunc('quarter', $as_of + 1) - interval 3 month as date) as quarter_start,
        cast(date_trunc('quarter', $as_of + 1) - interval 9 month as date) as compared_start
),

worked as (
    select tickets.client_key, tickets.category, tickets.month_start >= quarters.quarter_start as is_now,
        cast(sum(tickets.worked) as bigint) as tickets, cast(sum(tickets.worked_hours) as double) as hours,
        sum(tickets.worked_squares) as squares
    from core.opened_monthly as tickets
    inner join quarters on date_trunc('quarter', tickets.month_start) in (quarter_start, compared_start)
    where category != '(none)' and worked > 0 and client_key is not null group by tickets.client_key, category, is_now
),

sums as (
    -- so many tickets of like hours would say as much as these
    select client_key, cast(coalesce(sum(tickets) filter (where is_now), 0) as bigint) as tickets,
        cast(coalesce(sum(tickets) filter (where not is_now), 0) as bigint) as compared_tickets,
        sum(hours) filter (where is_now) as total, sum(hours) filter (where not is_now) as compared_total,
        share(total * total, sum(squares) filter (where is_now)) as worth,
        share(compared_total * compared_total, sum(squares) filter (where not is_now)) as compared_worth
    from worked
    group by client_key
),

mixes as (
    select worked.client_key,
        share(coalesce(sum(worked.hours) filter (where worked.is_now), 0), any_value(sums.total)) as part,
        share(
            coalesce(sum(worked.hours) filter (where not worked.is_now), 0), any_value(sums.compared_total)
        ) as other
    from worked
    inner join sums using (client_key)
    group by worked.client_key, worked.category
),

distances as (
    select client_key, count(*) as categories,
        sqrt(
            greatest(sum(divergence(part, other) + divergence(other, part) order by part asc, other asc), 0)
        ) as distance
    from mixes
    group by client_key
)

select sums.client_key, quarters.quarter_start, quarters.compared_start, sums.tickets, sums.compared_tickets,
    distances.categories,
    case
        when least(sums.tickets, sums.compared_tickets) >= assumption.sla_min_tickets then distances.distance
    end as work_mix_distance,
    chance_distance(distances.categories, sums.worth, sums.compared_worth) as chance_distance,
    work_mix_distance >= greatest(alike.low, chance_distance) as is_distinguishable
from sums
inner join distances using (client_key)
cross join quarters
cross join core.assumption as assumption
inner join core.benchmark as alike on alike.number = 'work_mix_distance'
