-- name: metrics.signal_margin_months
-- purpose: The months behind the first signal: the three that close on a day and the same three a year before.
-- grain: month_start
-- params: as_of DATE
-- needs: invoice_lines, time_entries|tickets
-- uses: technicians
-- columns:
--   month_start               DATE           the month
--   is_year_before            BOOLEAN        one of the three a year before
--   service_revenue           DECIMAL(28,2)  revenue without products
--   service_gross_margin      DECIMAL(28,2)  that, less its direct cost and the labour
--   service_gross_margin_pct  DOUBLE         service margin / service revenue

select months.month_start, months.month_start < span.three_from as is_year_before,
    cast(sum(clients.service_revenue) as decimal(28, 2)) as service_revenue,
    cast(sum(clients.service_gross_margin) as decimal(28, 2)) as service_gross_margin,
    service_gross_margin_pct(sum(clients.service_gross_margin), sum(clients.service_revenue))
        as service_gross_margin_pct
from metrics.signal_window($as_of) as span
inner join core.covered_months as months
    on months.month_start between span.three_from and span.closing_month
    or months.month_start between span.three_from_before and span.year_before
left join metrics.client_months as clients using (month_start)
group by months.month_start, span.three_from
order by months.month_start asc
