-- name: core.load_caps
-- purpose: Loads with exactly as many rows as their system exports at the most, so that the rest is probably missing.
-- grain: load_id
-- columns:
--   load_id  INTEGER  the load
--   words    VARCHAR  the warning

with caps as (
    select * from (values
        ('%', 'tickets', 10000), ('%', 'time_entries', 10000), ('jira%', 'tickets', 1000), ('%', '%', 65535),
        ('%', '%', 65536), ('%', '%', 1048575), ('%', '%', 1048576)
    ) as listed (system, entity, rows)
),

full_files as (
    select distinct loads.load_id, loads.rows_read as size, 'rows' as unit
    from raw.loads as loads
    inner join caps
        on lower(loads.system) like caps.system and loads.entity like caps.entity and loads.rows_read = caps.rows
    union all
    select loads.load_id, count(distinct lines.invoice_number) as size, 'invoices' as unit
    from staging.invoice_lines as lines
    inner join raw.loads as loads using (load_id)
    where lower(loads.system) like 'xero%'
    group by loads.load_id
    having count(distinct lines.invoice_number) = 500
)

select load_id, concat(
    'Exactly ', format('{:,}', size), ' ', unit,
    ', as many as such an export holds at the most: it probably leaves some out.'
) as words
from full_files
