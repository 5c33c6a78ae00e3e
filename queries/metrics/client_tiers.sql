-- name: metrics.client_tiers
-- purpose: Each client's service tier at a month's end: of the clients file, else of the latest agreement in force.
-- grain: client_key
-- params: month_to DATE
-- uses: clients, agreements
-- columns:
--   client_key    VARCHAR  key of the client
--   service_tier  VARCHAR  the tier; (no tier) without one

with agreed as (
    select client_key, service_tier
    from core.dim_agreements
    where service_tier is not null and starts_on <= last_day($month_to) and coalesce(ends_on >= $month_to, true)
    qualify row_number() over (partition by client_key order by starts_on desc, rank asc) = 1
)

select clients.client_key, coalesce(clients.service_tier, agreed.service_tier, '(no tier)') as service_tier
from core.dim_clients as clients
left join agreed using (client_key)
