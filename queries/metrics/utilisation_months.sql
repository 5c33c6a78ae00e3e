-- name: metrics.utilisation_months
-- purpose: Contracted, net, logged, client and billable hours of each service technician and month.
-- grain: technician_key, month_start
-- columns:
--   technician_key  VARCHAR  key of the technician
--   technician      VARCHAR  the technician
--   month_start     DATE     the month
--   gross_hours     DOUBLE   employed weekdays x hours per week / 5; empty for a name that only time entries know
--   net_hours       DOUBLE   gross less holidays and time off
--   logged_hours    DOUBLE   all hours; empty if no labour is loaded at all
--   client_hours    DOUBLE   hours that aren't internal
--   billable_hours  DOUBLE   covered by an agreement or billable; empty where no entry says how it is covered

with spans as (
    select technician_key, month_start, gross_hours, net_hours,
        0 as logged_hours, 0 as client_hours, 0 as billable_hours
    from core.technician_months
    where is_service
    union all
    -- whoever is listed but not employed has a capacity of 0; of a name that no file lists it is unknown
    select labour.technician_key, labour.month_start, case when versions.technician is not null then 0 end,
        case when versions.technician is not null then 0 end, labour.hours,
        case when labour.is_internal then 0 else labour.hours end as client_hours, labour.billable_hours
    from core.fct_labour_monthly as labour
    left join core.dim_technician_versions as versions using (technician_key, version_from)
    where labour.technician_key is not null and coalesce(versions.is_service, true)
)

select spans.technician_key, technicians.technician, spans.month_start, sum(spans.gross_hours) as gross_hours,
    sum(spans.net_hours) as net_hours,
    case when span.has_labour then cast(sum(spans.logged_hours) as double) end as logged_hours,
    case when span.has_labour then cast(sum(spans.client_hours) as double) end as client_hours,
    case when span.has_coverage then cast(sum(spans.billable_hours) as double) end as billable_hours
from spans
inner join core.dim_technicians as technicians using (technician_key)
cross join core.data_span as span
group by spans.technician_key, technicians.technician, spans.month_start, span.has_labour, span.has_coverage
