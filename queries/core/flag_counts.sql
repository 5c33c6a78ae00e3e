-- name: core.flag_counts
-- purpose: How many rows in use carry each flag, by kind of row and load.
-- grain: entity, load_id, flag
-- columns:
--   entity   VARCHAR  the kind of row
--   load_id  INTEGER  the load that brought the rows
--   flag     VARCHAR  the flag's name
--   rows     BIGINT   rows that carry it

select entity, load_id, flag, count(*) as rows
from core.flagged_rows
group by entity, load_id, flag
