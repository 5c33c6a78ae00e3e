-- name: workspace.is_built
-- purpose: Whether the tables that rest on the loaded rows were built before.

select 1 as is_built from duckdb_tables() where schema_name = 'core' and table_name = 'flagged_rows'
