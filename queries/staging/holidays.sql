-- name: staging.holidays
-- purpose: Public and company holidays in use, one row each.
-- grain: load_id, row_number
-- columns:
--   day         DATE     the day
--   load_id     INTEGER  the load that brought the row
--   row_number  BIGINT   the row's place in its file

select
    holidays.day, holidays.load_id, holidays.row_number
from raw.holidays as holidays
anti join raw.unused_rows as unused
    on unused.entity = 'holidays'
    and holidays.load_id = unused.load_id
    and holidays.row_number = unused.row_number
