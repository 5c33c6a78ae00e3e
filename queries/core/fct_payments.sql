-- name: core.fct_payments
-- purpose: Each invoice line with what is owed for it, by when, and when it was paid.
-- grain: load_id, row_number
-- columns:
--   load_id         INTEGER        the load that brought the row
--   row_number      BIGINT         the row's place in its file
--   client_key      VARCHAR        key of the client
--   document        VARCHAR        the invoice's number; where a line has none, the line alone
--   invoice_number  VARCHAR        the invoice's number
--   invoiced_on     DATE           date of the invoice
--   due_on          DATE           when payment is due
--   paid_on         DATE           when it was paid; empty while nobody says so
--   owed            DECIMAL(18,4)  amount and tax, negative on a credit note
--   is_credit       BOOLEAN        a credit note
--   has_tax         BOOLEAN        whether the line states a tax
--   is_internal     BOOLEAN        billed to the MSP itself
--   says_when_paid  BOOLEAN        whether its file says of any line when it was paid

select lines.load_id, lines.row_number, lines.client_key,
    coalesce(lines.invoice_number, 'row ' || lines.row_number || ' of load ' || lines.load_id) as document,
    lines.invoice_number, lines.invoiced_on, lines.due_on, lines.paid_on,
    cast(
        signed(lines.amount, coalesce(lines.is_credit, false))
        + coalesce(signed(lines.tax, coalesce(lines.is_credit, false)), 0) as decimal(18, 4)
    ) as owed,
    coalesce(lines.is_credit, false) as is_credit, lines.tax is not null as has_tax,
    coalesce(clients.is_internal, false) as is_internal,
    count(lines.paid_on) over (partition by lines.load_id) > 0 as says_when_paid
from staging.invoice_lines as lines
left join core.dim_clients as clients using (client_key)
