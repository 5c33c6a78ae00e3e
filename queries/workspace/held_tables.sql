-- name: workspace.held_tables
-- purpose: The tables that the workspace has, by schema and name.

select schema_name || '.' || table_name as held
from duckdb_tables()
where not temporary
