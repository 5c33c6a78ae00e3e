-- name: core.months
-- purpose: Every month from the first with revenue or work to the last: what it holds, for which source it is complete,
--   and whether a margin may count it.
-- grain: month_start
-- columns:
--   month_start               DATE     first of the month
--   has_invoices              BOOLEAN  whether any invoice line pays for it
--   has_labour                BOOLEAN  whether any hours were worked in it
--   has_tickets               BOOLEAN  whether any ticket was opened in it
--   is_complete_for_invoices  BOOLEAN  not after the last month invoiced, and the data reaches its last weekday
--   is_complete_for_labour    BOOLEAN  the hours begin by its third business day, or before, and reach its third-last
--   is_complete_for_tickets   BOOLEAN  the tickets do, as far as people handle them
--   is_covered                BOOLEAN  complete for invoices and labour, with a row of each; without any labour at all
--                                      invoices alone decide

with used as (
    select distinct month_start, 'invoices' as holds from core.fct_revenue_monthly
    union all
    select distinct month_start, 'labour' as holds from core.fct_labour_monthly
    union all
    select distinct cast(date_trunc('month', opened_at) as date) as month_start, 'tickets' as holds
    from staging.tickets
),

bounds as (
    select min(month_start) as first_month, max(month_start) as last_month from used where holds != 'tickets'
),

listed as (
    select month_start, coalesce(bool_or(used.holds = 'invoices'), false) as has_invoices,
        coalesce(bool_or(used.holds = 'labour'), false) as has_labour,
        coalesce(bool_or(used.holds = 'tickets'), false) as has_tickets
    from core.calendar_months as months
    inner join bounds on months.month_start between bounds.first_month and bounds.last_month
    left join used using (month_start)
    group by month_start
),

judged as (
    select listed.*, span.has_labour as is_labour_known,
        coalesce(listed.month_start <= span.last_invoice_month, false) as is_complete_for_invoices,
        coalesce(
            -- where entries end the tickets' hours don't go on for them, and where they begin they must do so in time
            if(listed.month_start = entries.last_month, entries.last_on, span.labour_through)
            >= days.third_last_business_day
            and case
                when listed.month_start = entries.first_month then entries.first_on
                when span.labour_basis = 'time entries' then span.labour_from
                -- hours stand at a ticket's end, and what the desk did before it is in the file from its opening on
                else least(span.labour_from, coalesce(tickets.begins_on, tickets.first_month))
            end <= days.third_business_day, false
        ) as is_complete_for_labour,
        coalesce(
            listed.month_start between tickets.first_month and tickets.last_month
            and listed.month_start is distinct from date_trunc('month', tickets.begins_on), false
        ) as is_complete_for_tickets
    from listed
    inner join core.calendar_months as days using (month_start)
    cross join core.data_span as span
    cross join core.time_entry_span as entries
    cross join core.ticket_span as tickets
)

select month_start, has_invoices, has_labour, has_tickets, is_complete_for_invoices, is_complete_for_labour,
    is_complete_for_tickets,
    is_complete_for_invoices and has_invoices and (not is_labour_known or is_complete_for_labour and has_labour)
        as is_covered
from judged
