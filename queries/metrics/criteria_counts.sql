-- name: metrics.criteria_counts
-- purpose: What each client's success criteria are reckoned from: the tickets opened and the measures of outcome in the
--   whole months that its review looks at, one, three or twelve up to a day.
-- grain: client_key, criterion
-- params: as_of DATE
-- uses: tickets, ticket_pauses, holidays, clients, outcomes
-- columns:
--   client_key        VARCHAR  key of the client
--   criterion         VARCHAR  what will be true
--   month_from        DATE     first of the months looked at
--   month_to          DATE     last of them
--   tickets           BIGINT   opened in them and not resolved by automation
--   resolved          BIGINT   of them those whose resolution can be judged
--   resolved_in_time  BIGINT   and that met their target
--   answered          BIGINT   those whose first response can be judged
--   answered_in_time  BIGINT   and that met their target
--   rated             BIGINT   those whose contact said how satisfied they were
--   happy             BIGINT   and was
--   followed          BIGINT   those of which it is known how often they were reopened
--   reopened          BIGINT   and that were
--   outcome_months    BIGINT   months of the outcomes file that hold the measure
--   outcome_value     DOUBLE   its mean over them

with criteria as (
    select client_key, criterion, measure, outcome,
        cast(date_trunc('month', $as_of + 1) - interval 1 month as date) as month_to,
        cast(
            date_trunc('month', $as_of + 1)
            - to_months(case review when 'monthly' then 1 when 'quarterly' then 3 else 12 end) as date
        ) as month_from
    from core.success_criteria
),

measured as (
    select criteria.client_key, criteria.criterion, count(*) as months, avg(outcomes.value) as value
    from criteria
    inner join core.fct_outcomes as outcomes
        on criteria.client_key = outcomes.client_key and lower(criteria.outcome) = lower(outcomes.measure)
        and outcomes.month_start between criteria.month_from and criteria.month_to
    where criteria.measure = 'outcomes file'
    group by criteria.client_key, criteria.criterion
)

select criteria.client_key, criteria.criterion, criteria.month_from, criteria.month_to,
    count(tickets.row_number) as tickets, count(judged.resolution) as resolved,
    count(*) filter (where judged.resolution = 'met') as resolved_in_time,
    count(judged.response) as answered, count(*) filter (where judged.response = 'met') as answered_in_time,
    count(tickets.csat) as rated, count(*) filter (where tickets.csat > 0) as happy,
    count(tickets.reopened_count) as followed, count(*) filter (where tickets.reopened_count > 0) as reopened,
    coalesce(any_value(measured.months), 0) as outcome_months, any_value(measured.value) as outcome_value
from criteria
left join measured using (client_key, criterion)
left join core.fct_tickets as tickets
    on criteria.client_key = tickets.client_key and tickets.opened_at >= criteria.month_from
    and tickets.opened_at < last_day(criteria.month_to) + 1 and not tickets.is_auto_resolved
left join metrics.judged_tickets($as_of) as judged using (load_id, row_number)
group by criteria.client_key, criteria.criterion, criteria.month_from, criteria.month_to
