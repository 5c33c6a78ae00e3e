-- name: core.checklist_answers
-- purpose: What the answers to the checklist say of each component of the operating model.
-- grain: component
-- columns:
--   component  VARCHAR  delivery, people, commercial, technology, client_relationship or metrics
--   answered   BIGINT   questions answered
--   score      DOUBLE   mean of the answers, yes 5, partly 3, no 1; empty until one is given

select component, count(answer) as answered,
    avg(case answer when 'yes' then 5 when 'partly' then 3 when 'no' then 1 end) as score
from staging.checklist
group by component
