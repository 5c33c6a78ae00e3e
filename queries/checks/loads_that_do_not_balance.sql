-- name: checks.loads_that_do_not_balance
-- purpose: Loads in use whose rows, money or hours read are not those loaded, quarantined and set aside.
-- grain: load_id
-- columns:
--   load_id    INTEGER  the load
--   file_name  VARCHAR  the file
--   entity     VARCHAR  the kind of row

select load_id, file_name, entity
from metrics.load_balances
where undone_at is null and not is_balanced
