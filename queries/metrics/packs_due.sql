-- name: metrics.packs_due
-- purpose: Clients that are owed a review on the last day of the months and had none in time, and which of them get no
--   pack: those that may be the MSP itself, since hours but no invoice name them, and those of whom the months hold
--   nothing.
-- grain: client_key
-- params: month_from DATE, month_to DATE
-- uses: reviews, clients, invoice_lines, tickets, time_entries
-- columns:
--   client_key  VARCHAR  key of the client
--   client      VARCHAR  the client
--   is_known    BOOLEAN  whether any review is on file by then, so that one that is missing was missed
--   left_out    VARCHAR  own (never billed, though worked for) or empty (no invoice, ticket or hour); none of those due

with owed as (
    select client_key, client, is_completed is not null as is_known
    from metrics.qbr_status(last_day($month_to))
    where is_due and not coalesce(is_completed, false)
),

billed as (
    select distinct client_key from core.fct_invoice_lines
),

worked as (
    select client_key, bool_or(month_start between $month_from and $month_to) as is_in_months
    from core.fct_labour_monthly
    where not is_internal
    group by client_key
),

told as (
    select client_key from core.fct_revenue_monthly where month_start between $month_from and $month_to
    union
    select client_key from core.desk_monthly where month_start between $month_from and $month_to
    union
    select client_key from worked where is_in_months
)

select owed.client_key, owed.client, owed.is_known,
    case
        when worked.client_key is not null and billed.client_key is null and exists (from billed as known) then 'own'
        when told.client_key is null then 'empty'
    end as left_out
from owed
left join billed using (client_key)
left join worked using (client_key)
left join told using (client_key)
order by owed.client asc, owed.client_key asc
