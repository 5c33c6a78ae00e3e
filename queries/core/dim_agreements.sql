-- name: core.dim_agreements
-- purpose: The agreements with the days on which each is in force.
-- grain: load_id, row_number
-- columns:
--   client_key     VARCHAR        key of the client
--   agreement_id   VARCHAR        the agreement's number
--   name           VARCHAR        its name
--   service_tier   VARCHAR        the tier sold
--   pricing_model  VARCHAR        per seat, fixed, block, time and materials
--   monthly_fee    DECIMAL(18,4)  the monthly fee
--   starts_on      DATE           first day
--   ends_on        DATE           last day; empty is open-ended
--   renews_on      DATE           the renewal date
--   notice_days    BIGINT         days of notice
--   block_hours    DOUBLE         hours of a block bought for the whole term; empty of any other agreement
--   unsaid_hours   DOUBLE         hours included where nothing says that it is a block: for a month or for the term
--   rank           BIGINT         which of a client's agreements that start on one day goes first: the one that goes on
--                                 longest, then the dearest, then by tier
--   load_id        INTEGER        the load that brought the row
--   row_number     BIGINT         the row's place in its file

select client_key, agreement_id, name, service_tier, pricing_model, monthly_fee, starts_on, ends_on, renews_on,
    notice_days, case when included_hours > 0 and is_block(pricing_model, name) then included_hours end as block_hours,
    case when included_hours > 0 and not is_block(pricing_model, name) then included_hours end as unsaid_hours,
    row_number() over (
        partition by client_key, starts_on
        order by coalesce(ends_on, date '9999-12-31') desc, monthly_fee desc nulls last, service_tier asc nulls last
    ) as rank,
    load_id, row_number
from staging.agreements
