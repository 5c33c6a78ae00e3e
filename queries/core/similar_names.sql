-- name: core.similar_names
-- purpose: Pairs of names that may mean one client or one technician; nothing is merged until a person says so.
-- grain: kind, name_key, other_key
-- columns:
--   kind        VARCHAR  client or technician
--   name_key    VARCHAR  key of the one name
--   name        VARCHAR  the one name as shown
--   other_key   VARCHAR  key of the other name
--   other_name  VARCHAR  the other name as shown
--   likeness    VARCHAR  what makes them look alike, in words

with handed as (
    select 'client' as kind, least(gone_key, came_key) as name_key, greatest(gone_key, came_key) as other_key
    from core.handovers
),

pairs as (
    select kind, name_key, other_key from core.name_pairs
    union
    select kind, name_key, other_key from handed
),

judged as (
    -- a name is compared with those of the same first letter: typing errors there are rare
    select pairs.kind, pairs.name_key, one.name, pairs.other_key, other.name as other_name,
        case
            when one.letters = other.letters and one.is_child <> other.is_child then 'one is the other inside a group'
            when one.letters = other.letters then 'same apart from punctuation or legal form'
            when one.initials = other.letters or other.initials = one.letters then 'one is the initials of the other'
            when length(one.letters) between 6 and 100 and length(other.letters) between 6 and 100
                and damerau_levenshtein(one.letters, other.letters) <= 1
                and regexp_replace(one.letters, '[^0-9]', '', 'g') = regexp_replace(other.letters, '[^0-9]', '', 'g')
                then 'one letter differs'
            when least(length(one.letters), length(other.letters)) >= 5
                and (starts_with(one.words, other.words || ' ') or starts_with(other.words, one.words || ' '))
                then 'one is the beginning of the other'
            when contains(one.words, ' ') and contains(other.words, ' ') and (
                list_has_all(string_split(one.words, ' '), string_split(other.words, ' '))
                or list_has_all(string_split(other.words, ' '), string_split(one.words, ' '))
            )
                then 'all words of one stand in the other'
            when handed.name_key is not null
                then 'bills of one stop in the month before those of the other begin, for the same item and amount'
        end as likeness
    from pairs
    inner join core.compared_names as one on pairs.kind = one.kind and pairs.name_key = one.name_key
    inner join core.compared_names as other on pairs.kind = other.kind and pairs.other_key = other.name_key
    left join handed
        on pairs.kind = handed.kind and pairs.name_key = handed.name_key and pairs.other_key = handed.other_key
    where handed.name_key is not null or not one.is_child or not other.is_child or one.parent = other.parent
)

select judged.*
from judged
anti join raw.aliases as apart
    on apart.kind = judged.kind || ' apart'
    and apart.name_key = judged.name_key
    and apart.target_key = judged.other_key
where judged.likeness is not null
