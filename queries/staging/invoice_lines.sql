-- name: staging.invoice_lines
-- purpose: Invoice lines in use, one row each, with the client under its shown name and the item's key.
-- grain: load_id, row_number
-- columns:
--   client          VARCHAR        the client that is billed
--   invoiced_on     DATE           the date of the invoice
--   amount          DECIMAL(18,4)  the line's amount, net of tax
--   invoice_number  VARCHAR        the invoice's number
--   line_number     VARCHAR        the line within the invoice
--   item            VARCHAR        what was sold
--   service_from    DATE           the first month it pays for
--   service_months  BIGINT         how many months it pays for
--   revenue_class   VARCHAR        managed, other_recurring, project, tm or product
--   direct_cost     DECIMAL(18,4)  tools and third-party cost of the line
--   tax             DECIMAL(18,4)  tax on the line, apart from the amount
--   due_on          DATE           when payment is due
--   paid_on         DATE           when it was paid
--   agreement       VARCHAR        the agreement it bills
--   is_credit       BOOLEAN        a credit note
--   currency        VARCHAR        the currency's code
--   client_key      VARCHAR        key of the client
--   item_key        VARCHAR        the item NFC, case-folded, with single blanks
--   load_id         INTEGER        the load that brought the row
--   row_number      BIGINT         the row's place in its file

select
    client_names.client, invoice_lines.invoiced_on, invoice_lines.amount, invoice_lines.invoice_number,
    invoice_lines.line_number, invoice_lines.item, invoice_lines.service_from, invoice_lines.service_months,
    invoice_lines.revenue_class, invoice_lines.direct_cost, invoice_lines.tax, invoice_lines.due_on,
    invoice_lines.paid_on, invoice_lines.agreement, invoice_lines.is_credit, invoice_lines.currency,
    client_names.client_key,
    name_key(spelling(invoice_lines.item)) as item_key,
    invoice_lines.load_id, invoice_lines.row_number
from raw.invoice_lines as invoice_lines
left join staging.client_names as client_names on invoice_lines.client = client_names.raw_client
anti join raw.unused_rows as unused
    on unused.entity = 'invoice_lines'
    and invoice_lines.load_id = unused.load_id
    and invoice_lines.row_number = unused.row_number
