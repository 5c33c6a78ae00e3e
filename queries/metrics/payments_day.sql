-- name: metrics.payments_day
-- purpose: The last day of what invoices and payments say: what is open stands as of it.
-- grain: one row
-- needs: invoice_lines
-- columns:
--   as_of           DATE     latest date of an invoice or a payment that isn't in the future
--   says_when_paid  BOOLEAN  whether any invoice line says when it was paid
--   says_when_due   BOOLEAN  whether any says when payment is due

select greatest(
        max(invoiced_on) filter (where invoiced_on <= current_date), max(paid_on) filter (where paid_on <= current_date)
    ) as as_of,
    coalesce(bool_or(paid_on is not null), false) as says_when_paid,
    coalesce(bool_or(due_on is not null), false) as says_when_due
from core.fct_payments
where not is_internal
