-- name: workspace.keep_assumption
-- purpose: Keep the user's value for an assumption.
-- params: name VARCHAR, value DOUBLE, said VARCHAR, now TIMESTAMP

delete from raw.assumptions where name = $name;
insert into raw.assumptions (name, value, changed_at, said) values ($name, $value, $now, $said)
