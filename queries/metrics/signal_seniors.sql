-- name: metrics.signal_seniors
-- purpose: Do seniors do account work? Hours of level 3 and owners over three months.
-- grain: one row
-- params: as_of DATE
-- needs: time_entries, technicians
-- columns:
--   signal            VARCHAR  its name
--   value             DOUBLE   account management and sales / all their hours; empty where it can't be tested
--   threshold         DOUBLE   fires at or above
--   second_value      DOUBLE   none
--   second_threshold  DOUBLE   none
--   fires             BOOLEAN  whether it is met; empty where it can't be tested
--   evidence          VARCHAR  what was found, in words
--   needs             VARCHAR  what is missing to test it; empty if nothing is

with sums as (
    select sum(roles.senior_hours) as hours, sum(roles.senior_account_hours) as account_hours,
        arg_max(roles.technician, roles.senior_account_hours) filter (where roles.senior_account_hours > 0) as most
    from metrics.signal_window($as_of) as span
    cross join lateral (
        select found.* from metrics.role_conflation(span.three_from, span.closing_month) as found
    ) as roles
),

judged as (
    select sums.*, share(account_hours, hours) as found,
        all_of_them([
            case when span.closing_month is null then 'a month that invoices and hours cover' end,
            case when not kinds.has_levels and not kinds.has_owner then 'levels or owners in the technicians file' end,
            case when not kinds.has_account_work then 'time entries that say account management or sales' end,
            case
                when span.closing_month is not null and (kinds.has_levels or kinds.has_owner)
                    and coalesce(hours, 0) <= 0
                    then 'hours of level 3 or an owner in the three months'
            end
        ]) as needs
    from sums
    cross join metrics.signal_window($as_of) as span
    cross join core.work_kinds as kinds
)

select 'seniors_do_account_work' as signal, case when needs is null then found end as value,
    assumption.senior_account_share as threshold, cast(null as double) as second_value,
    cast(null as double) as second_threshold,
    case when needs is null then reaches(found, assumption.senior_account_share) end as fires,
    case
        when needs is null then concat(
            format('{:.1f}', account_hours), ' of ', format('{:.1f}', hours),
            ' hours of level 3 and owners went to account management and sales',
            ', most of them of ' || most, '.'
        )
    end as evidence, needs
from judged
cross join core.assumption as assumption
