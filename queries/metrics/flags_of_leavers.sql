-- name: metrics.flags_of_leavers
-- purpose: Whether the going of one client alone misses a bound about kept clients: then it is written down once, not
--   once for each bound.
-- grain: flag
-- params: month_from DATE, month_to DATE
-- needs: invoice_lines
-- uses: clients
-- columns:
--   flag           VARCHAR  gross_revenue_retention, logo_churn or lost_of_largest
--   is_one_client  BOOLEAN  whether one client alone left, and without its going the bound would be held

with leavers as (
    select count(*) as clients, any_value(opening_mrr) as opening_mrr
    from metrics.lost_clients($month_from, $month_to)
)

select listed.flag,
    leavers.clients = 1 and kept.clients_lost = 1 and (
        listed.flag != 'gross_revenue_retention'
        or coalesce(
            reaches(kept.gross_revenue_retention + share(leavers.opening_mrr, kept.opening_mrr), bound.low), false
        )
    ) as is_one_client
from (values ('gross_revenue_retention'), ('logo_churn'), ('lost_of_largest')) as listed (flag)
cross join metrics.yearly_retention($month_to) as kept
cross join leavers
inner join core.benchmark as bound on bound.number = 'flagged_gross_revenue_retention'
