-- name: metrics.desk_health
-- purpose: How the desk keeps up with what it is asked over the chosen months, up to the last one complete for tickets;
--   tickets of people, without those whose end isn't known.
-- grain: one row
-- params: month_from DATE, month_to DATE
-- needs: tickets
-- uses: time_entries, clients, invoice_lines
-- columns:
--   tickets_opened          BIGINT  opened in the months; empty where none of them is complete for tickets
--   tickets_ended           BIGINT  resolved, else closed, in the months
--   close_rate              DOUBLE  ended / opened
--   tickets_per_user_month  DOUBLE  opened for clients whose users are known / users x months with revenue or hours
--   hours_per_ticket        DOUBLE  hours of ended tickets that have any / their number
--   reopen_rate             DOUBLE  reopened at least once / ended, of those that say how often
--   escalation_rate         DOUBLE  escalated / opened, of those that say so
--   first_contact_rate      DOUBLE  one touch at most, neither escalated nor reopened / ended incidents and requests,
--                                   of those whose touches are known
--   auto_resolved_share     DOUBLE  resolved by automation / all opened; empty where no ticket says so
--   csat_responses          BIGINT  ended tickets that the client rated
--   csat_positive_pct       DOUBLE  rated above 0 / rated
--   csat_low                DOUBLE  lower end of the interval that holds the true share in 95 of 100 cases
--   csat_high               DOUBLE  its upper end

with bounds as (
    select $month_from as first_month, least($month_to, ticket_span.last_month) as last_month, says_automation,
        case when ticket_span.last_month >= $month_from then 0 end as unknown
    from core.ticket_span
),

served as (
    select months.client_key, sum(months.user_months) as user_months
    from metrics.client_user_months as months
    inner join bounds on months.month_start between bounds.first_month and bounds.last_month
    group by months.client_key
    having sum(months.user_months) > 0
),

sums as (
    -- any number plus null is null: nothing is known of months that the tickets don't reach
    select bounds.says_automation, coalesce(sum(desk.opened), 0) + bounds.unknown as opened,
        coalesce(sum(desk.ended), 0) + bounds.unknown as ended,
        coalesce(sum(desk.opened) filter (where served.client_key is not null), 0) + bounds.unknown as opened_of_users,
        (select sum(everyone.user_months) from served as everyone) as user_months,
        sum(worked) as worked, sum(worked_hours) as worked_hours, sum(reopening_known) as reopening_known,
        sum(reopened) as reopened, sum(escalation_known) as escalation_known, sum(escalated) as escalated,
        sum(touches_known) as touches_known, sum(first_contacts) as first_contacts, sum(opened_in_all) as opened_in_all,
        sum(automated) as automated, coalesce(sum(csat_responses), 0) + bounds.unknown as rated,
        coalesce(sum(csat_positive), 0) as positive
    from bounds
    left join core.desk_monthly as desk on desk.month_start between bounds.first_month and bounds.last_month
    left join served on desk.client_key = served.client_key
    group by bounds.says_automation, bounds.unknown
)

select cast(opened as bigint) as tickets_opened, cast(ended as bigint) as tickets_ended,
    share(ended, opened) as close_rate, share(opened_of_users, user_months) as tickets_per_user_month,
    share(worked_hours, worked) as hours_per_ticket, share(reopened, reopening_known) as reopen_rate,
    share(escalated, escalation_known) as escalation_rate, share(first_contacts, touches_known) as first_contact_rate,
    case when says_automation then share(automated, opened_in_all) end as auto_resolved_share,
    cast(rated as bigint) as csat_responses, share(positive, rated) as csat_positive_pct,
    wilson_low(positive, rated) as csat_low, wilson_high(positive, rated) as csat_high
from sums
