-- name: workspace.schemas
-- purpose: The schemas of a workspace, before anything stands in them.

create schema if not exists raw;
create schema if not exists staging;
create schema if not exists core;
create schema if not exists metrics;
create schema if not exists checks
