-- name: checks.hours_outside_employment
-- purpose: Time entries dated before the technician started or after they left; they count.
-- grain: load_id, row_number
-- columns:
--   technician_and_day  VARCHAR  who, and when
--   load_id             INTEGER  the load that brought the row
--   row_number          BIGINT   the row's place in its file

select detail as technician_and_day, load_id, row_number
from core.flagged_rows
where entity = 'time_entries' and flag = 'outside_employment'
