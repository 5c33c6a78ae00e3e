-- name: metrics.qbr_summary
-- purpose: The answer to "which reviews were owed and not held" on a day.
-- grain: one row
-- params: as_of DATE
-- needs: reviews
-- uses: clients, invoice_lines
-- columns:
--   clients_due        BIGINT         clients active for a full cadence
--   clients_completed  BIGINT         of them with a review held inside it; empty before any is on file
--   clients_overdue    BIGINT         due and not completed
--   longest_client     VARCHAR        of those that ever had a review, the one that has waited longest for the next
--   longest_days       BIGINT         days beyond its cadence
--   never_reviewed     BIGINT         overdue clients without any review on file
--   never_client       VARCHAR        the one of them that has waited longest
--   overdue_mrr        DECIMAL(28,2)  recurring revenue of the clients overdue, of the last month complete for
--                                     invoices; empty where no client due has any

with held as (
    select client_key, max(held_on) as last_held_on
    from core.fct_reviews
    where is_held and held_on <= $as_of
    group by client_key
),

recurring as (
    select recurring.client_key, greatest(recurring.mrr, 0) as mrr
    from core.recurring_monthly as recurring
    inner join core.data_span as span
        on recurring.month_start = least(date_trunc('month', $as_of), span.last_invoice_month)
),

due as (
    select terms.client, held.last_held_on is null as is_new, coalesce(recurring.mrr, 0) as mrr,
        is_review_held(held.last_held_on, terms.cadence_days, $as_of) as is_completed,
        review_days_overdue(held.last_held_on, terms.started_on, terms.cadence_days, $as_of) as days_overdue
    from metrics.review_terms as terms
    left join held using (client_key)
    left join recurring using (client_key)
    where is_review_due(terms.cadence_days, terms.started_on, terms.ends_on, $as_of)
),

counted as (
    select count(*) as due, count(*) filter (where is_completed) as completed,
        count(*) filter (where not is_completed) as overdue,
        first(client order by days_overdue desc, client asc) filter (where days_overdue > 0 and not is_new)
            as longest_client,
        max(days_overdue) filter (where days_overdue > 0 and not is_new) as longest_days,
        count(*) filter (where days_overdue > 0 and is_new) as never_reviewed,
        first(client order by days_overdue desc, client asc) filter (where days_overdue > 0 and is_new)
            as never_client,
        -- where nobody has any that is known, none is overdue, and nobody knows how much
        cast(case when sum(mrr) > 0 then coalesce(sum(mrr) filter (where not is_completed), 0) end as decimal(28, 2))
            as overdue_mrr
    from due
)

select counted.due as clients_due, known.completed as clients_completed, known.overdue as clients_overdue,
    known.longest_client, known.longest_days, known.never_reviewed, known.never_client, known.overdue_mrr
from counted
cross join core.reviews_span as span
left join counted as known on span.first_on <= $as_of
