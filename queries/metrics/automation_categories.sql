-- name: metrics.automation_categories
-- purpose: What automating each category of tickets would take over and cost: hours saved, run cost, hand-backs, and
--   the success rate from which it pays.
-- grain: category
-- params: month_from DATE, month_to DATE, tried_share DOUBLE, success_share DOUBLE, attempt_cost DOUBLE,
--   handback_minutes DOUBLE, fixed_cost DOUBLE, cashable_share DOUBLE
-- needs: tickets
-- uses: time_entries, technicians, clients
-- columns:
--   category          VARCHAR  category of the tickets; (none) if empty
--   tickets           BIGINT   tickets of clients, not the MSP's own, opened in the covered ones of the chosen months
--   automated         BIGINT   of them those that automation resolved already
--   automated_share   DOUBLE   automated / tickets
--   reopened_share    DOUBLE   of the automated those that were opened again: they failed
--   worked            BIGINT   of those that people handle the ones with hours: what all below counts
--   without_hours     BIGINT   and the ones without any, of which no saving is known
--   minutes           DOUBLE   minutes of a ticket with hours, on average; empty where there is none
--   tried             DOUBLE   tickets with hours that automation would try
--   saved_hours       DOUBLE   hours that it would take over, failures and hand-backs taken off
--   saved_cost        DOUBLE   the same at the assumed loaded hourly cost
--   run_cost          DOUBLE   attempts, and a share of the fixed cost by tickets tried
--   net_gain          DOUBLE   saved cost - run cost
--   cash_gain         DOUBLE   the cashable share of saved cost - run cost
--   break_even        DOUBLE   success rate from which saved cost covers run cost; above 1 it never does

with counted as (
    select opened.category, cast(sum(tickets) as bigint) as tickets, cast(sum(automated) as bigint) as automated,
        sum(automated_reopened) as reopened, cast(sum(worked) as bigint) as worked,
        cast(sum(by_people) - sum(worked) as bigint) as without_hours,
        60 * share(sum(worked_hours), sum(worked)) as minutes
    from core.opened_monthly as opened
    inner join core.dim_clients as clients on opened.client_key = clients.client_key and not clients.is_internal
    inner join core.covered_months as months on opened.month_start = months.month_start
    where months.month_start between $month_from and $month_to
    group by opened.category
),

tried as (
    select counted.*, $tried_share * worked as tried, assumption.loaded_hourly_cost / 60 as minute_cost,
        share($fixed_cost * (select count(*) from core.covered_months as covered
            where covered.month_start between $month_from and $month_to), $tried_share * sum(worked) over ())
            as fixed_each
    from counted
    cross join core.assumption as assumption
),

saved as (
    select *, tried * automation_saves(minutes, $success_share, $handback_minutes) / 60 as saved_hours,
        tried * ($attempt_cost + coalesce(fixed_each, 0)) as run_cost
    from tried
)

select category, tickets, automated, share(automated, tickets) as automated_share,
    share(reopened, automated) as reopened_share, worked, without_hours, minutes, tried, saved_hours,
    saved_hours * 60 * minute_cost as saved_cost, run_cost, saved_hours * 60 * minute_cost - run_cost as net_gain,
    $cashable_share * saved_hours * 60 * minute_cost - run_cost as cash_gain,
    automation_break_even(fixed_each, $attempt_cost, minutes, $handback_minutes, minute_cost) as break_even
from saved
order by net_gain desc nulls last, category asc
