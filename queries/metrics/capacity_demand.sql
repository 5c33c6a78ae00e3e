-- name: metrics.capacity_demand
-- purpose: The line through the client hours of the last twelve months up to a month, as far as they are complete for
--   labour: by how much they rise or fall a month, and how far the months lie from it.
-- grain: one row
-- params: month_to DATE
-- needs: time_entries|tickets, technicians
-- uses: time_off, holidays
-- columns:
--   months           BIGINT  months that the line goes through
--   last_month       DATE    the last of them
--   hours_a_month    DOUBLE  client hours a month, on average; of everybody, also of names that only entries know
--   slope            DOUBLE  by how many hours they rise a month; empty with fewer than six months
--   at_last          DOUBLE  where the line stands in the last month
--   spread           DOUBLE  how far a month lies from the line, root of the mean square over months less two
--   net_share        DOUBLE  net hours / contracted hours of service technicians in these months

with held as (
    select months.month_start, coalesce(spent.client_hours, 0) as client_hours,
        -date_diff('month', months.month_start, max(months.month_start) over ()) as place
    from core.months as months
    left join metrics.client_hours_monthly as spent using (month_start)
    where months.is_complete_for_labour and months.has_labour
        and months.month_start between $month_to - interval 11 months and $month_to
),

fitted as (
    select count(*) as months, max(month_start) as last_month, avg(client_hours) as hours_a_month,
        regr_slope(client_hours, place) as slope, regr_intercept(client_hours, place) as at_last,
        regr_syy(client_hours, place) - regr_slope(client_hours, place) * regr_sxy(client_hours, place) as misses
    from held
),

contracted as (
    select sum(capacity.net_hours) as net_hours, sum(capacity.gross_hours) as gross_hours
    from core.technician_months as capacity
    inner join held using (month_start)
    where capacity.is_service
)

select fitted.months, fitted.last_month, cast(fitted.hours_a_month as double) as hours_a_month,
    case when fitted.months >= 6 then fitted.slope end as slope,
    case when fitted.months >= 6 then fitted.at_last end as at_last,
    -- of months on the line dust is left, which may lie below 0
    case when fitted.months >= 6 then sqrt(share(greatest(fitted.misses, 0), fitted.months - 2)) end as spread,
    share(contracted.net_hours, contracted.gross_hours) as net_share
from fitted
cross join contracted
