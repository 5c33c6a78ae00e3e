-- name: core.dim_clients
-- purpose: Every client that any file names, with what the clients file says of it.
-- grain: client_key
-- columns:
--   client_key           VARCHAR  key of the client
--   client               VARCHAR  shown name
--   parent_key           VARCHAR  key of the group it belongs to, its own where it has none
--   parent               VARCHAR  name of the group, its own where it has none
--   service_tier         VARCHAR  tier in the clients file
--   segment              VARCHAR  market segment
--   starts_on            DATE     client since, as the clients file says; of merged names the earliest
--   ends_on              DATE     left on
--   users                DOUBLE   people served
--   endpoints            DOUBLE   devices served
--   review_cadence_days  BIGINT   days between reviews as the clients file says; 0 owes none
--   account_manager      VARCHAR  who looks after the client
--   is_internal          BOOLEAN  the MSP itself, as the clients file or the user says
--   is_listed            BOOLEAN  whether the clients file names it

with named as (
    select client_key, any_value(client) as client from staging.client_names where is_client group by client_key
    union all
    select '(no client)' as client_key, '(no client)' as client
    where exists (select 1 from staging.tickets as tickets where tickets.client_key = '(no client)')
        and not exists (select 1 from staging.client_names as texts where texts.client_key = '(no client)')
),

listed as (
    -- a new name makes no new client: it is one since its first
    select * replace (min(starts_on) over (partition by client_key) as starts_on)
    from staging.clients
    qualify is_standing
)

select named.client_key, named.client, coalesce(groups.parent_key, named.client_key) as parent_key,
    coalesce(groups.parent, named.client) as parent,
    listed.service_tier, listed.segment, listed.starts_on, listed.ends_on, listed.users, listed.endpoints,
    listed.review_cadence_days, listed.account_manager,
    coalesce(listed.is_internal, false) or own_names.client_key is not null as is_internal,
    listed.client_key is not null as is_listed
from named
left join listed using (client_key)
left join core.client_groups as groups using (client_key)
left join raw.own_names as own_names on named.client_key = own_names.client_key
