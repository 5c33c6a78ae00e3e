-- name: metrics.workspace_currency
-- purpose: The currency of the workspace's amounts, if a file in use says which.
-- grain: one row
-- columns:
--   currency  VARCHAR  its code, before a mark that several currencies share ($, kr); no row if no file says which

select currency
from raw.load_currencies
order by currency in ('$', 'kr') asc, currency asc
limit 1
