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

with known as (
    select distinct 'client' as kind, client_key as name_key, client as shown
    from staging.client_names
    where is_client
    union all
    select distinct 'technician' as kind, technician_key as name_key, technician as shown
    from staging.technician_names
),

shortened as (
    -- "Parent:Child" in one file is often just the child in another
    select *, contains(name_key, ':') as is_child, split_part(name_key, ':', 1) as parent, trim(regexp_replace(
        replace(strip_accents(regexp_replace(name_key, '^.*:', '')), '&', ' and '),
        '[^a-z0-9]+(ltd|limited|llc|llp|inc|incorporated|corp|corporation|co|company|plc|gmbh|pty|bv|sa)\b|[^a-z0-9]+',
        ' ', 'g'
    )) as words
    from known
),

squeezed as (
    select *, replace(words, ' ', '') as letters, regexp_replace(words, '([a-z0-9])[a-z0-9]* ?', '\1', 'g') as initials
    from shortened
    where words <> ''
),

pairs as (
    -- a name is compared with those of the same first letter: typing errors there are rare, all pairs are many
    select one.kind, one.name_key, one.shown as name, other.name_key as other_key, other.shown as other_name,
        case
            when one.letters = other.letters and one.is_child <> other.is_child then 'one is the other inside a group'
            when one.letters = other.letters then 'same apart from punctuation or legal form'
            when one.initials = other.letters or other.initials = one.letters then 'one is the initials of the other'
            when length(one.letters) >= 6 and length(other.letters) >= 6
                and damerau_levenshtein(one.letters, other.letters) <= 1
                and regexp_replace(one.letters, '[^0-9]', '', 'g') = regexp_replace(other.letters, '[^0-9]', '', 'g')
                then 'one letter differs'
            when least(length(one.letters), length(other.letters)) >= 5
                and (starts_with(one.words, other.words || ' ') or starts_with(other.words, one.words || ' '))
                then 'one is the beginning of the other'
        end as likeness
    from squeezed as one
    inner join squeezed as other
        on one.kind = other.kind
        and one.letters[1:1] = other.letters[1:1]
        and one.name_key < other.name_key
        and (not one.is_child or not other.is_child or one.parent = other.parent)
)

select pairs.*
from pairs
anti join raw.aliases as apart
    on apart.kind = pairs.kind || ' apart'
    and apart.name_key = pairs.name_key
    and apart.target_key = pairs.other_key
where pairs.likeness is not null
