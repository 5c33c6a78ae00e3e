-- name: metrics.paid_lines
-- purpose: Invoice lines that were paid, credit notes aside, and how long that took.
-- grain: load_id, row_number
-- needs: invoice_lines
-- columns:
--   load_id      INTEGER        the load that brought the row
--   row_number   BIGINT         the row's place in its file
--   client_key   VARCHAR        key of the client
--   document     VARCHAR        the invoice's number; where a line has none, the line alone
--   paid_on      DATE           when it was paid
--   owed         DECIMAL(18,4)  amount and tax
--   days_to_pay  BIGINT         days from the invoice to the payment; 0 where it was paid ahead
--   days_late    BIGINT         days from the due date to the payment, at least 0; empty without a due date

select load_id, row_number, client_key, document, paid_on, owed,
    greatest(paid_on - invoiced_on, 0) as days_to_pay,
    case when due_on is not null then greatest(paid_on - due_on, 0) end as days_late
from core.fct_payments
where paid_on is not null and not is_internal and not is_credit and owed > 0
