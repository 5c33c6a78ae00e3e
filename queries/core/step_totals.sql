-- name: core.step_totals
-- purpose: Both sides of each step from the files as loaded to the monthly sums.
-- grain: step, measure
-- columns:
--   step        VARCHAR        which step
--   measure     VARCHAR        rows of a kind, money or hours
--   left_side   DECIMAL(28,9)  before the step
--   right_side  DECIMAL(28,9)  after it

with cleaned as (  -- each sum is cast on its own: the common type of unlike sums has fewer decimals than hours have
    select
        (select cast(coalesce(sum(amount), 0) as decimal(28, 9)) from staging.invoice_lines) as money,
        (
            select cast(coalesce(sum(signed(amount, is_credit)), 0) as decimal(28, 9))
            from staging.invoice_lines
        ) as signed_money,
        (select cast(coalesce(sum(hours), 0) as decimal(28, 9)) from staging.time_entries) as entry_hours,
        (select cast(coalesce(sum(hours), 0) as decimal(28, 9)) from staging.tickets) as ticket_hours
),

monthly as (
    select
        (select cast(coalesce(sum(revenue), 0) as decimal(28, 9)) from core.fct_revenue_monthly) as money,
        (select cast(coalesce(sum(hours), 0) as decimal(28, 9)) from core.fct_labour_monthly) as hours,
        (select cast(coalesce(sum(hours), 0) as decimal(28, 9)) from core.fct_labour where month_start is null)
            as undated_hours,
        (select cast(coalesce(sum(hours), 0) as decimal(28, 9)) from core.fct_ticket_labour where not is_counted)
            as replaced_hours
),

accounted as (
    select entity, sum(rows_in_table) as rows from raw.loads where undone_at is null group by entity
),

unused as (
    select entity, count(*) as rows from raw.unused_rows group by entity
),

sides as (
    select 'account of the loads to rows kept' as step,
        concat('rows of ', replace(accounted.entity, '_', ' ')) as measure,
        cast(accounted.rows as decimal(28, 9)) as left_side,
        cast(coalesce(loaded.rows, 0) + coalesce(unused.rows, 0) as decimal(28, 9)) as right_side
    from accounted
    left join staging.loaded_totals as loaded using (entity)
    left join unused using (entity)
    union all
    select 'files to cleaned tables' as step, concat('rows of ', replace(loaded.entity, '_', ' ')) as measure,
        cast(loaded.rows as decimal(28, 9)), cast(coalesce(held.rows, 0) as decimal(28, 9))
    from staging.loaded_totals as loaded
    left join core.entity_rows as held using (entity)
    union all
    select 'files to cleaned tables', 'money', cast(coalesce(sum(loaded.money), 0) as decimal(28, 9)),
        any_value(cleaned.money)
    from cleaned
    left join staging.loaded_totals as loaded on loaded.money is not null
    union all
    select 'files to cleaned tables', 'hours', cast(coalesce(sum(loaded.hours), 0) as decimal(28, 9)),
        any_value(cast(cleaned.entry_hours + cleaned.ticket_hours as decimal(28, 9)))
    from cleaned
    left join staging.loaded_totals as loaded on loaded.hours is not null
    union all
    select 'cleaned tables to monthly sums', 'money, credit notes negative', cleaned.signed_money, monthly.money
    from cleaned
    cross join monthly
    union all
    select 'cleaned tables to monthly sums', 'hours, those undated and those that time entries replace included',
        cast(cleaned.entry_hours + cleaned.ticket_hours as decimal(28, 9)),
        cast(monthly.hours + monthly.undated_hours + monthly.replaced_hours as decimal(28, 9))
    from cleaned
    cross join monthly
)

select step, measure, cast(left_side as decimal(28, 9)) as left_side, cast(right_side as decimal(28, 9)) as right_side
from sides
