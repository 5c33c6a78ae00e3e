-- name: metrics.components
-- purpose: The six components of the operating model on a day, each from 1 to 5: what the data says, and beside it what
--   the user's answers say; never merged.
-- grain: component
-- params: as_of DATE
-- needs: invoice_lines
-- uses: time_entries, tickets, technicians, clients, agreements, reviews, time_off, holidays
-- columns:
--   place            BIGINT   its place in the model
--   component        VARCHAR  delivery, people, commercial, technology, client_relationship or metrics
--   data_score       DOUBLE   mean of its parts that can be measured, half of them at least; else empty
--   checklist_score  DOUBLE   mean of the answers, yes 5, partly 3, no 1; empty until one is given
--   parts_measured   BIGINT   parts that can be measured
--   parts            BIGINT   all its parts
--   answered         BIGINT   questions answered
--   evidence         VARCHAR  each part with what was found and its score, the lowest first
--   needs            VARCHAR  what the other parts wait for; empty where all are measured

with judged as (
    select component, min(place) as place, count(*) as parts, count(score) as measured, avg(score) as score,
        string_agg(
            concat(part, ' ', measured, ' (', format('{:.1f}', score), ')'), ', ' order by score asc, place asc
        ) filter (where score is not null) as evidence,
        string_agg(part || ': ' || missing, '; ' order by place asc) filter (where missing is not null) as needs
    from metrics.component_parts($as_of)
    group by component
)

select row_number() over (order by judged.place asc) as place, judged.component,
    case when 2 * judged.measured >= judged.parts then judged.score end as data_score,
    answers.score as checklist_score, judged.measured as parts_measured, judged.parts,
    coalesce(answers.answered, 0) as answered, judged.evidence, judged.needs
from judged
left join core.checklist_answers as answers using (component)
order by place asc
