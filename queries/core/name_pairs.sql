-- name: core.name_pairs
-- purpose: Pairs of names that have in common what alike names do, since to compare all with all takes hours.
-- grain: kind, name_key, other_key
-- columns:
--   kind       VARCHAR  client or technician
--   name_key   VARCHAR  key of the one name
--   other_key  VARCHAR  key of the other name

with marks as (
    select kind, name_key, letters[1:1] as initial, is_child, parent, letters as mark,
        true as is_shown, true as is_sought
    from core.compared_names
    union all
    -- names that differ in one letter, or by two that changed places, are the same once one letter is gone from each
    select kind, name_key, letters[1:1], is_child, parent,
        regexp_replace(letters, '[^0-9]', '', 'g') || ' ' || letters[:place - 1] || letters[place + 1:], true, true
    from core.compared_names
    cross join unnest(range(1, 102)) as letter (place)
    where length(letters) between 6 and 100 and place <= length(letters) + 1
    union all
    select kind, name_key, letters[1:1], is_child, parent, initials, false, true from core.compared_names
    union all
    select kind, name_key, letters[1:1], is_child, parent, 'words ' || words, true, false from core.compared_names
    union all
    select kind, name_key, letters[1:1], is_child, parent,
        'words ' || array_to_string(string_split(words, ' ')[:place], ' '), false, true
    from core.compared_names
    cross join unnest(range(1, 51)) as word (place)
    where contains(words, ' ') and place < len(string_split(words, ' '))
    union all
    -- a partner who came in stands between the others' names: one word within is left out
    select kind, name_key, letters[1:1], is_child, parent, 'words ' || array_to_string(
        string_split(words, ' ')[:place - 1] || string_split(words, ' ')[place + 1:], ' '
    ), false, true
    from core.compared_names
    cross join unnest(range(2, 51)) as word (place)
    where kind = 'client' and place < len(string_split(words, ' '))
),

-- children of different groups are different: one is sought among those of its own group, and outside of all
shown as (
    select *, unnest(if(is_child, ['any', 'of ' || parent], ['any', 'alone'])) as place from marks where is_shown
),

sought as (
    select *, unnest(if(is_child, ['alone', 'of ' || parent], ['any'])) as place from marks where is_sought
)

select sought.kind, least(sought.name_key, shown.name_key) as name_key,
    greatest(sought.name_key, shown.name_key) as other_key
from sought
inner join shown
    on sought.kind = shown.kind
    and sought.initial = shown.initial
    and sought.place = shown.place
    and sought.mark = shown.mark
    and sought.name_key <> shown.name_key
group by all
