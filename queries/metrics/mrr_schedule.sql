-- name: metrics.mrr_schedule
-- purpose: Every client that ever had recurring revenue with what binds it on a day; those that pay most today first.
-- grain: client_key
-- params: as_of DATE
-- needs: invoice_lines
-- uses: agreements, clients
-- columns:
--   client_key    VARCHAR        key of the client
--   client        VARCHAR        the client
--   agreement     VARCHAR        its agreements in force; empty without any on file
--   binding       VARCHAR        term, month_to_month or none; empty of clients that have left
--   renews_on     DATE           the first of their next renewals and ends
--   notice_days   BIGINT         the shortest days of notice
--   managed_mrr   DECIMAL(28,2)  managed recurring revenue of the last complete month
--   contracted    DECIMAL(28,2)  monthly fees of the agreements
--   contract_gap  DECIMAL(28,2)  managed recurring revenue less contracted; empty where either isn't known

with ever as (
    select client_key, arg_max(mrr, month_start) as latest
    from core.recurring_monthly
    group by client_key
    having bool_or(mrr != 0)
)

select ever.client_key, clients.client, terms.agreement, terms.binding, terms.renews_on, terms.notice_days,
    terms.managed_mrr, terms.contracted, terms.contract_gap
from ever
inner join core.dim_clients as clients using (client_key)
left join metrics.contract_clients($as_of) as terms using (client_key)
order by terms.mrr desc nulls last, ever.latest desc, clients.client asc
