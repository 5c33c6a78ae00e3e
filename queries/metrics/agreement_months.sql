-- name: metrics.agreement_months
-- purpose: What each agreement brought and took in each month that margins count, not yet rounded: of invoice lines and
--   of time entries that name it, a row for each of the two.
-- grain: client_key, agreement_key, month_start, source
-- columns:
--   client_key     VARCHAR        key of the client, never the MSP itself
--   agreement_key  VARCHAR        key of the agreement's name
--   month_start    DATE           the month
--   source         VARCHAR        invoice lines or time entries
--   agreement      VARCHAR        the agreement's name
--   revenue        DECIMAL(38,4)  of the lines; empty of entries
--   cost           DECIMAL(38,4)  tools and third-party cost of the lines
--   hours          DECIMAL(38,9)  of the entries; empty of lines
--   labour         DECIMAL(38,8)  those hours at the technicians' rates

with billed as (
    select names.client_key, names.agreement_key, lines.month_start, 'invoice lines' as source,
        min(names.agreement) as agreement, cast(sum(lines.revenue) as decimal(38, 4)) as revenue,
        cast(sum(lines.direct_cost) as decimal(38, 4)) as cost
    from core.fct_revenue_monthly as lines
    inner join core.agreement_names as names
        on lines.client_key = names.client_key and lines.agreement_key = names.written_key
    where not lines.is_internal
    group by all
),

called as (
    select client_key, agreement_key, min(agreement) as agreement
    from core.agreement_names
    group by client_key, agreement_key
),

worked as (
    select labour.client_key, labour.agreement_key, labour.month_start, 'time entries' as source,
        any_value(called.agreement) as agreement, cast(sum(labour.hours) as decimal(38, 9)) as hours,
        cast(sum(
            cast(labour.hours * hour_cost(rates.hourly_rate, assumption.loaded_hourly_cost) as decimal(28, 8))
        ) as decimal(38, 8)) as labour
    from core.agreement_labour_monthly as labour
    inner join called using (client_key, agreement_key)
    left join metrics.technician_rates as rates
        on labour.technician_key = rates.technician_key and labour.version_from = rates.version_from
    cross join core.assumption as assumption
    group by labour.client_key, labour.agreement_key, labour.month_start
)

select parts.client_key, parts.agreement_key, parts.month_start, parts.source, parts.agreement, parts.revenue,
    parts.cost, parts.hours, parts.labour
from (
    select * from billed
    union all by name
    select * from worked
) as parts
inner join core.months as months using (month_start)
where months.is_covered
