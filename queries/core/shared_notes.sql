-- name: core.shared_notes
-- purpose: The notes on each client that are meant for it; what is internal, or does not say, is not among them.
-- grain: place
-- columns:
--   place       INTEGER  order in which they were written down
--   client_key  VARCHAR  key of the client
--   section     VARCHAR  section of the pack
--   note        VARCHAR  the note
--   begins_on   DATE     first day of the first quarter that it speaks of; empty is every quarter
--   ends_on     DATE     last day of the quarters that it speaks of; empty has no end

select notes.place, coalesce(names.client_key, name_key(spelling(notes.client))) as client_key, notes.section,
    notes.note, notes.begins_on, notes.ends_on
from staging.review_notes as notes
left join (
    select distinct name_key, client_key from staging.client_names
) as names on name_key(spelling(notes.client)) = names.name_key
where notes.reader = 'client'
