-- name: checks.time_off_that_holidays_already_cover
-- purpose: Rows of time off that cost nobody any hours, because the list of holidays says which days are holidays.
-- grain: load_id, row_number
-- columns:
--   technician  VARCHAR  the technician
--   day         DATE     the day
--   kind        VARCHAR  kind of time off
--   load_id     INTEGER  the load that brought the row
--   row_number  BIGINT   the row's place in its file

select technician, day, kind, load_id, row_number
from staging.time_off
where keyword(kind) = 'holiday' and exists (select 1 from core.holidays)
