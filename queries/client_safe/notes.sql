-- name: client_safe.notes
-- purpose: The notes that are meant for the client, until the last quarter that they speak of is over.
-- grain: place
-- params: client_key VARCHAR, month_to DATE
-- columns:
--   place    INTEGER  order in which they were written down
--   section  VARCHAR  section of the pack
--   note     VARCHAR  the note

select place, section, note
from core.shared_notes
where client_key = $client_key and coalesce(ends_on >= $month_to, true)
order by place asc
