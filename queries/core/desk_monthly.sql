-- name: core.desk_monthly
-- purpose: What each client's tickets came to in each month; those whose end isn't known are left out.
-- grain: client_key, month_start
-- columns:
--   client_key           VARCHAR        key of the client
--   month_start          DATE           the month in which they were opened, or ended
--   opened               BIGINT         opened in it and handled by people; all below are, too, but for the next two
--   opened_in_all        BIGINT         opened in it, resolved by automation or by people
--   automated            BIGINT         of them those that automation resolved
--   automated_known      BIGINT         of these those of which the file says how often they were reopened
--   automated_reopened   BIGINT         of these those that were
--   contacts_in_all      BIGINT         incidents and requests opened in it, resolved by automation or by people
--   contacts_kept        BIGINT         of them those that automation resolved without any hours, and nobody reopened
--   escalation_known     BIGINT         opened, and the file says whether it was escalated
--   escalated            BIGINT         of them those that were
--   ended                BIGINT         resolved or closed in it
--   ended_of_opened      BIGINT         of them those of which the file says when they were opened
--   worked               BIGINT         of them those with hours above 0
--   worked_hours         DECIMAL(38,9)  their hours
--   reopening_known      BIGINT         ended, and the file says how often it was reopened
--   reopened             BIGINT         of them those that were
--   touches_known        BIGINT         ended incidents and requests whose touches the file says
--   first_contacts       BIGINT         of them those with one touch at most, neither escalated nor reopened
--   csat_responses       BIGINT         ended, and rated by the client
--   csat_positive        BIGINT         of them those above 0

with moments as (
    select client_key, date_trunc('month', opened_at) as month_start, true as is_opening,
        not is_auto_resolved as is_human, true as is_dated, is_contact, escalated, reopened_count, touches, csat,
        effort_hours
    from core.fct_tickets
    where is_followed and opened_at is not null
    union all
    select client_key, date_trunc('month', resolved_at), false, true, opened_at is not null, is_contact, escalated,
        reopened_count, touches, csat, effort_hours
    from core.fct_tickets
    where is_followed and resolved_at is not null and not is_auto_resolved
)

select client_key, cast(month_start as date) as month_start,
    count(*) filter (where is_opening and is_human) as opened, count(*) filter (where is_opening) as opened_in_all,
    count(*) filter (where not is_human) as automated,
    count(reopened_count) filter (where not is_human) as automated_known,
    count(*) filter (where not is_human and reopened_count > 0) as automated_reopened,
    count(*) filter (where is_opening and is_contact) as contacts_in_all,
    count(*) filter (
        where not is_human and is_contact and not coalesce(effort_hours > 0, false) and coalesce(reopened_count, 0) <= 0
    ) as contacts_kept,
    count(escalated) filter (where is_opening and is_human) as escalation_known,
    count(*) filter (where is_opening and is_human and escalated) as escalated,
    count(*) filter (where not is_opening) as ended,
    count(*) filter (where not is_opening and is_dated) as ended_of_opened,
    count(*) filter (where not is_opening and effort_hours > 0) as worked,
    cast(coalesce(sum(effort_hours) filter (where not is_opening and effort_hours > 0), 0) as decimal(38, 9))
        as worked_hours,
    count(reopened_count) filter (where not is_opening) as reopening_known,
    count(*) filter (where not is_opening and reopened_count > 0) as reopened,
    count(touches) filter (where not is_opening and is_contact) as touches_known,
    count(*) filter (
        where not is_opening and is_contact and touches <= 1 and not coalesce(escalated, false)
            and coalesce(reopened_count, 0) <= 0
    ) as first_contacts,
    count(csat) filter (where not is_opening) as csat_responses,
    count(*) filter (where not is_opening and csat > 0) as csat_positive
from moments
group by client_key, month_start
