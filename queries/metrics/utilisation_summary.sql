-- name: metrics.utilisation_summary
-- purpose: The answer to "whose hours are sold" over the chosen months that are complete for labour: who works below,
--   in and above the band.
-- grain: one row
-- params: month_from DATE, month_to DATE
-- needs: time_entries|tickets, technicians
-- uses: time_off, holidays, tickets
-- columns:
--   technicians             BIGINT   service technicians with any capacity
--   below_band              BIGINT   of them below the healthy band of net hours
--   in_band                 BIGINT   of them inside it, both ends included
--   above_band              BIGINT   of them above it
--   low_capture             BIGINT   of them with too few of their net hours logged to be read
--   highest_technician      VARCHAR  the one with the highest utilisation of net hours
--   highest_utilisation     DOUBLE   that utilisation
--   lowest_technician       VARCHAR  the one with the lowest
--   lowest_utilisation      DOUBLE   that utilisation
--   unlogged                VARCHAR  who ended tickets and logged no hour, with how many, or is an owner: of these
--                                    nothing is known
--   hours_outside_capacity  DOUBLE   client hours of names that only time entries know, and of those not employed in
--                                    the months: in none of these ratios

with ended as (
    select technician_key, sum(ended) as tickets
    from core.ended_monthly
    where month_start between $month_from and $month_to
    group by technician_key
),

owners as (
    select technician_key from core.dim_technician_versions group by technician_key having bool_or(is_owner)
),

people as (
    select months.technician, sum(months.gross_hours) as gross_hours, sum(months.client_hours) as client_hours,
        case
            when sum(months.logged_hours) > 0 then null
            when any_value(ended.tickets) > 0 then ' ended ' || cast(any_value(ended.tickets) as bigint)
                || if(any_value(ended.tickets) = 1, ' ticket', ' tickets')
            when any_value(owners.technician_key) is not null then ' is an owner'
        end as unlogged,
        case when unlogged is null then utilisation_net(sum(months.client_hours), sum(months.net_hours)) end
            as utilisation,
        time_capture(sum(months.logged_hours), sum(months.net_hours)) as capture
    from metrics.utilisation_months as months
    left join ended using (technician_key)
    left join owners using (technician_key)
    where months.month_start between $month_from and $month_to and months.is_known
    group by months.technician
),

staff as (
    select count(*) as technicians,
        count(*) filter (where utilisation < band.low) as below_band,
        count(*) filter (where utilisation between band.low and band.high) as in_band,
        count(*) filter (where utilisation > band.high) as above_band,
        count(*) filter (where capture < legible.low) as low_capture,
        arg_max(technician, utilisation) as highest_technician, max(utilisation) as highest_utilisation,
        arg_min(technician, utilisation) as lowest_technician, min(utilisation) as lowest_utilisation,
        string_agg(technician || unlogged, ', ' order by technician asc) as unlogged
    from people
    inner join core.benchmark as band on band.number = 'utilisation_net'
    inner join core.benchmark as legible on legible.number = 'time_capture'
    where gross_hours > 0
    having count(*) > 0
)

select staff.*, outside.hours_outside_capacity
from core.data_span as span
cross join (
    select cast(sum(client_hours) as double) as hours_outside_capacity from people where coalesce(gross_hours, 0) <= 0
) as outside
left join staff on true
