-- name: checks.rows_in_use_reach_staging
-- purpose: Kinds of rows whose number, money or hours in use differ between the files as loaded and the cleaned tables.
-- grain: entity
-- columns:
--   entity        VARCHAR        the kind of row
--   raw_rows      BIGINT         rows in use as loaded
--   staging_rows  BIGINT         rows in the cleaned table
--   raw_sum       DECIMAL(28,9)  their money or hours as loaded
--   staging_sum   DECIMAL(28,9)  the same in the cleaned table

with loaded as (
    select 'tickets' as entity, load_id, row_number, hours as amount from raw.tickets
    union all
    select 'time_entries', load_id, row_number, hours from raw.time_entries
    union all
    select 'invoice_lines', load_id, row_number, amount from raw.invoice_lines
    union all
    select 'agreements', load_id, row_number, monthly_fee from raw.agreements
    union all
    select 'clients', load_id, row_number, null from raw.clients
    union all
    select 'technicians', load_id, row_number, null from raw.technicians
    union all
    select 'time_off', load_id, row_number, hours from raw.time_off
    union all
    select 'reviews', load_id, row_number, null from raw.reviews
),

used as (
    select entity, count(*) as rows, coalesce(sum(amount), 0) as amount
    from loaded
    anti join raw.unused_rows as unused using (entity, load_id, row_number)
    group by entity
),

-- each sum is cast on its own: the common type of unlike sums has fewer decimals than hours have
cleaned as (
    select 'tickets' as entity, count(*) as rows, cast(coalesce(sum(hours), 0) as decimal(28, 9)) as amount
    from staging.tickets
    union all
    select 'time_entries', count(*), cast(coalesce(sum(hours), 0) as decimal(28, 9)) from staging.time_entries
    union all
    select 'invoice_lines', count(*), cast(coalesce(sum(amount), 0) as decimal(28, 9)) from staging.invoice_lines
    union all
    select 'agreements', count(*), cast(coalesce(sum(monthly_fee), 0) as decimal(28, 9)) from staging.agreements
    union all
    select 'clients', count(*), 0 from staging.clients
    union all
    select 'technicians', count(*), 0 from staging.technicians
    union all
    select 'time_off', count(*), cast(coalesce(sum(hours), 0) as decimal(28, 9)) from staging.time_off
    union all
    select 'reviews', count(*), 0 from staging.reviews
)

select cleaned.entity, coalesce(used.rows, 0) as raw_rows, cleaned.rows as staging_rows,
    cast(coalesce(used.amount, 0) as decimal(28, 9)) as raw_sum,
    cast(cleaned.amount as decimal(28, 9)) as staging_sum
from cleaned
left join used using (entity)
where coalesce(used.rows, 0) != cleaned.rows or coalesce(used.amount, 0) != cleaned.amount
