-- name: metrics.renewal_calendar
-- purpose: The agreements in force on a day in the order in which notice must be given, with the recurring revenue at
--   stake; those whose notice has gone by come after them, those without a date last.
-- grain: load_id, row_number
-- params: as_of DATE
-- needs: agreements
-- uses: invoice_lines, clients
-- columns:
--   load_id         INTEGER        the load that brought the row
--   row_number      BIGINT         the row's place in its file
--   client_key      VARCHAR        key of the client
--   client          VARCHAR        the client
--   agreement       VARCHAR        its name, else its number
--   pricing_model   VARCHAR        per seat, fixed, block, time and materials
--   notice_by       DATE           last day of notice; empty where none is agreed
--   days_to_notice  BIGINT         days until then; empty where it has gone by
--   renews_on       DATE           next renewal or end on or after the day
--   comes_as        VARCHAR        renews or ends
--   state           VARCHAR        open, notice_past, no_notice (a date but no days of notice) or no_date
--   at_stake        DECIMAL(28,2)  recurring revenue a month: the client's on invoices in the last complete month if
--                                  this is its only agreement, else the fee agreed; empty if neither is known
--   stake_basis     VARCHAR        invoices or agreement

with recurring as (
    select recurring.client_key, recurring.mrr
    from core.recurring_monthly as recurring
    inner join core.data_span as span
        on recurring.month_start = least(date_trunc('month', $as_of), span.last_invoice_month)
    where recurring.mrr > 0
),

listed as (
    select renewals.*, clients.client, coalesce(agreements.name, agreements.agreement_id) as agreement,
        agreements.pricing_model, case when renewals.agreements = 1 then recurring.mrr end as billed,
        agreements.monthly_fee,
        case
            when renewals.renews_on is null then 'no_date'
            when renewals.notice_by is null then 'no_notice'
            when renewals.is_notice_past then 'notice_past'
            else 'open'
        end as state
    from metrics.agreement_renewals($as_of) as renewals
    inner join core.dim_agreements as agreements using (load_id, row_number)
    inner join core.dim_clients as clients on renewals.client_key = clients.client_key and not clients.is_internal
    left join recurring on renewals.client_key = recurring.client_key
)

select load_id, row_number, client_key, client, agreement, pricing_model, notice_by,
    case when state = 'open' then notice_by - $as_of end as days_to_notice, renews_on, comes_as, state,
    cast(coalesce(billed, monthly_fee) as decimal(28, 2)) as at_stake,
    case when billed is not null then 'invoices' when monthly_fee is not null then 'agreement' end as stake_basis
from listed
order by list_position(['open', 'notice_past', 'no_notice', 'no_date'], state) asc,
    if(state = 'open', notice_by, renews_on) asc, client asc, agreement asc, row_number asc
