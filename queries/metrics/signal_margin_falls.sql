-- name: metrics.signal_margin_falls
-- purpose: Does the service margin fall while revenue grows? Three months against the same three a year before.
-- grain: one row
-- params: as_of DATE
-- needs: invoice_lines, time_entries|tickets
-- uses: technicians
-- columns:
--   signal            VARCHAR  its name
--   value             DOUBLE   service margin less that of a year before; empty where it can't be tested
--   threshold         DOUBLE   fires at or below
--   second_value      DOUBLE   growth of the revenue without products
--   second_threshold  DOUBLE   fires at or above, both together
--   fires             BOOLEAN  whether both are met; empty where it can't be tested
--   evidence          VARCHAR  what was found, in words
--   needs             VARCHAR  what is missing to test it; empty if nothing is

with sums as (
    select count(distinct months.month_start) as months, any_value(span.three_from) as first_month,
        any_value(span.closing_month) as last_month,
        sum(service_revenue) filter (where months.month_start >= span.three_from) as revenue,
        sum(service_gross_margin) filter (where months.month_start >= span.three_from) as margin,
        sum(service_revenue) filter (where months.month_start < span.three_from) as revenue_before,
        sum(service_gross_margin) filter (where months.month_start < span.three_from) as margin_before
    from metrics.signal_window($as_of) as span
    inner join core.covered_months as months
        on months.month_start between span.three_from and span.closing_month
        or months.month_start between span.three_from_before and span.year_before
    left join metrics.client_months as clients using (month_start)
),

compared as (
    select months, first_month, last_month, service_gross_margin_pct(margin, revenue) as margin_pct,
        service_gross_margin_pct(margin_before, revenue_before) as margin_pct_before,
        margin_pct - margin_pct_before as change, share(revenue, revenue_before) - 1 as growth,
        all_of_them([
            case when months < 6 then 'three months that invoices and hours cover, the same three a year before' end,
            case when months = 6 and margin is null then 'time entries, or tickets with hours' end,
            case when months = 6 and margin is not null and change is null then 'revenue without products in both' end
        ]) as needs
    from sums
)

select 'margin_falls_while_revenue_grows' as signal, case when needs is null then change end as value,
    -assumption.margin_fall as threshold, case when needs is null then growth end as second_value,
    assumption.revenue_growth as second_threshold,
    case
        when needs is null then reaches(-change, assumption.margin_fall) and reaches(growth, assumption.revenue_growth)
    end as fires,
    case
        when needs is null then concat(
            'Service margin before bench, ', strftime(first_month, '%B %Y'), ' to ', strftime(last_month, '%B %Y'),
            ': ', in_percent(margin_pct), ', in the same months a year before ', in_percent(margin_pct_before),
            '; revenue without products changed by ', in_percent(growth), '.',
            case
                when reaches(-change, assumption.margin_fall) and not reaches(growth, assumption.revenue_growth)
                    then if(growth > 0, concat(' The margin falls and revenue grows by less than ',
                        in_percent(assumption.revenue_growth)), ' The margin falls and revenue does not grow')
                    || ': another problem than growth, and no smaller one.'
            end
        )
    end as evidence, needs
from compared
cross join core.assumption as assumption
