-- name: metrics.cut_off_monthly
-- purpose: Invoices by the month of their date, against the months that they pay for: billed ahead and behind, credits,
--   lines below zero that nobody calls a credit, round sums, and what the last three days of the month bring.
-- grain: month_start
-- needs: invoice_lines
-- columns:
--   month_start       DATE           month of the invoices
--   lines             BIGINT         invoice lines
--   invoiced          DECIMAL(28,4)  their amounts, net of tax, credits taken off
--   earned            DECIMAL(28,4)  revenue of the month, whenever it was invoiced
--   invoiced_ahead    DECIMAL(28,4)  of the invoiced, for service that begins in a later month
--   invoiced_behind   DECIMAL(28,4)  of the invoiced, for service that began in an earlier month
--   spread            DECIMAL(28,4)  of the invoiced, for more than one month
--   credit_notes      BIGINT         lines marked as credit
--   credits           DECIMAL(28,4)  their amounts, negative
--   unmarked_below_0  BIGINT         lines below zero that are not marked
--   round_sums        BIGINT         lines of a whole hundred or more
--   last_days         DECIMAL(28,4)  invoiced on the last three days of the month
--   last_days_share   DOUBLE         that / invoiced

with lines as (
    select *, cast(date_trunc('month', invoiced_on) as date) as month_start
    from core.fct_invoice_lines
    where not is_internal
),

months as (
    select month_start, count(*) as lines, sum(amount) as invoiced,
        coalesce(sum(amount) filter (where first_month > month_start), 0) as ahead,
        coalesce(sum(amount) filter (where first_month < month_start), 0) as behind,
        coalesce(sum(amount) filter (where service_months > 1), 0) as spread,
        count(*) filter (where is_credit) as credit_notes,
        coalesce(sum(amount) filter (where is_credit), 0) as credits,
        count(*) filter (where amount < 0 and not is_credit) as unmarked,
        count(*) filter (where amount >= 100 and mod(amount, 100) = 0) as round_sums,
        coalesce(sum(amount) filter (where invoiced_on > last_day(invoiced_on) - 3), 0) as last_days
    from lines
    group by month_start
)

select months.month_start, months.lines, cast(months.invoiced as decimal(28, 4)) as invoiced,
    cast(coalesce(earned.revenue, 0) as decimal(28, 4)) as earned, cast(ahead as decimal(28, 4)) as invoiced_ahead,
    cast(behind as decimal(28, 4)) as invoiced_behind, cast(spread as decimal(28, 4)) as spread, credit_notes,
    cast(credits as decimal(28, 4)) as credits, unmarked as unmarked_below_0, round_sums,
    cast(last_days as decimal(28, 4)) as last_days, share(last_days, months.invoiced) as last_days_share
from months
left join metrics.revenue_by_month as earned using (month_start)
order by months.month_start asc
