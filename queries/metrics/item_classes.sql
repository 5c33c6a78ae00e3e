-- name: metrics.item_classes
-- purpose: The billing items whose class or months no invoice line states: what is suggested, why, and what rests on
--   it.
-- grain: item_key
-- columns:
--   item_key          VARCHAR        the item's key, by which an answer is kept
--   item              VARCHAR        the item in its most frequent spelling
--   lines             BIGINT         invoice lines
--   amount            DECIMAL(28,2)  sum of their amounts, credits taken off
--   credited          DECIMAL(38,4)  what credit notes take off of it
--   revenue_class     VARCHAR        the class in use; empty if nothing speaks for one
--   service_months    BIGINT         months in use for lines that state none; empty where they differ by client
--   suggested_class   VARCHAR        what words and prices suggest
--   suggested_months  BIGINT         what words and prices suggest
--   basis             VARCHAR        confirmed, suggested or unclassified
--   is_confirmed      BOOLEAN        whether the user has confirmed the class
--   pattern           VARCHAR        billed alike every month, or not
--   first_on          DATE           first invoice
--   last_on           DATE           last invoice
--   sample_client     VARCHAR        whose line of it is the largest
--   sample_on         DATE           the date of that line's invoice
--   sample_amount     DECIMAL(18,4)  its amount, negative on a credit note

with largest as (
    select lines.item_key, coalesce(sum(-lines.amount) filter (where lines.is_credit), 0) as credited,
        arg_max(
            struct_pack(client := clients.client, invoiced_on := lines.invoiced_on, amount := lines.amount),
            struct_pack(size := abs(lines.amount), invoiced_on := lines.invoiced_on, row_number := lines.row_number)
        ) as line
    from core.fct_invoice_lines as lines
    inner join core.dim_clients as clients using (client_key)
    group by lines.item_key
)

select items.item_key, items.item, items.lines, items.amount, coalesce(largest.credited, 0) as credited,
    items.revenue_class, items.service_months,
    items.suggested_class, items.suggested_months, items.basis, items.basis = 'confirmed' as is_confirmed,
    case when items.is_steady then 'alike every month' else 'now and then' end as pattern,
    items.first_on, items.last_on,
    largest.line.client as sample_client, largest.line.invoiced_on as sample_on,
    largest.line.amount as sample_amount
from core.dim_items as items
left join largest using (item_key)
where items.lines_without_class > 0 or items.lines_spread > 0
order by items.amount desc, items.item asc
