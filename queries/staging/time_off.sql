-- name: staging.time_off
-- purpose: Days off in use, one row each.
-- grain: load_id, row_number
-- columns:
--   technician      VARCHAR        who was away
--   day             DATE           the day
--   hours           DECIMAL(18,9)  hours away; empty is the full day
--   kind            VARCHAR        pto, sick or holiday
--   technician_key  VARCHAR        key of the technician
--   load_id         INTEGER        the load that brought the row
--   row_number      BIGINT         the row's place in its file

select
    technician_names.technician, time_off.day, time_off.hours, time_off.kind, technician_names.technician_key,
    time_off.load_id, time_off.row_number
from raw.time_off as time_off
left join staging.technician_names as technician_names on time_off.technician = technician_names.raw_technician
anti join raw.unused_rows as unused
    on unused.entity = 'time_off'
    and time_off.load_id = unused.load_id
    and time_off.row_number = unused.row_number
