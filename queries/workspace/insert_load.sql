-- name: workspace.insert_load
-- purpose: Write down a load: its file, how it was recognised, and both sides of its balance.
-- params: load INTEGER, confidence DOUBLE, facts STRUCT

insert into raw.loads by name
select unnest($facts);

insert into raw.load_matches by name
select
    $load as load_id,
    $confidence as confidence
