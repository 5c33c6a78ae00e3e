-- name: metrics.qbr_status
-- purpose: Which clients are owed a review on a day and which had theirs inside the cadence: first those overdue, by
--   recurring revenue and then by days, those without a review on file after the others.
-- grain: client_key
-- params: as_of DATE
-- needs: reviews
-- uses: clients, invoice_lines
-- columns:
--   client_key       VARCHAR        key of the client
--   client           VARCHAR        the client
--   account_manager  VARCHAR        who looks after the client
--   cadence_days     INTEGER        days between reviews; 0 owes none
--   started_on       DATE           client since: starts_on, else the first month of revenue
--   is_active        BOOLEAN        client on the day
--   last_held_on     DATE           last review held on or before the day
--   is_due           BOOLEAN        active, and for a full cadence already
--   is_completed     BOOLEAN        due, and a review held inside the cadence; empty before any is on file
--   days_overdue     BIGINT         days since the last review, else the start, beyond the cadence
--   days_waited      BIGINT         days beyond the cadence since the last review; empty without one on file
--   mrr              DECIMAL(28,2)  recurring revenue of the last month up to the day that is complete for invoices, at
--                                   least 0

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

owed as (
    select terms.*, held.last_held_on, coalesce(recurring.mrr, 0) as mrr,
        coalesce(span.first_on <= $as_of, false) as is_known,
        coalesce(terms.started_on <= $as_of and terms.ends_on >= $as_of, false) as is_active,
        is_review_due(terms.cadence_days, terms.started_on, terms.ends_on, $as_of) as is_due
    from metrics.review_terms as terms
    left join held using (client_key)
    left join recurring using (client_key)
    cross join core.reviews_span as span
),

judged as (
    select *,
        case when is_known then is_due and is_review_held(last_held_on, cadence_days, $as_of) end as is_completed,
        case
            when is_known and is_due
                then greatest(review_days_overdue(last_held_on, started_on, cadence_days, $as_of), 0)
        end as days_overdue
    from owed
)

select client_key, client, account_manager, cadence_days, started_on, is_active, last_held_on, is_due, is_completed,
    days_overdue, case when last_held_on is not null then days_overdue end as days_waited,
    cast(mrr as decimal(28, 2)) as mrr
from judged
order by coalesce(is_due and not is_completed, false) desc, mrr desc, last_held_on is null asc,
    days_overdue desc nulls last, client asc
