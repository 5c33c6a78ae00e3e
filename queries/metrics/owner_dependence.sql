-- name: metrics.owner_dependence
-- purpose: How far the work of the chosen months hangs on the owners; nothing without one in the technicians file.
-- grain: one row
-- params: month_from DATE, month_to DATE
-- needs: technicians, time_entries|tickets
-- uses: tickets, time_off, holidays
-- columns:
--   client_hours            DOUBLE  hours that aren't internal
--   owner_hours             DOUBLE  of them those of owners
--   owner_hours_share       DOUBLE  owner hours / client hours; empty where owners ended tickets and logged no hour
--   owner_ended             BIGINT  tickets that owners ended in the months
--   owner_escalations       BIGINT  escalations whose technician is an owner
--   escalations             BIGINT  escalated tickets of people opened in the months; empty if no ticket says so
--   owner_escalation_share  DOUBLE  owner's / all
--   absence_days            BIGINT  business days on which every owner has a full day of time off; empty without any
--                                   time off loaded
--   absence_ratio           DOUBLE  tickets ended per such day / per business day of the four weeks around; empty
--                                   where under 50 were to be expected

with hours as (
    select sum(labour.hours) as client_hours,
        coalesce(sum(labour.hours) filter (where owners.is_owner), 0) as owner_hours
    from core.fct_labour_monthly as labour
    left join core.dim_technician_versions as owners using (technician_key, version_from)
    where not labour.is_internal and labour.month_start between $month_from and $month_to
),

escalated as (
    select coalesce(sum(escalations), 0) as escalations, coalesce(sum(owner_escalations), 0) as owner_escalations
    from core.escalations_monthly
    where month_start between $month_from and $month_to
),

ended as (
    select coalesce(sum(desk.ended), 0) as tickets
    from core.ended_monthly as desk
    where desk.month_start between $month_from and $month_to and desk.technician_key in (
            select owners.technician_key from core.dim_technician_versions as owners where owners.is_owner
        )
),

known as (
    -- any number plus null is null: what no file says stays unknown
    select case when kinds.has_owner then 0 end as owner, case when tickets.says_escalated then 0 end as escalation,
        case when kinds.has_time_off then 0 end as time_off
    from core.work_kinds as kinds
    cross join core.ticket_span as tickets
)

select cast(hours.client_hours + known.owner as double) as client_hours,
    cast(hours.owner_hours + known.owner as double) as owner_hours,
    case
        when hours.owner_hours != 0 or ended.tickets = 0
            then share(hours.owner_hours + known.owner, hours.client_hours)
    end as owner_hours_share,
    cast(ended.tickets + known.owner as bigint) as owner_ended,
    cast(escalated.owner_escalations + known.owner + known.escalation as bigint) as owner_escalations,
    cast(escalated.escalations + known.owner + known.escalation as bigint) as escalations,
    share(escalated.owner_escalations + known.owner + known.escalation, escalated.escalations)
        as owner_escalation_share,
    cast(absence.absence_days + known.owner + known.time_off as bigint) as absence_days,
    absence.absence_ratio + known.owner + known.time_off as absence_ratio
from hours
cross join escalated
cross join ended
cross join known
cross join metrics.owner_absence($month_from, $month_to) as absence
