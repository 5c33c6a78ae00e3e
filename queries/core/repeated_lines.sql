-- name: core.repeated_lines
-- purpose: Lines that were credited and billed again: of several equal lines of one client, item and month, each credit
--   of that amount takes back one, and never the last.
-- grain: load_id, row_number
-- columns:
--   load_id     INTEGER  the load that brought the line
--   row_number  BIGINT   the line's place in its file

with counted as (
    select load_id, row_number, is_credit,
        count(*) filter (where is_credit) over equal_lines as credits,
        row_number() over (
            partition by client_key, item_key, first_month, abs(amount), is_credit
            order by revenue_class asc, service_months asc, direct_cost asc, load_id asc, row_number asc
        ) as place
    from core.fct_invoice_lines
    where amount > 0 or is_credit
    window equal_lines as (partition by client_key, item_key, first_month, abs(amount))
)

select load_id, row_number
from counted
where not is_credit and place > 1 and place <= 1 + credits
