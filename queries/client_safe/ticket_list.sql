-- name: client_safe.ticket_list
-- purpose: The first of the client's tickets opened in the period, and how each stood by its target at its end.
-- grain: load_id, row_number
-- params: client_key VARCHAR, month_from DATE, month_to DATE, at_most BIGINT
-- needs: tickets
-- uses: ticket_pauses, holidays
-- columns:
--   load_id      INTEGER    the load that brought the ticket
--   row_number   BIGINT     the ticket's place in its file
--   ticket_id    VARCHAR    the ticket's number
--   opened_at    TIMESTAMP  when it was opened
--   priority     VARCHAR    its priority
--   category     VARCHAR    its category
--   resolved_at  TIMESTAMP  when it was resolved; empty where it wasn't by the period's end
--   standing     VARCHAR    met, missed, or open (beyond the target already); empty where it can't be judged
--   rows_in_all  BIGINT     tickets opened in the period, however many are listed

with listed as (
    select load_id, row_number, ticket_id, opened_at, priority, category, resolved_at
    from core.fct_tickets
    where client_key = $client_key and opened_at >= $month_from and opened_at < last_day($month_to) + interval 1 day
    order by opened_at asc, ticket_id asc, load_id asc, row_number asc
    limit $at_most
),

opened as (
    select cast(sum(tickets) as bigint) as rows_in_all
    from core.opened_monthly
    where client_key = $client_key and month_start between $month_from and $month_to
)

select listed.load_id, listed.row_number, listed.ticket_id, listed.opened_at, listed.priority, listed.category,
    case when listed.resolved_at < last_day($month_to) + interval 1 day then listed.resolved_at end as resolved_at,
    judged.resolution as standing, opened.rows_in_all
from listed
cross join opened
left join metrics.judged_tickets(last_day($month_to)) as judged
    on listed.load_id = judged.load_id and listed.row_number = judged.row_number
    -- so that only the client's own are looked through
    and judged.client_key = $client_key and judged.opened_on >= $month_from
order by listed.opened_at asc, listed.ticket_id asc, listed.load_id asc, listed.row_number asc
