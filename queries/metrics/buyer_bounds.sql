-- name: metrics.buyer_bounds
-- purpose: What buyers hold against an MSP and exports can tell of, in its order: what each measure counts, where it
--   is looked up, and what it takes.
-- grain: flag
-- columns:
--   place    INTEGER  its place
--   flag     VARCHAR  the measure's name; its bound is the catalogue's flagged_ number
--   sheet    INTEGER  the data book's sheet with what is behind it
--   page     VARCHAR  the page with what is behind it
--   counted  VARCHAR  one of those that it is of
--   missing  VARCHAR  what to add where it can't be tested

from (values
    (1, 'recurring_share', 3, 'revenue_mix', 'client', 'classes'),
    (2, 'managed_customers_share', 4, 'revenue_mix', 'client', 'classes'),
    (3, 'one_off_share', 3, 'revenue_mix', 'client', 'classes'),
    (4, 'recurring_growth', 6, 'recurring_revenue', 'client', 'invoices a year back'),
    (5, 'gross_revenue_retention', 7, 'retention', 'client', 'invoices a year back'),
    (6, 'logo_churn', 7, 'retention', 'client', 'invoices a year back'),
    (7, 'lost_of_largest', 7, 'retention', 'client', 'invoices of the month before the period'),
    (8, 'month_to_month_share', 14, 'renewals', 'client', 'agreements'),
    (9, 'no_agreement_share', 5, 'renewals', 'client', 'agreements'),
    (10, 'contract_gap_share', 5, 'renewals', 'client', 'agreements with their monthly fees'),
    (11, 'top1_share', 9, 'revenue_mix', 'client', 'invoices'),
    (12, 'gross_margin_after_bench_pct', 13, 'client_margin', 'client',
        'technicians with their cost, hours of most of the time, and what tools and resale cost'),
    (13, 'service_gross_margin_after_bench_pct', 13, 'client_margin', 'client',
        'technicians with their cost, hours of most of the time, and what tools and resale cost'),
    (14, 'iqr_gross_margin_pct', 11, 'client_margin', 'client',
        'hours of most of the time, and five clients of one tier'),
    (15, 'exposed_share', 16, 'dependence', 'client', '40 hours of a client that name technicians'),
    (16, 'owner_escalation_share', 16, 'dependence', 'escalation', 'an owner, and ten escalated tickets'),
    (17, 'auto_resolved_share', 17, 'automation', 'ticket', 'tickets that say what automation resolved'),
    (18, 'time_capture', 15, 'utilisation', 'technician', 'time entries and technicians'),
    (19, 'days_to_pay', 19, 'receivables', 'invoice', 'invoices with the day of payment'),
    (20, 'classed_share', 1, 'data_health', 'client', 'invoices')
) as listed (place, flag, sheet, page, counted, missing)
