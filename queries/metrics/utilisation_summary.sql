-- name: metrics.utilisation_summary
-- purpose: The answer to "whose hours are sold" over the chosen months, beside as many months before
--   them if hours are loaded for each of those.
-- grain: one row
-- params: month_from DATE, month_to DATE
-- columns:
--   technicians                    BIGINT   service technicians with a known capacity
--   below_band                     BIGINT   of them below 70 % of net hours
--   in_band                        BIGINT   of them from 70 to 80 %
--   above_band                     BIGINT   of them above 80 %
--   low_capture                    BIGINT   of them with less than 90 % of net hours logged
--   highest_technician             VARCHAR  the one with the highest utilisation of net hours
--   highest_utilisation            DOUBLE   that utilisation
--   lowest_technician              VARCHAR  the one with the lowest
--   lowest_utilisation             DOUBLE   that utilisation
--   utilisation_net                DOUBLE   all their client hours / all their net hours
--   utilisation_gross              DOUBLE   all their client hours / all their gross hours
--   billable_utilisation           DOUBLE   all their billable hours / all their net hours
--   time_capture                   DOUBLE   all their logged hours / all their net hours
--   hours_outside_capacity         DOUBLE   client hours of names that only time entries know, in none of these ratios
--   previous_utilisation_net       DOUBLE   utilisation of net hours in as many months before
--   previous_utilisation_gross     DOUBLE   utilisation of gross hours in them
--   previous_billable_utilisation  DOUBLE   billable utilisation in them
--   previous_time_capture          DOUBLE   time capture in them

with people as (
    select month_start >= $month_from as is_chosen, technician, sum(gross_hours) as gross_hours,
        sum(net_hours) as net_hours, sum(logged_hours) as logged_hours, sum(client_hours) as client_hours,
        sum(billable_hours) as billable_hours,
        sum(client_hours) / nullif(greatest(sum(net_hours), 0), 0) as utilisation,
        sum(logged_hours) / nullif(greatest(sum(net_hours), 0), 0) as capture
    from metrics.utilisation_months
    where month_start <= $month_to
        and month_start >= $month_from - to_months(cast(date_diff('month', $month_from, $month_to) + 1 as integer))
    group by is_chosen, technician
),

staff as (
    select is_chosen, count(*) as technicians, count(*) filter (where utilisation < 0.7) as below_band,
        count(*) filter (where utilisation between 0.7 and 0.8) as in_band,
        count(*) filter (where utilisation > 0.8) as above_band,
        count(*) filter (where capture < 0.9) as low_capture, arg_max(technician, utilisation) as highest_technician,
        max(utilisation) as highest_utilisation, arg_min(technician, utilisation) as lowest_technician,
        min(utilisation) as lowest_utilisation,
        sum(client_hours) / nullif(greatest(sum(net_hours), 0), 0) as utilisation_net,
        sum(client_hours) / nullif(greatest(sum(gross_hours), 0), 0) as utilisation_gross,
        sum(billable_hours) / nullif(greatest(sum(net_hours), 0), 0) as billable_utilisation,
        sum(logged_hours) / nullif(greatest(sum(net_hours), 0), 0) as time_capture
    from people
    where gross_hours is not null
    group by is_chosen
)

select chosen.* exclude (is_chosen),
    (select sum(client_hours) from people where is_chosen and gross_hours is null) as hours_outside_capacity,
    earlier.utilisation_net as previous_utilisation_net, earlier.utilisation_gross as previous_utilisation_gross,
    earlier.billable_utilisation as previous_billable_utilisation, earlier.time_capture as previous_time_capture
from core.data_span as span
left join staff as chosen on chosen.is_chosen
-- a month of which nothing is loaded is unknown, not idle
left join core.months as before on before.month_start = $month_from - interval 1 month
left join staff as earlier
    on not earlier.is_chosen and before.labour_run > date_diff('month', $month_from, $month_to)
