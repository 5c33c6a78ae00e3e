-- name: metrics.workspace_contents
-- purpose: What the workspace holds of each kind of export.
-- grain: entity
-- columns:
--   entity    VARCHAR  the kind of row
--   label     VARCHAR  what people call it
--   rows      BIGINT   rows in use
--   first_on  DATE     earliest date
--   last_on   DATE     latest date
--   loads     BIGINT   loads that brought rows in use
--   has_rows  BOOLEAN  whether there are any

with kinds as (
    select unnest([
        'tickets', 'ticket_pauses', 'time_entries', 'invoice_lines', 'agreements', 'clients', 'technicians',
        'time_off', 'holidays', 'reviews', 'outcomes'
    ]) as entity,
    unnest(range(1, 12)) as place
)

select kinds.entity,
    coalesce(held.label, concat(upper(kinds.entity[1]), replace(kinds.entity[2:], '_', ' '))) as label,
    coalesce(held.rows, 0) as rows, held.first_on, held.last_on, coalesce(held.loads, 0) as loads,
    held.rows is not null as has_rows
from kinds
left join core.entity_rows as held using (entity)
order by kinds.place asc
