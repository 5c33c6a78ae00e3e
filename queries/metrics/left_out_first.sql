-- name: metrics.left_out_first
-- purpose: The first rows of some kinds, or of one load, that reach no number: as many as a screen can show.
-- grain: load_id, entity, row_number, fate
-- params: kinds VARCHAR, load_id INTEGER, at_most BIGINT
-- columns:
--   load_id      INTEGER  the load
--   file_name    VARCHAR  the file
--   entity       VARCHAR  the kind of row
--   row_number   BIGINT   the row's place in its file
--   fate         VARCHAR  quarantined, set_aside or replaced
--   words        VARCHAR  why it reaches no number
--   column_name  VARCHAR  the cell at fault, where one is
--   value        VARCHAR  what it held
--   raw_text     VARCHAR  the row as found
--   stands_for   VARCHAR  which row counts in its place

select load_id, file_name, entity, row_number, fate, words, column_name, value, raw_text, stands_for
from metrics.left_out_rows
where ($load_id is null or load_id = $load_id)
    and ($kinds is null or list_contains(string_split($kinds, ','), entity))
order by fate asc, load_id asc, row_number asc
limit $at_most
