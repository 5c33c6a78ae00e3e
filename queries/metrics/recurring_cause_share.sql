-- name: metrics.recurring_cause_share
-- purpose: How much of the desk's work over the chosen months comes back: the same client and category at least three
--   times in a calendar quarter.
-- grain: one row
-- params: month_from DATE, month_to DATE
-- needs: tickets
-- uses: time_entries
-- columns:
--   causes                 BIGINT   clients and categories that came back
--   recurring_tickets      BIGINT   their tickets in the quarters in which they did
--   recurring_hours        DOUBLE   hours of these
--   ticket_hours           DOUBLE   hours of all tickets of people opened in the months
--   recurring_cause_share  DOUBLE   recurring hours / these
--   largest_client         VARCHAR  the client of the cause with the most hours
--   largest_category       VARCHAR  its category
--   largest_tickets        BIGINT   its tickets
--   largest_hours          DOUBLE   its hours

with causes as (
    select * from metrics.recurring_causes($month_from, $month_to)
),

everything as (
    select cast(sum(ticket_hours) as double) as ticket_hours from metrics.demand_by_category($month_from, $month_to)
)

select count(causes.client_key) as causes, cast(coalesce(sum(causes.tickets), 0) as bigint) as recurring_tickets,
    coalesce(sum(causes.ticket_hours), 0) as recurring_hours, any_value(everything.ticket_hours) as ticket_hours,
    share(coalesce(sum(causes.ticket_hours), 0), any_value(everything.ticket_hours)) as recurring_cause_share,
    first(causes.client order by causes.ticket_hours desc, causes.client asc, causes.category asc) as largest_client,
    first(causes.category order by causes.ticket_hours desc, causes.client asc, causes.category asc)
        as largest_category,
    first(causes.tickets order by causes.ticket_hours desc, causes.client asc, causes.category asc) as largest_tickets,
    max(causes.ticket_hours) as largest_hours
from everything
left join causes on true
