-- name: metrics.conflicting_rows
-- purpose: Rows of one file that contradict each other about one key, side by side, and which of them the user chose.
-- grain: load_id, row_number
-- columns:
--   load_id     INTEGER  the load
--   file_name   VARCHAR  the file
--   entity      VARCHAR  the kind of row
--   row_key     VARCHAR  the key that they share
--   row_number  BIGINT   the row's place in its file
--   says        VARCHAR  what it says where the versions differ
--   raw_text    VARCHAR  the row as found
--   is_picked   BOOLEAN  whether this version counts

select versions.load_id, loads.file_name, versions.entity, replace(versions.row_key, chr(31), ', ') as row_key,
    versions.row_number, versions.says, coalesce(picked.raw_text, waiting.raw_text, aside.raw_text)
        as raw_text,
    picked.load_id is not null as is_picked
from raw.conflicts as versions
left join raw.loads as loads using (load_id)
left join raw.picked as picked
    on versions.load_id = picked.load_id
    and versions.entity = picked.entity
    and versions.row_number = picked.row_number
left join raw.quarantine as waiting
    on versions.load_id = waiting.load_id
    and versions.entity = waiting.entity
    and versions.row_number = waiting.row_number
    and waiting.reason = 'conflicting_duplicate'
left join raw.set_aside as aside
    on versions.load_id = aside.load_id
    and versions.entity = aside.entity
    and versions.row_number = aside.row_number
    and aside.reason = 'other_version_chosen'
order by versions.load_id asc, versions.row_key asc, versions.row_number asc
