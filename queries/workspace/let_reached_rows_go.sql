-- name: workspace.let_reached_rows_go
-- purpose: Forget which rows were reached once it is decided which of them count.
-- takes: reached_rows: load_id and row_number

drop table reached_rows
