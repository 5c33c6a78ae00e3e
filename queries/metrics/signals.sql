-- name: metrics.signals
-- purpose: The five signs that the way of working holds growth back, on a day: which fire, which are clear, and which
--   can't be tested.
-- grain: signal
-- params: as_of DATE
-- needs: invoice_lines, time_entries|tickets
-- uses: clients, technicians, agreements, tickets, time_off, holidays
-- columns:
--   place             BIGINT   its number, from 1
--   signal            VARCHAR  its name
--   question          VARCHAR  what it asks
--   state             VARCHAR  fires, clear or not_testable
--   value             DOUBLE   what was found; empty where it can't be tested
--   threshold         DOUBLE   where it fires, an assumption
--   second_value      DOUBLE   what else was found, where it looks at two things
--   second_threshold  DOUBLE   where that fires
--   evidence          VARCHAR  what was found, in words
--   needs             VARCHAR  what is missing to test it; empty if nothing is
--   nearness          VARCHAR  just_above, on or just_below the limit, where it is as near as the assumption says

with tested as (
    select 1 as place, 'Does the margin fall while revenue grows?' as question, falls.*
    from metrics.signal_margin_falls($as_of) as falls
    union all
    select 2, 'Do new clients add complexity?', added.* from metrics.signal_new_clients($as_of) as added
    union all
    select 3, 'Do seniors do account work?', seniors.* from metrics.signal_seniors($as_of) as seniors
    union all
    select 4, 'Does scope creep recur?', creep.* from metrics.signal_scope_creep($as_of) as creep
    union all
    select 5, 'Can''t it run without the owner?', owners.* from metrics.signal_owner($as_of) as owners
),

-- a limit is reached from 1 on: where both must be, the nearer counts; where either is enough, the one that goes beyond
reached as (
    select tested.*,
        case signal
            when 'margin_falls_while_revenue_grows'
                then least(share(-value, -threshold), share(second_value, second_threshold))
            when 'cannot_run_without_the_owner'
                then greatest(share(value, threshold), 2 - share(second_value, second_threshold))
            else share(value, threshold)
        end as of_limit
    from tested
)

select cast(place as bigint) as place, signal, question,
    case fires when true then 'fires' when false then 'clear' else 'not_testable' end as state,
    value, threshold, second_value, second_threshold, evidence, needs,
    case
        when not coalesce(reaches(assumption.near_limit, abs(of_limit - 1)), false) then null
        when round(of_limit, 9) = 1 then 'on'
        when fires then 'just_above'
        else 'just_below'
    end as nearness
from reached
cross join core.assumption as assumption
order by place asc
