-- name: metrics.realisation
-- purpose: What was billed for hours that no agreement covers, against what they are worth at the bill rate, over the
--   chosen months.
-- grain: one row
-- params: month_from DATE, month_to DATE
-- needs: time_entries
-- columns:
--   client_hours     DOUBLE         hours that aren't internal
--   billed_hours     DOUBLE         of them those that no agreement covers and whose billed amount a file states
--   billed_share     DOUBLE         billed hours / client hours
--   billed_amount    DECIMAL(28,2)  that amount; empty without such hours
--   standard_amount  DECIMAL(28,2)  billed hours x the bill rate
--   realisation      DOUBLE         billed amount / standard amount

with sums as (
    select coalesce(sum(hours) filter (where not is_internal), 0) as client_hours,
        coalesce(sum(billed_hours), 0) as billed_hours, sum(billed_amount) as billed_amount
    from core.fct_labour_monthly
    where month_start between $month_from and $month_to
),

valued as (
    select sums.*, price_by_the_hour(sums.billed_hours, assumption.bill_rate) as standard_amount
    from sums
    cross join core.assumption as assumption
)

select cast(client_hours as double) as client_hours, cast(billed_hours as double) as billed_hours,
    share(billed_hours, client_hours) as billed_share,
    cast(case when billed_hours > 0 then billed_amount end as decimal(28, 2)) as billed_amount,
    cast(case when billed_hours > 0 then standard_amount end as decimal(28, 2)) as standard_amount,
    share(billed_amount, standard_amount) as realisation
from valued
