-- name: client_safe.notes
-- purpose: The notes that are meant for the client, from the quarter in which they were written until the last that
--   they speak of is over: never in an earlier one.
-- grain: place
-- params: client_key VARCHAR, month_to DATE
-- columns:
--   place    INTEGER  order in which they were written down
--   section  VARCHAR  section of the pack
--   note     VARCHAR  the note

select place, section, note
from core.shared_notes
where client_key = $client_key and coalesce(begins_on <= $month_to, true) and coalesce(ends_on >= $month_to, true)
order by place asc
