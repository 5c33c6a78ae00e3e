-- name: checks.dates_in_the_future
-- purpose: Rows dated after today: they count in their month and never move the end of the data.
-- grain: entity, load_id, row_number
-- columns:
--   entity      VARCHAR  the kind of row
--   day         DATE     the date
--   load_id     INTEGER  the load that brought the row
--   row_number  BIGINT   the row's place in its file

select 'tickets' as entity, cast(greatest(opened_at, resolved_at, closed_at) as date) as day, load_id, row_number
from staging.tickets
where greatest(opened_at, resolved_at, closed_at) >= current_date + interval 1 day
union all
select 'time_entries' as entity, worked_on as day, load_id, row_number
from staging.time_entries
where worked_on > current_date
union all
select 'invoice_lines' as entity, invoiced_on as day, load_id, row_number
from staging.invoice_lines
where invoiced_on > current_date
union all
select 'reviews' as entity, held_on as day, load_id, row_number
from staging.reviews
where held_on > current_date
