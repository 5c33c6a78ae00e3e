-- name: client_safe.cover
-- purpose: What a pack is about: the client, and how far the data that it rests on reaches.
-- grain: one row
-- params: client_key VARCHAR, month_from DATE, month_to DATE
-- uses: clients, tickets, invoice_lines, reviews
-- columns:
--   client          VARCHAR  the client
--   users           DOUBLE   people served today
--   data_through    DATE     latest date of any source
--   months          BIGINT   months of the period
--   ticket_months   BIGINT   of them those complete for tickets
--   invoice_months  BIGINT   of them those complete for invoices
--   last_review_on  DATE     last review held by the end of the period

with complete as (
    select count(*) filter (where is_complete_for_tickets and has_tickets) as ticket_months,
        count(*) filter (where is_complete_for_invoices and has_invoices) as invoice_months
    from core.months
    where month_start between $month_from and $month_to
),

held as (
    select max(held_on) as last_review_on
    from core.fct_reviews
    where client_key = $client_key and is_held and held_on <= last_day($month_to)
)

select clients.client, clients.users, span.data_through, months_in($month_from, $month_to) as months,
    complete.ticket_months, complete.invoice_months, held.last_review_on
from core.dim_clients as clients
cross join core.data_span as span
cross join complete
cross join held
where clients.client_key = $client_key and not clients.is_internal
