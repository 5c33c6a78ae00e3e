-- name: checks.rows_in_use_reach_staging
-- purpose: Kinds of rows whose number, money or hours in use differ between the files as loaded and the cleaned tables.
-- grain: entity
-- columns:
--   entity        VARCHAR        the kind of row
--   raw_rows      BIGINT         rows in use as loaded
--   staging_rows  BIGINT         rows in the cleaned table
--   raw_sum       DECIMAL(28,9)  their money or hours as loaded
--   staging_sum   DECIMAL(28,9)  the same in the cleaned table

-- both sides are counted by the build, each from its own rows; what it doesn't add up of the files has few
with agreed as (
    select 'agreements' as entity, load_id, row_number, monthly_fee as amount from raw.agreements
    union all
    select 'time_off', load_id, row_number, hours from raw.time_off
),

summed as (
    select entity, sum(amount) as amount
    from agreed
    anti join raw.unused_rows as unused using (entity, load_id, row_number)
    group by entity
),

kinds as (
    select entity from staging.loaded_totals
    union
    select entity from core.entity_rows
),

sides as (
    select kinds.entity, coalesce(loaded.rows, 0) as raw_rows, coalesce(cleaned.rows, 0) as staging_rows,
        coalesce(loaded.money, loaded.hours, summed.amount, 0) as raw_sum, coalesce(cleaned.amount, 0) as staging_sum
    from kinds
    left join staging.loaded_totals as loaded using (entity)
    left join core.entity_rows as cleaned using (entity)
    left join summed using (entity)
)

select entity, raw_rows, staging_rows, cast(raw_sum as decimal(28, 9)) as raw_sum,
    cast(staging_sum as decimal(28, 9)) as staging_sum
from sides
where raw_rows != staging_rows or raw_sum != staging_sum
