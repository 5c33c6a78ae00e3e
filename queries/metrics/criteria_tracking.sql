-- name: metrics.criteria_tracking
-- purpose: Where each client's success criteria stand: the value of the months that its review looks at against the
--   target, and when it is reviewed next.
-- grain: client_key, criterion
-- params: as_of DATE
-- uses: tickets, ticket_pauses, holidays, clients, outcomes
-- columns:
--   client_key      VARCHAR  key of the client
--   client          VARCHAR  the client
--   criterion       VARCHAR  what will be true
--   measure         VARCHAR  by what it is measured; of the outcomes file the measure's name
--   stage           VARCHAR  stabilise, optimise or build
--   review          VARCHAR  monthly, quarterly or yearly
--   month_from      DATE     first of the months looked at
--   month_to        DATE     last of them
--   counted         BIGINT   tickets, or months of the outcomes file, that the value rests on; empty where it is said
--   is_whole        BOOLEAN  whether the tickets speak of all of these months, where they are asked at all
--   value           DOUBLE   what came out; empty where there is nothing to measure
--   target          DOUBLE   what is to be reached
--   state           VARCHAR  met, missed or not_known
--   next_review_on  DATE     when both sides look at it next
--   is_review_past  BOOLEAN  whether that day has gone by

with valued as (
    select criteria.*, counts.month_from, counts.month_to,
        coalesce(criteria.better = 'lower', case criteria.measure
            when 'outcomes file' then is_lower_better(criteria.outcome)
            else criteria.measure in ('tickets per user and month', 'reopened tickets')
        end, false) as is_lower_better,
        case criteria.measure
            when 'resolved in time' then counts.resolved when 'answered in time' then counts.answered
            when 'happy answers' then counts.rated when 'tickets per user and month' then counts.tickets
            when 'reopened tickets' then counts.followed when 'outcomes file' then counts.outcome_months
        end as counted,
        criteria.measure in ('outcomes file', 'said here') or coalesce(
            counts.month_from >= coalesce(tickets.begins_on, tickets.first_month)
            and counts.month_to <= tickets.last_month, false
        ) as is_whole,
        case criteria.measure
            when 'resolved in time' then 100 * share(counts.resolved_in_time, counts.resolved)
            when 'answered in time' then 100 * share(counts.answered_in_time, counts.answered)
            when 'happy answers' then 100 * share(counts.happy, counts.rated)
            when 'tickets per user and month' then case
                when span.has_tickets
                    then share(counts.tickets, clients.users * months_in(counts.month_from, counts.month_to))
            end
            when 'reopened tickets' then 100 * share(counts.reopened, counts.followed)
            when 'outcomes file' then counts.outcome_value else criteria.said_value
        end as value
    from core.success_criteria as criteria
    inner join metrics.criteria_counts($as_of) as counts using (client_key, criterion)
    left join core.dim_clients as clients using (client_key)
    cross join core.data_span as span
    cross join core.ticket_span as tickets
)

select client_key, client, criterion, if(measure = 'outcomes file', coalesce(outcome, measure), measure) as measure,
    stage, review, month_from, month_to, counted, is_whole, value, target,
    case
        when value is null then 'not_known'
        when if(is_lower_better, value <= target, value >= target) then 'met' else 'missed'
    end as state,
    next_review_on, next_review_on < $as_of as is_review_past
from valued
order by client asc, next_review_on asc nulls last, criterion asc
