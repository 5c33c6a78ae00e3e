-- name: client_safe.spend_months
-- purpose: What the client was billed, net of tax, in the twelve months up to the period's last that are complete for
--   invoices, each amount in the months that it pays for.
-- grain: month_start
-- params: client_key VARCHAR, month_to DATE
-- needs: invoice_lines
-- columns:
--   month_start    DATE           the month
--   fee            DECIMAL(28,2)  managed services: what agreements are paid with
--   recurring      DECIMAL(28,2)  other items that come again, such as licences
--   project        DECIMAL(28,2)  projects, and work by the hour
--   product        DECIMAL(28,2)  hardware, software and licences
--   unclassified   DECIMAL(28,2)  what nobody has classified
--   billed         DECIMAL(28,2)  all together
--   begins_on      DATE           the day of the first invoice on file, where the month is there only in part

select months.month_start,
    cast(coalesce(sum(paid.revenue) filter (where paid.revenue_class = 'managed'), 0) as decimal(28, 2)) as fee,
    cast(coalesce(sum(paid.revenue) filter (where paid.revenue_class = 'other_recurring'), 0) as decimal(28, 2))
        as recurring,
    cast(coalesce(sum(paid.revenue) filter (where paid.revenue_class in ('project', 'tm')), 0) as decimal(28, 2))
        as project,
    cast(coalesce(sum(paid.revenue) filter (where paid.revenue_class = 'product'), 0) as decimal(28, 2)) as product,
    cast(coalesce(sum(paid.revenue) filter (where paid.revenue_class = 'unclassified'), 0) as decimal(28, 2))
        as unclassified,
    cast(coalesce(sum(paid.revenue), 0) as decimal(28, 2)) as billed,
    case when months.month_start = span.first_month then span.begins_on end as begins_on
from core.months as months
cross join core.invoice_span as span
left join core.fct_revenue_monthly as paid
    on months.month_start = paid.month_start and paid.client_key = $client_key
where months.is_complete_for_invoices and months.has_invoices
    and months.month_start between $month_to - interval 11 month and $month_to
group by months.month_start, span.first_month, span.begins_on
order by months.month_start asc
