-- name: metrics.service_quality
-- purpose: Whether work is done right the first time, measure by measure, over the chosen months up to the last one
--   complete for tickets: what share, of how many tickets, and within which bounds the true share lies.
-- grain: place
-- params: month_from DATE, month_to DATE
-- needs: tickets
-- uses: time_entries
-- columns:
--   place      INTEGER  order of the measures
--   measure    VARCHAR  what is measured
--   found      BIGINT   tickets that it says yes of
--   tickets    BIGINT   tickets of which a file says
--   rate       DOUBLE   found / tickets
--   rate_low   DOUBLE   lower end of the interval that holds the true share in 95 of 100 cases
--   rate_high  DOUBLE   its upper end
--   needs      VARCHAR  what no file says; empty where one does

with sums as (
    select any_value(span.says_automation) as says_automation, sum(opened_in_all) as opened_in_all,
        sum(automated) as automated, sum(contacts_kept) as contacts_kept, sum(contacts_in_all) as contacts_in_all,
        sum(automated_reopened) as automated_reopened, sum(automated_known) as automated_known,
        sum(reopened) as reopened, sum(reopening_known) as reopening_known, sum(escalated) as escalated,
        sum(escalation_known) as escalation_known, sum(first_contacts) as first_contacts,
        sum(touches_known) as touches_known, sum(csat_positive) as csat_positive, sum(csat_responses) as csat_responses,
        sum(ended) as ended
    from core.desk_monthly as desk
    cross join core.ticket_span as span
    where desk.month_start between $month_from and least($month_to, span.last_month)
),

measures as (
    select 1 as place, 'ended at first contact' as measure, first_contacts as found, touches_known as tickets,
        'how many touches a ticket took' as missing
    from sums
    union all
    select 2, 'opened again', reopened, reopening_known,
        'how often a ticket was opened again'
    from sums
    union all
    select 3, 'escalated', escalated, escalation_known,
        'whether a ticket was escalated'
    from sums
    union all
    select 4, 'rated happy', csat_positive, csat_responses,
        'ratings by clients'
    from sums
    union all
    select 5, 'rated at all', csat_responses, case when csat_responses > 0 then ended end,
        'ratings by clients'
    from sums
    union all
    select 6, 'automated, with alerts', automated, case when says_automation then opened_in_all end,
        'whether automation resolved a ticket'
    from sums
    union all
    select 7, 'automated, no alerts', contacts_kept,
        case when says_automation then contacts_in_all end,
        'whether automation resolved a ticket'
    from sums
    union all
    select 8, 'automated, reopened', automated_reopened, automated_known,
        'how often an automated ticket was opened again'
    from sums
)

select place, measure, cast(found as bigint) as found, cast(tickets as bigint) as tickets,
    share(found, tickets) as rate, wilson_low(found, tickets) as rate_low, wilson_high(found, tickets) as rate_high,
    case when coalesce(tickets, 0) = 0 then missing end as needs
from measures
order by place asc
