-- name: metrics.client_margin_summary
-- purpose: The answer to "which clients make money" over the chosen months, and what makes it provisional.
-- grain: one row
-- params: month_from DATE, month_to DATE
-- needs: invoice_lines, time_entries|tickets
-- uses: technicians, clients, agreements
-- columns:
--   clients                 BIGINT         clients with revenue, direct cost or labour
--   best_client             VARCHAR        the client with the highest margin in money
--   loss_clients            BIGINT         of them the billed ones whose margin is below zero
--   loss_amount             DECIMAL(28,2)  what those lost together, above zero
--   worst_client            VARCHAR        the billed client with the lowest margin in money
--   worst_gross_margin      DECIMAL(28,2)  its margin
--   billed_gross_margin     DECIMAL(28,2)  margin of all billed clients
--   clients_without_labour  BIGINT         clients with revenue and no hours
--   unbilled_clients        BIGINT         clients with hours and no invoice at all: no margin to speak of
--   unbilled_labour_cost    DECIMAL(28,2)  what their hours cost
--   revenue                 DECIMAL(28,2)  the whole book's revenue
--   gross_margin            DECIMAL(28,2)  its gross margin
--   suggested_revenue       DECIMAL(28,2)  revenue whose class is suggested and not confirmed
--   unclassified_revenue    DECIMAL(28,2)  revenue without a class
--   assumed_rate_hours      DOUBLE         client hours costed at the assumed rate
--   assumed_share           DOUBLE         of all client hours
--   assumed_payroll         DECIMAL(28,2)  of the service payroll what is paid at the assumed rate
--   assumed_people          BIGINT         to how many people
--   assumed_pay_share       DOUBLE         of the whole service payroll; empty without a technicians file
--   labour_basis            VARCHAR        time entries, tickets, time entries and tickets, or none
--   has_direct_cost         BOOLEAN        whether any invoice line says what tools and resale cost
--   time_capture            DOUBLE         hours logged / net hours of the technicians; empty without their file
--   unread_because          VARCHAR        why the hours carry no margin, in words; empty where they do
--   gap_months              BIGINT         covered months in which hours of a technician are probably missing
--   thin_months             VARCHAR        covered months with less than half of the usual hours or revenue

with clients as (
    select clients.client, bool_or(months.has_labour) as worked, not bool_or(months.is_billed) as is_unbilled,
        sum(labour_cost) as labour_cost, sum(revenue) as revenue, sum(gross_margin) as margin,
        case when not is_unbilled then margin end as profit, sum(labour_hours) as hours,
        sum(assumed_rate_hours) as assumed, sum(suggested_revenue) as suggested, sum(unclassified_revenue) as unsaid
    from metrics.client_months as months
    inner join core.dim_clients as clients using (client_key)
    where months.month_start between $month_from and $month_to and months.is_counted
    group by clients.client
),

book as (
    select count(*) as clients, arg_max(client, margin) as best_client,
        case when sum(margin) is not null then count(*) filter (where profit < 0) end as loss_clients,
        cast(coalesce(sum(-margin) filter (where profit < 0), sum(margin) * 0) as decimal(28, 2)) as loss_amount,
        arg_min(client, profit) as worst_client, cast(min(profit) as decimal(28, 2)) as worst_gross_margin,
        cast(sum(profit) as decimal(28, 2)) as billed_gross_margin,
        count(*) filter (where revenue > 0 and not worked) as clients_without_labour,
        count(*) filter (where is_unbilled) as unbilled_clients,
        cast(sum(labour_cost) filter (where is_unbilled) as decimal(28, 2)) as unbilled_labour_cost,
        cast(sum(revenue) as decimal(28, 2)) as revenue, cast(sum(margin) as decimal(28, 2)) as gross_margin,
        cast(sum(suggested) as decimal(28, 2)) as suggested_revenue,
        cast(sum(unsaid) as decimal(28, 2)) as unclassified_revenue,
        cast(sum(assumed) as double) as assumed_rate_hours, share(sum(assumed), sum(hours)) as assumed_share
    from clients
    having count(*) > 0
),

thin as (
    select string_agg(strftime(month_start, '%b %Y'), ', ' order by month_start asc) as thin_months
    from core.covered_months
    where is_thin and month_start between $month_from and $month_to
)

select book.*, pay.assumed_payroll, pay.assumed_people, pay.assumed_pay_share, span.labour_basis, span.has_direct_cost,
    reading.time_capture, reading.unread_because, reading.gap_months, thin.thin_months
from core.data_span as span
cross join thin
cross join metrics.margin_reading($month_from, $month_to) as reading
cross join metrics.assumed_payroll($month_from, $month_to) as pay
left join book on true
