-- name: metrics.signal_scope_creep
-- purpose: Does scope creep recur? Months of the last twelve in which much of the work was out of scope and not billed.
-- grain: one row
-- params: as_of DATE
-- needs: time_entries
-- uses: invoice_lines
-- columns:
--   signal            VARCHAR  its name
--   value             DOUBLE   number of such months; empty where it can't be tested
--   threshold         DOUBLE   fires at or above
--   second_value      DOUBLE   none
--   second_threshold  DOUBLE   none
--   fires             BOOLEAN  whether the number is met; empty where it can't be tested
--   evidence          VARCHAR  what was found, in words
--   needs             VARCHAR  what is missing to test it; empty if nothing is

with counted as (
    select count(*) filter (where reaches(months.out_of_scope_share, assumption.out_of_scope_share)) as months,
        coalesce(sum(months.out_of_scope_hours), 0) as hours,
        count(*) filter (where months.stated_hours > 0) as stated_months
    from metrics.signal_window($as_of) as span
    cross join core.assumption as assumption
    inner join metrics.scope_creep_monthly as months
        on months.month_start between span.twelve_from and span.closing_month
),

judged as (
    select counted.*,
        all_of_them([
            case when span.closing_month is null then 'a month that invoices and hours cover' end,
            case when not kinds.has_out_of_scope then 'time entries that say they were out of scope and not billed' end,
            case
                when span.closing_month is not null and kinds.has_out_of_scope and stated_months = 0
                    then 'time entries of the last twelve months that say how they are covered'
            end
        ]) as needs
    from counted
    cross join metrics.signal_window($as_of) as span
    cross join core.work_kinds as kinds
)

select 'scope_creep_recurs' as signal, case when needs is null then cast(months as double) end as value,
    assumption.out_of_scope_months as threshold, cast(null as double) as second_value,
    cast(null as double) as second_threshold,
    case when needs is null then reaches(months, assumption.out_of_scope_months) end as fires,
    case
        when needs is null then concat(
            months, ' of ', stated_months, ' months with ', in_percent(assumption.out_of_scope_share),
            ' or more of the client hours out of scope and not billed; ', format('{:.1f}', hours), ' hours in all.'
        )
    end as evidence, needs
from judged
cross join core.assumption as assumption
