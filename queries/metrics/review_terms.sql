-- name: metrics.review_terms
-- purpose: How often each client is owed a review and since when it has been a client.
-- grain: client_key
-- columns:
--   client_key       VARCHAR  key of the client, never the MSP itself
--   client           VARCHAR  the client
--   account_manager  VARCHAR  who looks after the client
--   cadence_days     INTEGER  days between reviews, the assumption where the clients file is silent; 0 owes none
--   started_on       DATE     starts_on, else the first month of revenue; empty if neither is known
--   ends_on          DATE     last day; the year 9999 while open

select clients.client_key, clients.client, clients.account_manager,
    cast(coalesce(clients.review_cadence_days, assumption.review_cadence_days) as integer) as cadence_days,
    coalesce(clients.starts_on, first_revenue.first_revenue_month) as started_on,
    coalesce(clients.ends_on, date '9999-12-31') as ends_on
from core.dim_clients as clients
left join core.client_first_revenue as first_revenue using (client_key)
cross join core.assumption as assumption
where not clients.is_internal and clients.client_key != '(no client)'
