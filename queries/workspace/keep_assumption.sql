-- name: workspace.keep_assumption
-- purpose: Keep the user's value for an assumption.
-- params: name VARCHAR, value DOUBLE, now TIMESTAMP

delete from raw.assumptions where name = $name;
insert into raw.assumptions values ($name, $value, $now)
