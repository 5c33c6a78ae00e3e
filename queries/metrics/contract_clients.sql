-- name: metrics.contract_clients
-- purpose: Each client with recurring revenue or an agreement in force on a day: what it is billed a month, what its
--   agreements say, and for how long they bind it.
-- grain: client_key
-- params: as_of DATE
-- needs: invoice_lines
-- uses: agreements, clients
-- columns:
--   client_key        VARCHAR        key of the client
--   client            VARCHAR        the client
--   mrr               DECIMAL(28,2)  recurring revenue of the last month complete for invoices; empty without any
--   managed_mrr       DECIMAL(28,2)  of it, of the class managed, for which agreements are made
--   agreements        BIGINT         agreements in force on the day
--   agreement         VARCHAR        their names, else their numbers
--   contracted        DECIMAL(28,2)  their monthly fees; empty where none says one
--   contract_gap      DECIMAL(28,2)  managed_mrr less contracted; empty where either isn't known
--   renews_on         DATE           the first of their next renewals and ends
--   comes_as          VARCHAR        renews or ends; empty without a date
--   notice_days       BIGINT         the shortest days of notice
--   remaining_months  DOUBLE         months until then; empty without a date
--   binding           VARCHAR        term, month_to_month (no date, and a month of notice or less) or none on file

with billed as (
    select revenue.client_key, sum(revenue.revenue) as mrr,
        coalesce(sum(revenue.revenue) filter (where revenue.revenue_class = 'managed'), 0) as managed
    from core.fct_revenue_monthly as revenue
    inner join core.data_span as span
        on revenue.month_start = least(date_trunc('month', $as_of), span.last_invoice_month)
    where revenue.recurs_as = 'mrr' and revenue.is_recurring and not revenue.is_internal
    group by revenue.client_key
    having sum(revenue.revenue) > 0
),

agreed as (
    select renewals.client_key, count(*) as agreements,
        string_agg(
            coalesce(terms.name, terms.agreement_id), ', ' order by terms.starts_on asc, terms.row_number asc
        ) as agreement,
        sum(terms.monthly_fee) as contracted, min(renewals.renews_on) as renews_on,
        arg_min(renewals.comes_as, renewals.renews_on) as comes_as, min(terms.notice_days) as notice_days,
        bool_or(renewals.renews_on is not null or coalesce(terms.notice_days > 31, false)) as binds
    from metrics.agreement_renewals($as_of) as renewals
    inner join core.dim_agreements as terms using (load_id, row_number)
    group by renewals.client_key
)

select clients.client_key, clients.client, cast(billed.mrr as decimal(28, 2)) as mrr,
    cast(billed.managed as decimal(28, 2)) as managed_mrr, coalesce(agreed.agreements, 0) as agreements,
    agreed.agreement,
    cast(agreed.contracted as decimal(28, 2)) as contracted,
    cast(billed.managed - agreed.contracted as decimal(28, 2)) as contract_gap, agreed.renews_on, agreed.comes_as,
    agreed.notice_days, cast(agreed.renews_on - $as_of as double) / 30.4375 as remaining_months,
    case when agreed.binds then 'term' when agreed.agreements > 0 then 'month_to_month' else 'none' end as binding
from core.dim_clients as clients
left join billed using (client_key)
left join agreed using (client_key)
where not clients.is_internal and (billed.mrr is not null or agreed.agreements is not null)
order by billed.mrr desc nulls last, clients.client asc
