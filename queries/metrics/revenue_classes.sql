-- name: metrics.revenue_classes
-- purpose: How much of the revenue of the chosen months has a class that nobody confirmed, or none.
-- grain: one row
-- params: month_from DATE, month_to DATE
-- needs: invoice_lines
-- columns:
--   suggested_revenue     DECIMAL(28,2)  revenue whose class is suggested and not confirmed
--   unclassified_revenue  DECIMAL(28,2)  revenue without a class

select
    cast(coalesce(sum(suggested_revenue), 0) as decimal(28, 2)) as suggested_revenue,
    cast(coalesce(sum(unclassified_revenue), 0) as decimal(28, 2)) as unclassified_revenue
from metrics.client_revenue_months
where month_start between $month_from and $month_to
