-- name: metrics.days_to_pay_monthly
-- purpose: How long clients took to pay what they paid in each month.
-- grain: month_start
-- needs: invoice_lines
-- columns:
--   month_start  DATE           the month of the payment
--   paid         DECIMAL(28,2)  amount and tax paid in it
--   days_to_pay  DOUBLE         days from invoice to payment, each weighing its amount
--   late_share   DOUBLE         of what has a due date, the part paid after it

select cast(date_trunc('month', paid_on) as date) as month_start, cast(sum(owed) as decimal(28, 2)) as paid,
    share(sum(owed * days_to_pay), sum(owed)) as days_to_pay,
    share(
        coalesce(sum(owed) filter (where days_late > 0), 0), sum(owed) filter (where days_late is not null)
    ) as late_share
from metrics.paid_lines
where paid_on <= current_date
group by date_trunc('month', paid_on)
order by month_start asc
