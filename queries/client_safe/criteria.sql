-- name: client_safe.criteria
-- purpose: Where the client's success criteria stand at the end of the period, and where they stood before it.
-- grain: criterion
-- params: client_key VARCHAR, month_from DATE, month_to DATE
-- uses: tickets, ticket_pauses, holidays, clients, outcomes
-- columns:
--   criterion       VARCHAR  what will be true
--   measure         VARCHAR  by what it is measured
--   stage           VARCHAR  stabilise, optimise or build
--   target          DOUBLE   what is to be reached
--   value           DOUBLE   what came out; empty where there is nothing to measure
--   value_before    DOUBLE   what had come out when the period began; empty where it is said by hand, or rests on
--                            months of which the tickets speak in part
--   counted         BIGINT   tickets, or months of the outcomes file, that the value rests on
--   state           VARCHAR  met, missed or not_known
--   next_review_on  DATE     when both sides look at it next

select now.criterion, now.measure, now.stage, now.target, now.value,
    case when now.counted is not null and past.counted > 0 and past.is_whole then past.value end as value_before,
    now.counted, now.state, now.next_review_on
from metrics.criteria_tracking(last_day($month_to)) as now
left join metrics.criteria_tracking(cast($month_from - interval 1 day as date)) as past using (client_key, criterion)
where now.client_key = $client_key
order by now.state = 'missed' desc, now.state = 'met' desc, now.criterion asc
