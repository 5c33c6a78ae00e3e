-- name: metrics.merged_names
-- purpose: What the user said of names that look alike: merged or kept apart, so that each can be taken back.
-- grain: kind, name_key, target_key
-- columns:
--   kind        VARCHAR  client or technician
--   name_key    VARCHAR  the name that counts for another, or that is kept apart from it
--   target_key  VARCHAR  that other name
--   name        VARCHAR  the one name as the files spell it
--   target      VARCHAR  the other as the files spell it
--   is_merged   BOOLEAN  merged, or else kept apart

with decided as (
    select split_part(kind, ' ', 1) as kind, name_key, target_key, not contains(kind, ' ') as is_merged
    from raw.aliases
    group by all
)

select decided.kind, decided.name_key, decided.target_key, coalesce(one.spelling, decided.name_key) as name,
    coalesce(other.spelling, decided.target_key) as target, decided.is_merged
from decided
left join core.name_spellings as one on decided.kind = one.kind and decided.name_key = one.name_key
left join core.name_spellings as other on decided.kind = other.kind and decided.target_key = other.name_key
order by decided.kind asc, decided.is_merged desc, target asc, name asc
