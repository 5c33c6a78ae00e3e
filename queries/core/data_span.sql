-- name: core.data_span
-- purpose: What the workspace holds, from when to when, and which kinds of input are there at all.
-- grain: one row
-- columns:
--   data_through         DATE     latest opened, resolved, worked or invoiced date that isn't in the future
--   first_on             DATE     earliest such date
--   last_complete_month  DATE     last month whose last weekday is data_through or earlier
--   has_invoices         BOOLEAN  whether any invoice line is loaded
--   has_labour           BOOLEAN  whether any hours are loaded
--   has_time_entries     BOOLEAN  whether any time entry is loaded
--   labour_basis         VARCHAR  time entries, tickets or none
--   has_coverage         BOOLEAN  whether any time entry says how it is covered or whether it is billable
--   has_direct_cost      BOOLEAN  whether any invoice line states a direct cost
--   has_clients          BOOLEAN  whether a clients file is loaded
--   has_technicians      BOOLEAN  whether a technicians file is loaded
--   has_holidays         BOOLEAN  whether holidays are loaded
--   has_reviews          BOOLEAN  whether reviews are loaded
--   has_tickets          BOOLEAN  whether tickets are loaded

with happened as (
    select cast(opened_at as date) as day from staging.tickets
    union all
    select cast(resolved_at as date) as day from staging.tickets
    union all
    select worked_on as day from staging.time_entries
    union all
    select invoiced_on as day from staging.invoice_lines
),

span as (
    select max(day) filter (where day <= current_date) as data_through, min(day) as first_on from happened
),

entries as (
    select count(*) > 0 as has_time_entries,
        count(*) filter (where coverage is not null or billable is not null) > 0 as has_coverage
    from staging.time_entries
),

lines as (
    select count(*) > 0 as has_invoices, count(direct_cost) > 0 as has_direct_cost from staging.invoice_lines
),

tickets as (
    select count(*) > 0 as has_tickets, count(hours) > 0 as has_ticket_hours from staging.tickets
)

select span.data_through, span.first_on,
    cast(case
        when span.data_through >= months.last_weekday then months.month_start
        else months.month_start - interval 1 month
    end as date) as last_complete_month,
    lines.has_invoices, entries.has_time_entries or tickets.has_ticket_hours as has_labour, entries.has_time_entries,
    case
        when entries.has_time_entries then 'time entries'
        when tickets.has_ticket_hours then 'tickets'
        else 'none'
    end as labour_basis,
    entries.has_coverage, lines.has_direct_cost,
    exists (select 1 from staging.clients) as has_clients,
    exists (select 1 from staging.technicians) as has_technicians,
    exists (select 1 from staging.holidays) as has_holidays,
    exists (select 1 from staging.reviews) as has_reviews, tickets.has_tickets
from span
cross join entries
cross join lines
cross join tickets
left join core.calendar_months as months on date_trunc('month', span.data_through) = months.month_start
