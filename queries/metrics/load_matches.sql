-- name: metrics.load_matches
-- purpose: How each load was recognised: whose captions it has, how well those are known, how sure the match was.
-- grain: load_id
-- columns:
--   load_id     INTEGER  the load
--   system      VARCHAR  the system whose captions the file has; empty for our own
--   evidence    VARCHAR  how well that caption set is known
--   confidence  DOUBLE   how sure the match was; empty if the user made it, or the load is older than this record

with known as (
    select * from (values
        ('seen_file', 'Seen in a real export'), ('seen_code', 'Seen in the code of a tool that reads or writes it'),
        ('vendor_docs', 'From the vendor''s documentation'), ('inferred', 'Inferred, not seen'),
        ('canonical', 'Our own captions, or mapped by hand')
    ) as listed (evidence, words)
)

select loads.load_id, nullif(loads.system, 'canonical') as system, coalesce(known.words, loads.evidence) as evidence,
    case when loads.system != 'mapped by hand' then matches.confidence end as confidence
from raw.loads as loads
left join known using (evidence)
left join raw.load_matches as matches using (load_id)
order by loads.load_id asc
