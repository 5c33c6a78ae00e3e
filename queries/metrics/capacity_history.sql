-- name: metrics.capacity_history
-- purpose: Client hours of the last twelve months up to a month that are complete for labour, against the hours that
--   contracted time had room for within the healthy band, and the three months after them.
-- grain: month_start
-- params: month_to DATE
-- needs: time_entries|tickets, technicians
-- uses: time_off, holidays
-- columns:
--   month_start     DATE     the month
--   client_hours    DOUBLE   hours that aren't internal, or those to be expected
--   capacity_hours  DOUBLE   net hours of service technicians x the upper end of the healthy band
--   is_ahead        BOOLEAN  whether it is still to come

with contracted as (
    select month_start, sum(net_hours) as net_hours from core.technician_months where is_service group by month_start
)

select months.month_start, cast(coalesce(spent.client_hours, 0) as double) as client_hours,
    cast(contracted.net_hours as double) * band.high as capacity_hours, false as is_ahead
from core.months as months
left join metrics.client_hours_monthly as spent using (month_start)
left join contracted using (month_start)
inner join core.benchmark as band on band.number = 'utilisation_net'
where months.is_complete_for_labour and months.has_labour
    and months.month_start between $month_to - interval 11 months and $month_to
union all
select month_start, expected_hours, capacity_hours, true as is_ahead
from metrics.capacity_months($month_to)
order by month_start asc
