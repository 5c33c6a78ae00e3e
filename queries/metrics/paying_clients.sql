-- name: metrics.paying_clients
-- purpose: The clients that still pay at the end of the covered ones of the chosen months, with what each brought and
--   took in them; three of its months at least. None where too little of the time at work is written down.
-- grain: client_key
-- params: month_from DATE, month_to DATE
-- needs: invoice_lines
-- uses: time_entries, tickets, technicians, clients
-- columns:
--   client_key      VARCHAR        key of the client
--   client          VARCHAR        the client
--   months          BIGINT         covered months with revenue or client hours
--   service         DECIMAL(38,4)  revenue without products
--   service_margin  DECIMAL(38,8)  that, less its direct cost and the labour; empty if no labour is loaded at all
--   margin          DECIMAL(38,8)  revenue - direct cost - labour cost
--   unbilled_hours  DOUBLE         hours out of scope and not billed
--   fee             DECIMAL(38,4)  recurring revenue a month, of the last three; without any its service revenue

with capture as (
    select time_capture as captured from metrics.utilisation($month_from, $month_to)
),

client_months as (
    select *, row_number() over (partition by client_key order by month_start desc) as place
    from metrics.client_months
    where month_start between $month_from and $month_to and is_covered
),

book as (
    select client_key, count(*) filter (where is_active) as months, sum(service_revenue) as service,
        sum(service_gross_margin) as service_margin, sum(gross_margin) as margin,
        share(sum(recurring_revenue) filter (where place <= 3), count(*) filter (where place <= 3)) as recurring,
        arg_max(revenue, month_start) as last_revenue, max(month_start) as last_month,
        max(max(month_start)) over () as closing_month
    from client_months
    group by client_key
),

unbilled as (
    select labour.client_key, sum(labour.out_of_scope_hours) as hours
    from core.fct_labour_monthly as labour
    inner join core.covered_months as months using (month_start)
    where not labour.is_internal and labour.month_start between $month_from and $month_to
    group by labour.client_key
)

select book.client_key, clients.client, book.months, cast(book.service as decimal(38, 4)) as service,
    cast(book.service_margin as decimal(38, 8)) as service_margin, cast(book.margin as decimal(38, 8)) as margin,
    cast(coalesce(unbilled.hours, 0) as double) as unbilled_hours,
    cast(if(book.recurring > 0, book.recurring, share(book.service, book.months)) as decimal(38, 4)) as fee
from book
inner join core.dim_clients as clients using (client_key)
cross join capture
inner join core.benchmark as legible on legible.number = 'time_capture'
left join unbilled using (client_key)
where carries_a_year(book.months) and book.last_revenue > 0 and book.last_month = book.closing_month
    and coalesce(clients.ends_on > last_day(book.last_month), true) and coalesce(capture.captured >= legible.low, true)
