-- name: metrics.review_warnings
-- purpose: Clients whose last two planned reviews or more were missed or called off, up to a day; first those with the
--   most recurring revenue.
-- grain: client_key
-- params: as_of DATE
-- needs: reviews
-- uses: clients, invoice_lines
-- columns:
--   client_key       VARCHAR        key of the client
--   client           VARCHAR        the client
--   account_manager  VARCHAR        who looks after the client
--   misses_in_row    BIGINT         planned days since the last review held on which none was
--   first_missed_on  DATE           the first of these days
--   last_missed_on   DATE           the last
--   last_held_on     DATE           last review held; empty without one on file
--   mrr              DECIMAL(28,2)  recurring revenue of the last month up to the day that is complete for invoices

with held as (
    -- one that is said to be held without a day ends the row: nobody knows that it was missed
    select client_key, max(coalesce(held_on, scheduled_on)) as last_on
    from core.fct_reviews
    where (is_held or not_held_because = 'no date') and coalesce(held_on, scheduled_on) <= $as_of
    group by client_key
),

missed as (
    select reviews.client_key, reviews.scheduled_on
    from core.fct_reviews as reviews
    left join held using (client_key)
    where reviews.not_held_because in ('cancelled', 'no show', 'not held')
        and reviews.scheduled_on < $as_of and coalesce(reviews.scheduled_on > held.last_on, true)
),

counted as (
    select client_key, count(distinct scheduled_on) as misses_in_row,
        min(scheduled_on) as first_missed_on, max(scheduled_on) as last_missed_on
    from missed
    group by client_key
    having count(distinct scheduled_on) >= 2
)

select status.client_key, status.client, status.account_manager, counted.misses_in_row,
    counted.first_missed_on, counted.last_missed_on, status.last_held_on, status.mrr
from counted
inner join metrics.qbr_status($as_of) as status using (client_key)
where status.is_active and status.cadence_days > 0
order by status.mrr desc, counted.misses_in_row desc, status.client asc
