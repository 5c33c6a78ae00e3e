-- name: metrics.fixed_fees
-- purpose: What each client's agreements would have brought as fixed fees over the covered ones of the chosen months:
--   in each active month the fees agreed on its last day, else what was recognised.
-- grain: client_key
-- params: month_from DATE, month_to DATE
-- needs: invoice_lines
-- uses: agreements, time_entries
-- columns:
--   client_key  VARCHAR        key of the client
--   fixed_fee   DECIMAL(38,4)  fees over its months with revenue or client hours

select client_key, cast(sum(fee) as decimal(38, 4)) as fixed_fee
from metrics.fixed_fee_months($month_from, $month_to)
group by client_key
