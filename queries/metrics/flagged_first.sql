-- name: metrics.flagged_first
-- purpose: The first rows in use that carry a flag, as many as a screen can show.
-- grain: entity, load_id, row_number, flag
-- params: flag VARCHAR, at_most BIGINT
-- columns:
--   flag        VARCHAR  the flag's name
--   file_name   VARCHAR  the file
--   entity      VARCHAR  the kind of row
--   load_id     INTEGER  the load
--   row_number  BIGINT   the row's place in its file
--   detail      VARCHAR  what exactly

select flagged.flag, loads.file_name, flagged.entity, flagged.load_id, flagged.row_number, flagged.detail
from core.flagged_rows as flagged
left join raw.loads as loads using (load_id)
where $flag is null or flagged.flag = $flag
order by flagged.load_id asc, flagged.row_number asc, flagged.flag asc
limit $at_most
