-- name: core.incidents_monthly
-- purpose: The incidents that people handle, by the months in which they were opened and resolved; those that can't be
--   followed are left out.
-- grain: client_key, priority, opened_month, resolved_month, has_begun, has_ended
-- columns:
--   client_key       VARCHAR  key of the client
--   priority         VARCHAR  the priority; (none) if empty
--   opened_month     DATE     the month in which they were opened
--   resolved_month   DATE     the month in which they were resolved; empty where they weren't
--   has_begun        BOOLEAN  whether they were opened by the tickets' last day, which a date in the future is not
--   has_ended        BOOLEAN  whether they were resolved by then
--   tickets          BIGINT   how many they are
--   minutes          DOUBLE   business minutes that they took, pauses taken off
--   first_opened_on  DATE     when the first of them was opened

select tickets.client_key, tickets.priority, cast(date_trunc('month', tickets.opened_at) as date) as opened_month,
    cast(date_trunc('month', tickets.resolved_at) as date) as resolved_month,
    tickets.opened_at < span.tickets_through + 1 as has_begun,
    coalesce(tickets.resolved_at < span.tickets_through + 1, false) as has_ended, count(*) as tickets,
    sum(tickets.resolution_minutes) as minutes, cast(min(tickets.opened_at) as date) as first_opened_on
from core.fct_tickets as tickets
cross join core.data_span as span
where tickets.is_incident and tickets.is_followed and not tickets.is_auto_resolved and tickets.opened_at is not null
group by tickets.client_key, tickets.priority, date_trunc('month', tickets.opened_at),
    date_trunc('month', tickets.resolved_at), has_begun, has_ended
