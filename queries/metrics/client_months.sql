-- name: metrics.client_months
-- purpose: The sums of each client and month from which margins over any period are made, not yet rounded; empty
--   instead of 0 where no invoice, or no labour, is loaded at all.
-- grain: client_key, month_start
-- columns:
--   client_key            VARCHAR        key of the client, never the MSP itself
--   month_start           DATE           the month
--   revenue               DECIMAL(38,4)  recognised in the month
--   direct_cost           DECIMAL(38,4)  tools and third-party cost
--   service_revenue       DECIMAL(38,4)  revenue of lines other than product
--   service_cost          DECIMAL(38,4)  direct cost of lines other than product
--   managed_revenue       DECIMAL(38,4)  revenue of the class managed
--   managed_cost          DECIMAL(38,4)  direct cost of the class managed
--   recurring_revenue     DECIMAL(38,4)  revenue of the classes managed and other_recurring
--   recurring_cost        DECIMAL(38,4)  their direct cost
--   suggested_revenue     DECIMAL(38,4)  revenue whose class is suggested and not confirmed
--   unclassified_revenue  DECIMAL(38,4)  revenue without a class
--   labour_hours          DECIMAL(38,9)  hours that aren't internal
--   managed_hours         DECIMAL(38,9)  of them neither project nor billable on top
--   assumed_rate_hours    DECIMAL(38,9)  of them costed at the assumption
--   labour_cost           DECIMAL(38,8)  hours x rate
--   managed_labour_cost   DECIMAL(38,8)  managed hours x rate
--   gross_margin          DECIMAL(38,8)  revenue - direct cost - labour cost
--   service_gross_margin  DECIMAL(38,8)  the same without products
--   managed_gross_margin  DECIMAL(38,8)  managed revenue - its cost - cost of the managed hours
--   has_labour            BOOLEAN        whether the client had any work in the month
--   is_billed             BOOLEAN        whether any invoice line pays for it; empty if no invoice is loaded at all
--   is_active             BOOLEAN        whether it has revenue or client hours above 0
--   is_covered            BOOLEAN        whether margins count the month
--   is_counted            BOOLEAN        the same, and every month where no invoice is loaded at all

with sums as (
    select client_key, month_start, revenue, direct_cost, service_revenue, service_cost, managed_revenue, managed_cost,
        recurring_revenue, recurring_cost, suggested_revenue, unclassified_revenue,
        0 as hours, 0 as managed_hours, 0 as assumed_rate_hours, 0 as labour_cost, 0 as managed_labour_cost,
        false as has_labour, true as is_billed
    from metrics.client_revenue_months
    union all
    select client_key, month_start, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, hours, managed_hours, assumed_rate_hours, labour_cost,
        managed_labour_cost, true as has_labour, false as is_billed
    from metrics.labour_costs
),

summed as (
    -- any number plus null is null: what no file says anything about stays unknown
    select sums.client_key, sums.month_start,
        sum(revenue) + span.no_invoices as revenue, sum(direct_cost) + span.no_invoices as direct_cost,
        sum(service_revenue) + span.no_invoices as service_revenue, sum(service_cost) as service_cost,
        sum(managed_revenue) + span.no_invoices as managed_revenue, sum(managed_cost) as managed_cost,
        sum(recurring_revenue) + span.no_invoices as recurring_revenue,
        sum(recurring_cost) + span.no_invoices as recurring_cost,
        sum(suggested_revenue) as suggested_revenue, sum(unclassified_revenue) as unclassified_revenue,
        sum(hours) + span.no_labour as labour_hours, sum(sums.managed_hours) + span.no_labour as managed_hours,
        sum(assumed_rate_hours) + span.no_labour as assumed_rate_hours,
        sum(labour_cost) + span.no_labour as labour_cost,
        sum(managed_labour_cost) + span.no_labour as managed_labour_cost,
        bool_or(sums.has_labour) as has_labour, case when no_invoices = 0 then bool_or(sums.is_billed) end as is_billed
    from sums
    cross join (
        select case when has_invoices then 0 end as no_invoices, case when has_labour then 0 end as no_labour
        from core.data_span
    ) as span
    group by sums.client_key, sums.month_start, span.no_invoices, span.no_labour
)

select summed.client_key, summed.month_start, revenue, direct_cost, service_revenue, service_cost, managed_revenue,
    managed_cost, recurring_revenue, recurring_cost, suggested_revenue, unclassified_revenue, labour_hours,
    managed_hours, assumed_rate_hours, labour_cost, managed_labour_cost,
    revenue - direct_cost - labour_cost as gross_margin,
    service_revenue - service_cost - labour_cost as service_gross_margin,
    managed_revenue - managed_cost - managed_labour_cost as managed_gross_margin, summed.has_labour, summed.is_billed,
    coalesce(revenue > 0, false) or coalesce(labour_hours > 0, false) as is_active, months.is_covered,
    months.is_covered or summed.is_billed is null as is_counted
from summed
inner join core.months as months using (month_start)
