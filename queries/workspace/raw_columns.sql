-- name: workspace.raw_columns
-- purpose: The tables that hold all that a workspace was told, with their columns.

select
    table_name,
    column_name,
    data_type
from duckdb_columns()
where schema_name = 'raw' and table_name <> 'workspace' and not internal
order by table_name, column_index
