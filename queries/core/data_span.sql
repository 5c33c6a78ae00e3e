-- name: core.data_span
-- purpose: What the workspace holds, how far each source reaches, and which kinds of input are there at all.
-- grain: one row
-- columns:
--   data_through        DATE     latest date of any source; no date in the future counts
--   invoices_through    DATE     latest date of an invoice
--   labour_from         DATE     earliest day worked, or date of ticket hours that count
--   labour_through      DATE     latest such day
--   tickets_through     DATE     latest date on which a ticket was opened, resolved or closed
--   first_on            DATE     earliest date of any source
--   last_invoice_month  DATE     last month complete for invoices: invoiced in, and data_through is past its weekdays
--   has_invoices        BOOLEAN  whether any invoice line is loaded
--   has_time_entries    BOOLEAN  whether any time entry is loaded
--   has_labour          BOOLEAN  whether any hours are loaded
--   labour_basis        VARCHAR  time entries, tickets, time entries and tickets, or none
--   has_coverage        BOOLEAN  whether any time entry says how it is covered: coverage, an agreement, or billable
--   has_agreement_work  BOOLEAN  whether any time entry says that an agreement covers it
--   has_direct_cost     BOOLEAN  whether any invoice line states a direct cost
--   has_clients         BOOLEAN  whether a clients file is loaded
--   has_technicians     BOOLEAN  whether a technicians file is loaded
--   has_holidays        BOOLEAN  whether holidays are loaded
--   has_reviews         BOOLEAN  whether reviews are loaded
--   has_tickets         BOOLEAN  whether tickets are loaded

with happened as (
    select 'invoices' as source, invoiced_on as day from staging.invoice_lines
    union all
    select 'labour' as source, worked_on as day from staging.time_entries
    union all
    select 'labour' as source, worked_on as day from core.fct_ticket_labour where is_counted
    union all
    select 'tickets' as source, cast(unnest([opened_at, resolved_at, closed_at]) as date) as day from staging.tickets
),

span as (
    select max(day) as data_through, max(day) filter (where source = 'invoices') as invoices_through,
        min(day) filter (where source = 'labour') as labour_from,
        max(day) filter (where source = 'labour') as labour_through,
        max(day) filter (where source = 'tickets') as tickets_through, min(day) as first_on
    from happened
    where day <= current_date
),

entries as (
    select count(*) > 0 as has_time_entries,
        count(coverage) + count(agreement) + count(billable) > 0 as has_coverage,
        count(*) filter (where coverage = 'agreement' or agreement is not null) > 0 as has_agreement_work
    from staging.time_entries
),

held as (
    select exists (
            select 1 from core.fct_ticket_labour where is_counted and (worked_on is not null or not has_time_entries)
        ) as has_ticket_labour,
        exists (select 1 from staging.invoice_lines) as has_invoices,
        exists (select 1 from staging.invoice_lines as lines where lines.direct_cost is not null) as has_direct_cost,
        exists (select 1 from staging.clients) as has_clients, exists (select 1 from staging.reviews) as has_reviews,
        exists (select 1 from staging.technicians) as has_technicians,
        exists (select 1 from staging.holidays) as has_holidays, exists (select 1 from staging.tickets) as has_tickets
    from entries
)

select span.data_through, span.invoices_through, span.labour_from, span.labour_through, span.tickets_through,
    span.first_on, if(
        span.data_through >= days.last_weekday, days.month_start, cast(days.month_start - interval 1 month as date)
    ) as last_invoice_month, held.has_invoices, entries.has_time_entries,
    entries.has_time_entries or held.has_ticket_labour as has_labour, coalesce(nullif(concat_ws(
        ' and ', if(entries.has_time_entries, 'time entries', null), if(held.has_ticket_labour, 'tickets', null)
    ), ''), 'none') as labour_basis,
    entries.has_coverage, entries.has_agreement_work, held.has_direct_cost, held.has_clients, held.has_technicians,
    held.has_holidays, held.has_reviews, held.has_tickets
from span
cross join entries
cross join held
left join core.calendar_months as days on date_trunc('month', span.invoices_through) = days.month_start
