-- name: checks.revenue_that_nobody_has_classified
-- purpose: Items whose class of revenue is suggested or missing, and what they bring.
-- grain: item_key, class_basis
-- columns:
--   item           VARCHAR        the item; empty where the line names none
--   item_key       VARCHAR        the item's key
--   class_basis    VARCHAR        suggested or unclassified
--   revenue_class  VARCHAR        the class in use
--   lines          BIGINT         invoice lines
--   amount         DECIMAL(28,2)  their sum

select any_value(item) as item, item_key, class_basis, any_value(revenue_class) as revenue_class, count(*) as lines,
    cast(sum(amount) as decimal(28, 2)) as amount
from core.fct_invoice_lines
where class_basis in ('suggested', 'unclassified')
group by item_key, class_basis
