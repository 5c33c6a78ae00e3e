-- name: metrics.red_flags
-- purpose: What buyers of an MSP hold against it: each measure with its bound and who says so; passed, failed, or not
--   to be tested on these exports. Bounds are the catalogue's flagged_ numbers.
-- grain: flag
-- params: month_from DATE, month_to DATE, as_of DATE
-- needs: invoice_lines
-- uses: time_entries, tickets, technicians, clients, agreements, time_off, holidays
-- columns:
--   place    BIGINT   its place
--   flag     VARCHAR  the measure's name
--   label    VARCHAR  what is measured, in words
--   found    DOUBLE   what was found; empty where it can't be tested
--   cases    BIGINT   of how many; empty where it can't be tested
--   counted  VARCHAR  of what: clients, tickets, invoices
--   format   VARCHAR  what found is: percent, count or days
--   low      DOUBLE   the least that passes, if there is one
--   high     DOUBLE   the most that passes, if there is one
--   bound    VARCHAR  what buyers say of it, in words
--   source   VARCHAR  who says so
--   basis    VARCHAR  of what they say it
--   state    VARCHAR  pass, fail or not_testable
--   needs    VARCHAR  what to add to test it; empty where it could be
--   sheet    INTEGER  the data book's sheet with what is behind it
--   page     VARCHAR  the page with what is behind it

with found as (
    -- in the order of the flags
    select unnest(range(1, 21)) as place, unnest(counts) as cases, unnest([
        recurring_share, managed_customers_share, one_off_share, recurring_growth, gross_revenue_retention, logo_churn,
        lost_of_largest, month_to_month_share, no_agreement_share, contract_gap_share, top1_share,
        gross_margin_after_bench_pct, service_gross_margin_after_bench_pct, iqr_gross_margin_pct, exposed_share,
        owner_escalation_share, auto_resolved_share, time_capture, days_to_pay, classed_share
    ]) as found
    from metrics.red_flag_measures($month_from, $month_to, $as_of)
)

select cast(flags.place as bigint) as place, flags.flag, bounds.label, found.found,
    case when found.found is not null then found.cases end as cases,
    flags.counted || if(found.cases = 1, '', 's') as counted, bounds.format, bounds.low,
    bounds.high, bounds.text as bound, bounds.source, bounds.basis,
    case
        when found.found is null then 'not_testable'
        when not reaches(found.found, bounds.low) or not reaches(bounds.high, round(found.found, 9)) then 'fail'
        else 'pass'
    end as state,
    case when found.found is null then flags.missing end as needs, flags.sheet, flags.page
from metrics.buyer_bounds as flags
inner join core.benchmark as bounds on bounds.number = 'flagged_' || flags.flag
inner join found on flags.place = found.place
union all
select 20 + row_number() over (order by place asc), lower(replace(item, ' ', '_')), item, null, null, null, null, null,
    null, bound, source, because, 'not_testable', needs, 0, 'data_health'
from metrics.not_in_exports
where bound is not null
order by place asc
