-- name: staging.review_notes
-- purpose: The register of notes for reviews as the user keeps it.
-- grain: place
-- columns:
--   place      INTEGER  its place in the register
--   client     VARCHAR  client
--   section    VARCHAR  section of the pack
--   note       VARCHAR  the note
--   reader     VARCHAR  client or internal; empty is internal
--   begins_on  DATE     first day of the quarter on whose page it was written; empty is every quarter
--   ends_on    DATE     last day of the quarters that it speaks of; empty has no end

select place, client, section, note, reader, begins_on, ends_on
from raw.review_notes
