-- name: metrics.outcome_credits
-- purpose: What share of its fee each client would have been given back in the chosen months, and whether it could
--   leave in their last.
-- grain: client_key
-- params: month_from DATE, month_to DATE
-- needs: tickets|outcomes
-- uses: ticket_pauses, holidays, invoice_lines, time_entries
-- columns:
--   client_key             VARCHAR  key of the client
--   expected_credit_pct    DOUBLE   mean of the months in which anything could be measured
--   has_termination_right  BOOLEAN  whether it could have left in the last of the months

select client_key, avg(credit_pct - earned_back_pct order by month_start asc) as expected_credit_pct,
    bool_or(
        has_termination_right
        and month_start = (
            select max(covered.month_start)
            from core.covered_months as covered
            where covered.month_start between $month_from and $month_to
        )
    ) as has_termination_right
from metrics.sla_credit_months
where is_covered and month_start between $month_from and $month_to
group by client_key
