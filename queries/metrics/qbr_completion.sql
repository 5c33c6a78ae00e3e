-- name: metrics.qbr_completion
-- purpose: What share of the clients that are owed a review on a day had theirs inside the cadence.
-- grain: one row
-- params: as_of DATE
-- needs: reviews
-- uses: clients, invoice_lines
-- columns:
--   clients_due        BIGINT  clients active for a full cadence
--   clients_completed  BIGINT  of them with a review held inside it; empty before any is on file
--   completion_pct     DOUBLE  completed / due
--   mrr_weighted_pct   DOUBLE  the same, each client weighing its recurring revenue of the last month up to the day
--                              that is complete for invoices

with held as (
    select client_key, max(held_on) as last_held_on
    from core.fct_reviews
    where is_held and held_on <= $as_of
    group by client_key
),

weights as (
    select recurring.client_key, greatest(recurring.mrr, 0) as mrr
    from core.recurring_monthly as recurring
    inner join core.data_span as span
        on recurring.month_start = least(date_trunc('month', $as_of), span.last_invoice_month)
),

due as (
    select is_review_held(held.last_held_on, terms.cadence_days, $as_of) as is_completed, weights.mrr
    from metrics.review_terms as terms
    left join held using (client_key)
    left join weights using (client_key)
    where is_review_due(terms.cadence_days, terms.started_on, terms.ends_on, $as_of)
),

counted as (
    select count(*) as due, count(*) filter (where is_completed) as completed, sum(mrr) as mrr,
        coalesce(sum(mrr) filter (where is_completed), 0) as completed_mrr
    from due
)

select counted.due as clients_due, case when known.is_known then counted.completed end as clients_completed,
    case when known.is_known then completion_pct(counted.completed, counted.due) end as completion_pct,
    case when known.is_known then completion_pct(counted.completed_mrr, counted.mrr) end as mrr_weighted_pct
from counted
cross join (select coalesce(first_on <= $as_of, false) as is_known from core.reviews_span) as known
