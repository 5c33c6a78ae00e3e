-- name: metrics.utilisation_months
-- purpose: Contracted, net, logged, client and billable hours of each service technician and month.
-- grain: technician_key, month_start
-- columns:
--   technician_key  VARCHAR        key of the technician
--   technician      VARCHAR        the technician
--   month_start     DATE           the month
--   gross_hours     DECIMAL(28,9)  employed weekdays x hours per week / 5; empty for a name that only time entries know
--   net_hours       DECIMAL(28,9)  gross less holidays and time off
--   logged_hours    DECIMAL(28,9)  all hours; empty if no labour is loaded at all
--   client_hours    DECIMAL(28,9)  hours that aren't internal
--   billable_hours  DECIMAL(28,9)  covered by an agreement or billable; empty where no entry says how it is covered
--   is_known        BOOLEAN        whether the month is complete for labour and anybody worked in it: else it is
--                                  unknown, not 0

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

select spans.technician_key, technicians.technician, spans.month_start,
    cast(sum(spans.gross_hours) as decimal(28, 9)) as gross_hours,
    cast(sum(spans.net_hours) as decimal(28, 9)) as net_hours,
    cast(case when span.has_labour then sum(spans.logged_hours) end as decimal(28, 9)) as logged_hours,
    cast(case when span.has_labour then sum(spans.client_hours) end as decimal(28, 9)) as client_hours,
    cast(case when span.has_coverage then sum(spans.billable_hours) end as decimal(28, 9)) as billable_hours,
    coalesce(months.is_complete_for_labour and months.has_labour, false) as is_known
from spans
inner join core.dim_technicians as technicians using (technician_key)
left join core.months as months using (month_start)
cross join core.data_span as span
group by spans.technician_key, technicians.technician, spans.month_start, span.has_labour, span.has_coverage, is_known
