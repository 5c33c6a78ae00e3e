-- name: workspace.insert_load
-- purpose: Write down a load: its file, how it was recognised, and both sides of its balance.
-- takes: incoming: one row with the columns of raw.loads that are known, and confidence

insert into raw.loads by name
select * exclude (confidence) from incoming;

insert into raw.load_matches by name
select
    load_id,
    confidence
from incoming
