-- name: workspace.mappings
-- purpose: The mappings that the user had a hand in, by the header that they are for.

select
    fingerprint,
    mapping
from raw.mappings
