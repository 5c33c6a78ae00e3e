-- name: core.dim_items
-- purpose: Each distinct invoice item with its class, its months, why, and how it is billed.
-- grain: item_key
-- columns:
--   item_key             VARCHAR        the item NFC, case-folded, with single blanks
--   item                 VARCHAR        the item in its most frequent spelling
--   lines                BIGINT         invoice lines
--   amount               DECIMAL(28,2)  sum of their amounts, credits taken off
--   first_on             DATE           first invoice
--   last_on              DATE           last invoice
--   revenue_class        VARCHAR        the class in use; empty if nothing speaks for one
--   service_months       BIGINT         months in use for lines that state none; empty where they differ by client
--   suggested_class      VARCHAR        what words and prices suggest
--   suggested_months     BIGINT         what words and prices suggest
--   basis                VARCHAR        confirmed, suggested or unclassified
--   is_steady            BOOLEAN        billed nearly alike every month
--   lines_without_class  BIGINT         lines that rest on the item's class
--   lines_spread         BIGINT         lines whose months are suggested or confirmed here and not stated

select items.item_key, items.item, patterns.lines, patterns.amount, patterns.first_on, patterns.last_on,
    items.revenue_class, cast(resting.months_in_use as bigint) as service_months,
    items.suggested_class,
    cast(items.suggested_months as bigint) as suggested_months, items.basis, patterns.is_steady,
    coalesce(resting.lines_without_class, 0) as lines_without_class,
    coalesce(resting.lines_spread, 0) as lines_spread
from staging.item_classes as items
inner join staging.item_patterns as patterns using (item_key)
left join (
    select lines.item_key, count(*) filter (where lines.revenue_class is null) as lines_without_class,
        count(*) filter (where facts.months_basis in ('suggested', 'confirmed')) as lines_spread,
        -- what an untouched confirmation keeps, so that it changes no number
        case
            when count(distinct facts.service_months) filter (
                where facts.months_basis != 'stated' and not facts.is_credit
            ) = 1
                then max(facts.service_months) filter (where facts.months_basis != 'stated' and not facts.is_credit)
        end as months_in_use
    from staging.invoice_lines as lines
    inner join core.fct_invoice_lines as facts using (load_id, row_number)
    group by lines.item_key
) as resting using (item_key)
