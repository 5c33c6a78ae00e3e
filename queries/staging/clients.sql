-- name: staging.clients
-- purpose: Clients as their file lists them, one row each, with the parent that the file gives.
-- grain: load_id, row_number
-- columns:
--   client               VARCHAR  the client's name
--   parent               VARCHAR  the group it belongs to
--   service_tier         VARCHAR  the tier of service
--   segment              VARCHAR  the market segment
--   starts_on            DATE     client since
--   ends_on              DATE     left on
--   users                DOUBLE   people served
--   endpoints            DOUBLE   devices served
--   review_cadence_days  BIGINT   days between reviews; 0 owes none
--   account_manager      VARCHAR  who looks after the client
--   is_internal          BOOLEAN  the MSP itself
--   client_key           VARCHAR  key of the client
--   parent_key           VARCHAR  key of the parent
--   is_standing          BOOLEAN  whether the row speaks for its client: of several the one that hasn't ended, then the
--                                 one under the name that was kept, then the later
--   load_id              INTEGER  the load that brought the row
--   row_number           BIGINT   the row's place in its file

select
    client_names.client, parent_names.client as parent, clients.service_tier, clients.segment,
    clients.starts_on, clients.ends_on, clients.users, clients.endpoints, clients.review_cadence_days,
    clients.account_manager, clients.is_internal, client_names.client_key,
    parent_names.client_key as parent_key,
    row_number() over (
        partition by client_names.client_key
        order by coalesce(clients.ends_on, date '9999-12-31') desc,
            client_names.name_key = client_names.client_key desc, clients.load_id desc, clients.row_number desc
    ) = 1 as is_standing,
    clients.load_id, clients.row_number
from raw.clients as clients
left join staging.client_names as client_names on clients.client = client_names.raw_client
left join staging.client_names as parent_names on clients.parent = parent_names.raw_client
anti join raw.unused_rows as unused
    on unused.entity = 'clients'
    and clients.load_id = unused.load_id
    and clients.row_number = unused.row_number
