-- name: core.effort_monthly
-- purpose: What the tickets of each category that a technician resolved in each month took, as logarithms of their
--   hours less the category's mean; those without hours or of no technician, and those of automation, are left out.
-- grain: category, technician_key, month_start
-- columns:
--   category        VARCHAR         the category; (none) if empty
--   technician_key  VARCHAR         key of the technician
--   month_start     DATE            the month in which they were resolved, else closed
--   tickets         BIGINT          tickets
--   effort          DECIMAL(38,12)  sum of ln(hours), each less the mean of the category over all months; exact, so
--                                   that no order of rows changes it
--   squares         DECIMAL(38,12)  sum of the squares of these

with worked as (
    select category, technician_key, date_trunc('month', resolved_at) as month_start,
        cast(ln(cast(hours as double)) as decimal(18, 12)) as effort
    from core.fct_tickets
    where not is_auto_resolved and hours > 0 and technician_key is not null and resolved_at is not null
),

centred as (
    select category, technician_key, month_start,
        effort - cast(
            share(sum(effort) over (partition by category), count(*) over (partition by category)) as decimal(18, 12)
        ) as effort
    from worked
)

select category, technician_key, cast(month_start as date) as month_start, count(*) as tickets,
    cast(sum(effort) as decimal(38, 12)) as effort,
    cast(sum(cast(power(effort, 2) as decimal(18, 12))) as decimal(38, 12)) as squares
from centred
group by category, technician_key, month_start
