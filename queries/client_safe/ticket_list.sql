-- name: client_safe.ticket_list
-- purpose: The client's tickets opened in the period, and how each stood by its target at the period's end.
-- grain: load_id, row_number
-- params: client_key VARCHAR, month_from DATE, month_to DATE
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

select tickets.load_id, tickets.row_number, tickets.ticket_id, tickets.opened_at, tickets.priority, tickets.category,
    case when tickets.resolved_at < last_day($month_to) + interval 1 day then tickets.resolved_at end as resolved_at,
    judged.resolution as standing
from core.fct_tickets as tickets
left join metrics.judged_tickets(last_day($month_to)) as judged using (load_id, row_number)
where tickets.client_key = $client_key and tickets.opened_at >= $month_from
    and tickets.opened_at < last_day($month_to) + interval 1 day
order by tickets.opened_at asc, tickets.ticket_id asc, tickets.load_id asc, tickets.row_number asc
