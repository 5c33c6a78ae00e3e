-- name: checks.technicians_listed_twice_for_one_day
-- purpose: Rows of the technicians file that another row for the same person and date overrides.
-- grain: load_id, row_number
-- columns:
--   technician  VARCHAR  the technician
--   valid_from  DATE     the date that two rows share
--   load_id     INTEGER  the load that brought the row
--   row_number  BIGINT   the row's place in its file

select technician, valid_from, load_id, row_number
from staging.technicians
qualify row_number() over (
    partition by technician_key, coalesce(valid_from, date '0001-01-01') order by load_id desc, row_number desc
) > 1
