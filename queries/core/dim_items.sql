-- name: core.dim_items
-- purpose: Each distinct invoice item with its class, its months, why, and how it is billed.
-- grain: item_key
-- columns:
--   item_key             VARCHAR        the item NFC, in lower case, with single blanks
--   item                 VARCHAR        the item in its most frequent spelling
--   lines                BIGINT         invoice lines
--   amount               DECIMAL(18,2)  sum of their amounts as stated
--   first_on             DATE           first invoice
--   last_on              DATE           last invoice
--   revenue_class        VARCHAR        the class in use; empty if nothing speaks for one
--   service_months       BIGINT         months in use for a line that states none
--   suggested_class      VARCHAR        what words and prices suggest
--   suggested_months     BIGINT         what words and prices suggest
--   basis                VARCHAR        confirmed, suggested or unclassified
--   is_steady            BOOLEAN        billed nearly alike every month
--   lines_without_class  BIGINT         lines that rest on the item's class

select items.item_key, items.item, patterns.lines, patterns.amount, patterns.first_on, patterns.last_on,
    items.revenue_class, cast(coalesce(resting.months_in_use, items.service_months) as bigint) as service_months,
    items.suggested_class,
    cast(items.suggested_months as bigint) as suggested_months, items.basis, patterns.is_steady,
    coalesce(resting.lines_without_class, 0) as lines_without_class
from staging.item_classes as items
inner join staging.item_patterns as patterns using (item_key)
left join (
    select lines.item_key, count(*) filter (where lines.revenue_class is null) as lines_without_class,
        -- what an untouched confirmation keeps, so that it changes no number
        max(facts.service_months) filter (where lines.service_months is null) as months_in_use
    from staging.invoice_lines as lines
    inner join core.fct_invoice_lines as facts using (load_id, row_number)
    group by lines.item_key
) as resting using (item_key)
