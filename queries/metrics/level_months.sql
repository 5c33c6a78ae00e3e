-- name: metrics.level_months
-- purpose: Contracted and client hours of each service technician by the level that held, in each month that the hours
--   are complete for.
-- grain: technician_key, level, month_start
-- columns:
--   technician_key  VARCHAR        key of the technician
--   level           VARCHAR        the level; (none) if the file is silent
--   month_start     DATE           the month
--   gross_hours     DECIMAL(28,9)  employed weekdays x hours per week / 5
--   net_hours       DECIMAL(28,9)  gross less holidays and time off
--   logged_hours    DECIMAL(28,9)  all hours
--   client_hours    DECIMAL(28,9)  hours that aren't internal

with spans as (
    select technician_key, version_from, month_start, gross_hours, net_hours, 0 as logged_hours, 0 as client_hours
    from core.technician_months
    where is_service
    union all
    select technician_key, version_from, month_start, 0, 0, hours, if(is_internal, 0, hours)
    from core.fct_labour_monthly
)

select spans.technician_key, coalesce(versions.level, '(none)') as level, spans.month_start,
    cast(sum(spans.gross_hours) as decimal(28, 9)) as gross_hours,
    cast(sum(spans.net_hours) as decimal(28, 9)) as net_hours,
    cast(sum(spans.logged_hours) as decimal(28, 9)) as logged_hours,
    cast(sum(spans.client_hours) as decimal(28, 9)) as client_hours
from spans
inner join core.dim_technician_versions as versions using (technician_key, version_from)
inner join core.months as months using (month_start)
where versions.is_service and months.is_complete_for_labour and months.has_labour
group by spans.technician_key, coalesce(versions.level, '(none)'), spans.month_start
