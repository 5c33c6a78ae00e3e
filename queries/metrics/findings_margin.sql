-- name: metrics.findings_margin
-- purpose: What an examiner would write down of margins and people over the chosen months: each with its money, and
--   what to ask. No name stands in its words, so that names can be masked.
-- grain: finding, subject
-- params: month_from DATE, month_to DATE
-- needs: invoice_lines, time_entries|tickets
-- uses: technicians, clients, agreements
-- columns:
--   finding       VARCHAR        its kind
--   subject_kind  VARCHAR        client, technician or book
--   subject       VARCHAR        the client or technician; empty of the whole book
--   money         DECIMAL(28,2)  its money, above 0
--   money_is      VARCHAR        what that is
--   says          VARCHAR        what was found, in words without a name
--   question      VARCHAR        what to ask the seller
--   sheet         INTEGER        the data book's sheet with the rows
--   page          VARCHAR        the page with the rows

with clients as (
    -- what a client lost that pays no recurring revenue any more is said of its going
    select margins.*, lost.client_key is not null as is_lost,
        coalesce(named.ends_on <= last_day($month_to), false) as has_left
    from metrics.client_margin($month_from, $month_to) as margins
    inner join core.dim_clients as named using (client_key)
    left join metrics.lost_clients($month_from, $month_to) as lost using (client_key)
),

book as (
    from metrics.company_margin($month_from, $month_to) cross join metrics.margin_reading($month_from, $month_to)
),

gap as (
    from metrics.margin_gap_summary($month_from, $month_to)
)

select 'under_water' as finding, 'client' as subject_kind, client as subject,
    cast(-gross_margin as decimal(28, 2)) as money, 'margin lost' as money_is,
    concat(
        if(has_left, 'Cost more than it paid until it left', 'Costs more than it pays'),
        coalesce(concat(': margin ', in_percent(gross_margin_pct), ' of revenue'), ''), '.'
    ) as says,
    if(
        has_left, 'Was it let go for that, or did it leave?',
        'What would it take to raise the price or to lower the effort, and when can the contract change?'
    ) as question, 10 as sheet, 'client_margin' as page
from clients
where gross_margin < 0 and not is_unbilled and not is_lost
union all
select 'never_billed', 'client', client, labour_cost, 'labour cost',
    format('{:,.0f} hours and not one invoice.', labour_hours), 'Is it billed under another name, or worked for free?',
    10, 'client_margin'
from clients
where is_unbilled and labour_cost > 0
union all
select 'below_tier', 'book', null, gap_below, 'margin below the tier',
    format('{} of {} clients earn less than their tier on average, as some always do.', clients_below, clients),
    'Which of these prices were agreed when, and who may change them?', 11, 'margin_gap'
from gap
where gap_below > 0
union all
select 'bench', 'book', null, bench_labour, 'labour cost',
    format('{} of the service payroll {}.', in_percent(share(bench_labour, service_payroll)),
        coalesce('is on no client''s hours, but ' || unread_because, 'reaches no client')),
    'What is this time spent on, and does the time sheet hold all of it?', 13, 'utilisation'
from book
where bench_labour > 0
union all
select 'assumed_rates', 'book', null,
    cast(cast(book.assumed_rate_hours as decimal(18, 4)) * cast(assumption.loaded_hourly_cost as decimal(18, 4))
        as decimal(28, 2)),
    'labour cost', format('{:,.0f} hours are costed at an assumed rate.', book.assumed_rate_hours),
    'What do these people cost an hour?', 15, 'assumptions'
from book
cross join core.assumption as assumption
where book.assumed_rate_hours > 0
