-- name: metrics.owner_absence
-- purpose: How many tickets the desk ends while every owner is away, against the four weeks around; up to the last
--   month complete for tickets.
-- grain: one row
-- params: month_from DATE, month_to DATE
-- needs: tickets, technicians, time_off
-- uses: holidays
-- columns:
--   absence_days   BIGINT  business days in the months on which every owner has a full day of time off
--   absence_ended  BIGINT  tickets ended on them
--   usual_days     BIGINT  other business days in the four weeks before and after each
--   usual_ended    BIGINT  tickets ended on these
--   absence_ratio  DOUBLE  ended per absence day / per usual day; empty where under 50 were to be expected

with bounds as (
    select last_day(least($month_to, last_month)) as last_on from core.ticket_span
),

absent as (
    select owners.day
    from core.owner_days as owners
    cross join core.assumption as assumption
    cross join bounds
    where owners.month_start between $month_from and $month_to and owners.day <= bounds.last_on
    group by owners.day
    having bool_and(
        owners.is_full_day or owners.hours_away >= coalesce(owners.hours_per_week, assumption.hours_per_week) / 5
    )
),

usual as (
    select distinct calendar.day
    from core.calendar as calendar
    inner join absent on calendar.day between absent.day - 28 and absent.day + 28
    cross join bounds
    where calendar.is_weekday and not calendar.is_holiday and calendar.day <= bounds.last_on
        and calendar.day not in (select away.day from absent as away)
),

counted as (
    select
        (select count(*) from absent) as absence_days,
        (select coalesce(sum(desk.ended), 0) from absent inner join core.desk_daily as desk using (day))
            as absence_ended,
        (select count(*) from usual) as usual_days,
        (select coalesce(sum(desk.ended), 0) from usual inner join core.desk_daily as desk using (day)) as usual_ended
)

select counted.absence_days, cast(absence_ended as bigint) as absence_ended, counted.usual_days,
    cast(usual_ended as bigint) as usual_ended,
    case
        when share(usual_ended, usual_days) * counted.absence_days >= 50
            then share(share(absence_ended, counted.absence_days), share(usual_ended, usual_days))
    end as absence_ratio
from counted
