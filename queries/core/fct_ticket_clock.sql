-- name: core.fct_ticket_clock
-- purpose: Every moment that a ticket's service levels are measured between, as minutes on the business clock.
-- grain: load_id, row_number
-- columns:
--   load_id           INTEGER    the load that brought the ticket
--   row_number        BIGINT     the ticket's place in its file
--   opened_minute     DOUBLE     business minutes up to its opening
--   responded_minute  DOUBLE     business minutes up to its first response
--   resolved_minute   DOUBLE     business minutes up to its resolution

with moments as (
    select load_id, row_number, opened_at, first_response_at, coalesce(resolved_at, closed_at) as resolved_at
    from staging.tickets
    where opened_at is not null
)

select moments.load_id, moments.row_number,
    business_minute(moments.opened_at, opened.day, opened.opens_at, opened.minutes, opened.minutes_before)
        as opened_minute,
    business_minute(
        moments.first_response_at, responded.day, responded.opens_at, responded.minutes, responded.minutes_before
    ) as responded_minute,
    business_minute(moments.resolved_at, resolved.day, resolved.opens_at, resolved.minutes, resolved.minutes_before)
        as resolved_minute
from moments
inner join core.business_days as opened on cast(moments.opened_at as date) = opened.day
left join core.business_days as responded on cast(moments.first_response_at as date) = responded.day
left join core.business_days as resolved on cast(moments.resolved_at as date) = resolved.day
