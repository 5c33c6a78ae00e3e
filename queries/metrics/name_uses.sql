-- name: metrics.name_uses
-- purpose: Where each client and technician is named: in which kinds of rows, how many, and in which files.
-- grain: kind, name_key, entity
-- columns:
--   kind      VARCHAR  client or technician
--   name_key  VARCHAR  key of the name
--   entity    VARCHAR  the kind of row
--   rows      BIGINT   rows in use that name it
--   files     VARCHAR  the files of those rows

select uses.kind, uses.name_key, uses.entity, cast(sum(uses.rows) as bigint) as rows,
    string_agg(distinct loads.file_name, ', ' order by loads.file_name) as files
from core.name_uses as uses
left join raw.loads as loads on uses.load_id = loads.load_id
group by uses.kind, uses.name_key, uses.entity
order by uses.kind asc, uses.name_key asc, sum(uses.rows) desc, uses.entity asc
