-- name: metrics.item_classes
-- purpose: The billing items whose class or months no invoice line states: what is suggested, why, and what rests on
--   it.
-- grain: item_key
-- columns:
--   item_key          VARCHAR        the item's key, by which an answer is kept
--   item              VARCHAR        the item in its most frequent spelling
--   lines             BIGINT         invoice lines
--   amount            DECIMAL(28,2)  sum of their amounts
--   revenue_class     VARCHAR        the class in use; empty if nothing speaks for one
--   service_months    BIGINT         months in use for lines that state none; empty where they differ by client
--   suggested_class   VARCHAR        what words and prices suggest
--   suggested_months  BIGINT         what words and prices suggest
--   basis             VARCHAR        confirmed, suggested or unclassified
--   is_confirmed      BOOLEAN        whether the user has confirmed the class
--   pattern           VARCHAR        billed alike every month, or not
--   first_on          DATE           first invoice
--   last_on           DATE           last invoice

select item_key, item, lines, amount, revenue_class, service_months, suggested_class, suggested_months, basis,
    basis = 'confirmed' as is_confirmed,
    case when is_steady then 'alike every month' else 'now and then' end as pattern, first_on, last_on
from core.dim_items
where lines_without_class > 0 or lines_spread > 0
order by amount desc, item asc
