-- name: client_safe.credits
-- purpose: What the service levels of the period give back under terms that are written down; no row where there are no
--   terms.
-- grain: month_start
-- params: client_key VARCHAR, month_from DATE, month_to DATE
-- needs: tickets|outcomes
-- uses: ticket_pauses, holidays, invoice_lines
-- columns:
--   month_start      DATE    the month
--   measures         BIGINT  measures of the month
--   missed_measures  BIGINT  of them missed
--   credit_pct       DOUBLE  given back of the month's fee, less what is won back

select months.month_start, months.measures, months.missed_measures,
    months.credit_pct - coalesce(months.earned_back_pct, 0) as credit_pct
from metrics.sla_credit_months as months
where months.client_key = $client_key and months.is_covered and months.month_start between $month_from and $month_to
    and exists (
        select 1 from core.dim_sla_terms as terms where terms.client_key = $client_key or terms.client_key is null
    )
order by months.month_start asc
