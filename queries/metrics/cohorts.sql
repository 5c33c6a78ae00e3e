-- name: metrics.cohorts
-- purpose: The quarters in which clients began to pay recurring revenue, with how many did and what they paid at their
--   first quarter's end.
-- grain: cohort
-- needs: invoice_lines
-- columns:
--   cohort         VARCHAR        the quarter; before is everybody who pays from the first month on file on
--   began          VARCHAR        the same in words
--   clients_start  BIGINT         clients that began
--   mrr_start      DECIMAL(28,2)  their recurring revenue

select cohort, began, clients_start, mrr_start
from metrics.revenue_cohorts
where quarters_since = 0
order by cohort = 'before' desc, cohort asc
