-- name: metrics.revenue_classes
-- purpose: How much of the revenue of the chosen months has a class that nobody confirmed, or none.
-- grain: one row
-- params: month_from DATE, month_to DATE
-- needs: invoice_lines
-- columns:
--   suggested_revenue     DECIMAL(28,2)  revenue whose class is suggested and not confirmed
--   unclassified_revenue  DECIMAL(28,2)  revenue without a class, credits taken off
--   stray_credits         DECIMAL(28,2)  these credits: lines without a class below 0

select
    cast(coalesce(sum(revenue) filter (where class_basis = 'suggested'), 0) as decimal(28, 2)) as suggested_revenue,
    cast(coalesce(sum(revenue) filter (where class_basis = 'unclassified'), 0) as decimal(28, 2))
        as unclassified_revenue,
    cast(coalesce(sum(credits) filter (where revenue_class = 'unclassified'), 0) as decimal(28, 2)) as stray_credits
from core.fct_revenue_monthly
where not is_internal and month_start between $month_from and $month_to
