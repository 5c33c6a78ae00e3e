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
--   starts_on            DATE     client since, as the clients file says
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
    -- a client that two spellings list counts once, by its later row; a check shows the other
    select *
    from staging.clients
    qualify row_number() over (partition by client_key order by load_id desc, row_number desc) = 1
),

parents as (
    -- "Parent:Child" names the parent before the colon; the part before the first one is the whole group
    select named.client_key, named.client, listed.* exclude (client_key, client, parent_key, parent),
        listed.row_number is not null as is_listed,
        coalesce(
            listed.parent_key,
            case when contains(named.client, ':') then nullif(trim(split_part(named.client_key, ':', 1)), '') end
        ) as parent_key,
        coalesce(
            listed.parent,
            case when contains(named.client, ':') then nullif(trim(split_part(named.client, ':', 1)), '') end
        ) as parent
    from named
    left join listed using (client_key)
)

-- one spelling for a group however its members' names begin: its own as a client, else the first of theirs
select parents.client_key, parents.client, coalesce(parents.parent_key, parents.client_key) as parent_key,
    coalesce(
        groups.client, min(parents.parent) over (partition by parents.parent_key), parents.parent, parents.client
    ) as parent,
    parents.service_tier, parents.segment, parents.starts_on, parents.ends_on, parents.users, parents.endpoints,
    parents.review_cadence_days, parents.account_manager,
    coalesce(parents.is_internal, false) or own_names.client_key is not null as is_internal, parents.is_listed
from parents
left join raw.own_names as own_names on parents.client_key = own_names.client_key
left join named as groups on parents.parent_key = groups.client_key
