-- name: metrics.qbr_quarters
-- purpose: For each client and each of the last eight quarters, from that of the first review on file on, whether its
--   review was held, late, missed, open or not due.
-- grain: client_key, quarter_start
-- params: as_of DATE
-- needs: reviews
-- uses: clients, invoice_lines
-- columns:
--   client_key     VARCHAR  key of the client
--   client         VARCHAR  the client
--   quarter_start  DATE     first day of the quarter
--   state          VARCHAR  held, late (held after the cadence had run out), missed, not_due, not_known where part of
--                           the cadence lies before the first review on file, or open: not held in a quarter not over
--   last_held_on   DATE     last review held by the quarter's end

with judged as (
    select terms.client_key, terms.client, terms.cadence_days, quarters.quarter_start, quarters.judged_on,
        is_review_known(terms.cadence_days, terms.started_on, span.first_on, quarters.judged_on) as is_known,
        is_review_due(terms.cadence_days, terms.started_on, terms.ends_on, quarters.judged_on) as is_due,
        max(history.held_on) filter (where history.held_on <= quarters.judged_on) as last_held_on,
        bool_or(history.is_late) filter (
            where history.held_on between quarters.quarter_start and quarters.judged_on
        ) as was_late
    from metrics.review_terms as terms
    cross join core.reviews_span as span
    inner join metrics.review_quarters($as_of) as quarters on quarters.judged_on >= span.first_on
    left join metrics.review_history as history on terms.client_key = history.client_key
    group by terms.client_key, terms.client, terms.cadence_days, quarters.quarter_start, quarters.judged_on, is_due,
        is_known
)

select judged.client_key, judged.client, judged.quarter_start,
    case
        when judged.was_late then 'late'
        when judged.last_held_on >= judged.quarter_start then 'held'
        when not judged.is_due then 'not_due'
        when is_review_held(judged.last_held_on, judged.cadence_days, judged.judged_on) then 'held'
        when not judged.is_known then 'not_known'
        when judged.judged_on < last_day(cast(judged.quarter_start + interval 2 month as date)) then 'open'
        else 'missed'
    end as state,
    judged.last_held_on
from judged
order by judged.client asc, judged.quarter_start asc
