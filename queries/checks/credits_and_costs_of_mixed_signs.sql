-- name: checks.credits_and_costs_of_mixed_signs
-- purpose: Invoice lines below zero that no one calls a credit, or whose cost has the other sign than the amount.
-- grain: load_id, row_number
-- columns:
--   client          VARCHAR        the client
--   invoice_number  VARCHAR        the invoice's number
--   amount          DECIMAL(18,4)  the line's amount as stated
--   direct_cost     DECIMAL(18,4)  its direct cost as stated
--   is_credit       BOOLEAN        whether the file calls it a credit note
--   load_id         INTEGER        the load that brought the row
--   row_number      BIGINT         the row's place in its file

select client, invoice_number, amount, direct_cost, is_credit, load_id, row_number
from staging.invoice_lines
where (amount < 0 and not coalesce(is_credit, false))
    or (sign(amount) * sign(direct_cost) < 0 and not coalesce(is_credit, false))
