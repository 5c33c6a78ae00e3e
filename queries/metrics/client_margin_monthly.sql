-- name: metrics.client_margin_monthly
-- purpose: Revenue, cost to deliver and gross margin of every client month by month.
-- grain: client_key, month_start
-- needs: invoice_lines, time_entries|tickets
-- uses: technicians, clients, agreements
-- columns:
--   client_key        VARCHAR        key of the client
--   client            VARCHAR        the client
--   month_start       DATE           the month
--   revenue           DECIMAL(28,2)  net of tax, recognised in the month; empty if no invoice is loaded at all
--   direct_cost       DECIMAL(28,2)  tools and third-party cost on the invoice lines; empty where no line states any
--   labour_hours      DOUBLE         hours that aren't internal; empty if no labour is loaded at all
--   labour_cost       DECIMAL(28,2)  those hours at the technicians' rates
--   gross_margin      DECIMAL(28,2)  revenue - direct cost - labour cost; empty where invoices or hours don't cover the
--                                    month
--   gross_margin_pct  DOUBLE         gross margin / revenue; empty where revenue isn't above 0
--   is_covered        BOOLEAN        whether invoices and hours cover the month

select months.client_key, clients.client, months.month_start, cast(months.revenue as decimal(28, 2)) as revenue,
    cast(stated_cost(months.direct_cost, span.has_direct_cost) as decimal(28, 2)) as direct_cost,
    cast(months.labour_hours as double) as labour_hours,
    cast(months.labour_cost as decimal(28, 2)) as labour_cost,
    cast(case when months.is_covered then months.gross_margin end as decimal(28, 2)) as gross_margin,
    gross_margin_pct(case when months.is_covered then months.gross_margin end, months.revenue) as gross_margin_pct,
    months.is_covered
from metrics.client_months as months
inner join core.dim_clients as clients using (client_key)
cross join core.data_span as span
order by clients.client asc, months.month_start asc
