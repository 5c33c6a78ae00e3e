-- name: core.opened_monthly
-- purpose: All tickets of each client opened in each month, by category, also those that can't be followed.
-- grain: client_key, category, month_start
-- columns:
--   client_key          VARCHAR        key of the client
--   category            VARCHAR        the category; (none) if empty
--   month_start         DATE           the month in which they were opened
--   tickets             BIGINT         opened in it
--   incidents           BIGINT         of them those of type incident or of none
--   requests            BIGINT         of type request
--   unfollowed          BIGINT         closed without a time, or resolved before they were opened
--   automated           BIGINT         resolved by automation
--   automated_reopened  BIGINT         of these those that were opened again
--   by_people           BIGINT         the others; all that follow are of these
--   followed            BIGINT         whose end is known or still to come
--   followed_incidents  BIGINT         of these those of type incident or of none
--   answered            BIGINT         whose first response is known
--   promised            BIGINT         with a target
--   rated               BIGINT         rated by the client
--   balance             BIGINT         happy ratings less unhappy ones
--   worked              BIGINT         with hours above 0
--   worked_hours        DECIMAL(38,9)  these hours
--   worked_squares      DOUBLE         sum of the squares of these

with opened as (
    select client_key, category, cast(date_trunc('month', opened_at) as date) as month_start, is_incident, is_contact,
        is_auto_resolved, is_followed, responded_at, coalesce(resolution_target, response_target) as target, csat,
        effort_hours as hours, reopened_count
    from core.fct_tickets
    where opened_at is not null
)

select client_key, category, month_start, count(*) as tickets, count(*) filter (where is_incident) as incidents,
    count(*) filter (where is_contact and not is_incident) as requests,
    count(*) filter (where not is_followed) as unfollowed, count(*) filter (where is_auto_resolved) as automated,
    count(*) filter (where is_auto_resolved and reopened_count > 0) as automated_reopened,
    count(*) filter (where not is_auto_resolved) as by_people,
    count(*) filter (where not is_auto_resolved and is_followed) as followed,
    count(*) filter (where not is_auto_resolved and is_followed and is_incident) as followed_incidents,
    count(responded_at) filter (where not is_auto_resolved) as answered,
    count(target) filter (where not is_auto_resolved) as promised,
    count(csat) filter (where not is_auto_resolved) as rated,
    cast(coalesce(sum(sign(csat)) filter (where not is_auto_resolved), 0) as bigint) as balance,
    count(*) filter (where not is_auto_resolved and hours > 0) as worked,
    cast(coalesce(sum(hours) filter (where not is_auto_resolved and hours > 0), 0) as decimal(38, 9)) as worked_hours,
    coalesce(sum(power(cast(hours as double), 2)) filter (where not is_auto_resolved and hours > 0), 0)
        as worked_squares
from opened
group by client_key, category, month_start
