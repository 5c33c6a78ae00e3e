-- name: staging.agreements
-- purpose: Agreements in use, one row each, with the client under its shown name.
-- grain: load_id, row_number
-- columns:
--   client          VARCHAR        the client
--   starts_on       DATE           the first day
--   agreement_id    VARCHAR        the agreement's number
--   name            VARCHAR        its name
--   pricing_model   VARCHAR        per seat, fixed, block, time and materials
--   monthly_fee     DECIMAL(18,4)  the monthly fee
--   ends_on         DATE           the last day; empty is open-ended
--   renews_on       DATE           the renewal date
--   notice_days     BIGINT         days of notice
--   included_hours  DOUBLE         hours included
--   service_tier    VARCHAR        the tier sold
--   client_key      VARCHAR        key of the client
--   load_id         INTEGER        the load that brought the row
--   row_number      BIGINT         the row's place in its file

select
    client_names.client, agreements.starts_on, agreements.agreement_id, agreements.name,
    agreements.pricing_model, agreements.monthly_fee, agreements.ends_on, agreements.renews_on,
    agreements.notice_days, agreements.included_hours, agreements.service_tier, client_names.client_key,
    agreements.load_id, agreements.row_number
from raw.agreements as agreements
left join staging.client_names as client_names on agreements.client = client_names.raw_client
anti join raw.unused_rows as unused
    on unused.entity = 'agreements'
    and agreements.load_id = unused.load_id
    and agreements.row_number = unused.row_number
