-- name: metrics.signal_owner
-- purpose: Can it run without the owner? Escalations that land there, and what the desk ends while every owner is away.
-- grain: one row
-- params: as_of DATE
-- needs: technicians, tickets
-- uses: time_off, time_entries, invoice_lines, holidays
-- columns:
--   signal            VARCHAR  its name
--   value             DOUBLE   owners' escalations / all, over twelve months; empty with fewer than ten, or untested
--   threshold         DOUBLE   fires at or above
--   second_value      DOUBLE   tickets ended a day without an owner / usually; empty with fewer than five such days
--   second_threshold  DOUBLE   fires at or below as well
--   fires             BOOLEAN  whether either is met; empty where neither can be tested
--   evidence          VARCHAR  what was found, in words
--   needs             VARCHAR  what is missing to test it; empty if nothing is

with found as (
    select owners.*, case when owners.escalations >= 10 then owners.owner_escalation_share end as escalated,
        case when owners.absence_days >= 5 then owners.absence_ratio end as absent
    from metrics.signal_window($as_of) as span
    cross join lateral (
        select months.* from metrics.owner_dependence(span.twelve_from, span.closing_month) as months
    ) as owners
),

judged as (
    select found.*,
        all_of_them([
            case when span.closing_month is null then 'a month that invoices and hours cover' end,
            case when not kinds.has_owner then 'an owner in the technicians file' end,
            case
                when span.closing_month is not null and kinds.has_owner and escalated is null and absent is null
                    then 'ten escalated tickets in twelve months, or five days off of every owner on which fifty '
                    || 'tickets were to be expected'
            end
        ]) as needs
    from metrics.signal_window($as_of) as span
    cross join core.work_kinds as kinds
    left join found on true
)

select 'cannot_run_without_the_owner' as signal, case when needs is null then escalated end as value,
    assumption.owner_escalation_share as threshold, case when needs is null then absent end as second_value,
    assumption.owner_absence_ratio as second_threshold,
    case
        when needs is null then coalesce(reaches(escalated, assumption.owner_escalation_share), false)
            or coalesce(reaches(-absent, -assumption.owner_absence_ratio), false)
    end as fires,
    case
        when needs is null then concat_ws(
            ' ', owner_escalations || ' of ' || escalations || ' escalations landed on an owner''s desk.',
            'On ' || absence_days || ' days without an owner the desk ended ' || in_percent(absent)
            || ' of its usual tickets.'
        )
    end as evidence, needs
from judged
cross join core.assumption as assumption
