-- name: metrics.findings_revenue
-- purpose: What an examiner would write down of revenue, contracts and payments over the chosen months and on a day.
-- grain: finding, subject
-- params: month_from DATE, month_to DATE, as_of DATE
-- needs: invoice_lines
-- uses: agreements, clients, time_entries, tickets, technicians
-- columns:
--   finding       VARCHAR        its kind
--   subject_kind  VARCHAR        client or book
--   subject       VARCHAR        the client; empty of the whole book
--   money         DECIMAL(28,2)  its money, above 0
--   money_is      VARCHAR        what that is
--   says          VARCHAR        what was found, in words without a name
--   question      VARCHAR        what to ask the seller
--   sheet         INTEGER        the data book's sheet with the rows
--   page          VARCHAR        the page with the rows

select 'lost_client' as finding, 'client' as subject_kind, lost.client as subject, lost.last_mrr_year as money,
    'recurring revenue a year' as money_is,
    concat(
        'Paid no recurring revenue after ', strftime(lost.last_month, '%b %Y'),
        case when margins.gross_margin < 0
                then '; until then it cost more than it paid: margin ' || in_percent(margins.gross_margin_pct)
        end, '.',
        case when lost.may_be is not null
                then ' Another client is billed the same from the next month on: perhaps it is this one, renamed.'
        end
    ) as says,
    'Why did it leave, and who knew when?' as question, 7 as sheet, 'retention' as page
from metrics.lost_clients($month_from, $month_to) as lost
left join metrics.client_margin($month_from, $month_to) as margins using (client_key)
union all
select 'provisional_classes', 'book', null, cast(suggested_revenue + unclassified_revenue as decimal(28, 2)), 'revenue',
    'Revenue whose class nobody has confirmed: what is recurring rests on it.',
    'Which of these items recur?', 1, 'data_health'
from metrics.revenue_classes($month_from, $month_to)
where suggested_revenue + unclassified_revenue > 0
union all
select 'notice_soon', 'book', null, cast(12 * stake_90 as decimal(28, 2)), 'recurring revenue a year',
    format('Agreements that can be given notice within 90 days: {}.', notices_90),
    'Which of these have been asked whether they stay?', 14, 'renewals'
from metrics.renewals($as_of)
where stake_90 > 0
union all
select 'by_the_month', 'book', null, cast(12 * month_to_month_mrr as decimal(28, 2)), 'recurring revenue a year',
    format('{} of the recurring revenue can be left within a month.', in_percent(month_to_month_share)),
    'Why is no term agreed?', 14, 'renewals'
from metrics.contract_profile($as_of)
where month_to_month_mrr > 0
union all
select 'no_agreement', 'book', null, cast(12 * no_agreement_mrr as decimal(28, 2)), 'recurring revenue a year',
    format('Recurring clients without an agreement in force: {}.', no_agreement_clients),
    'Where are their contracts?', 5, 'renewals'
from metrics.contract_profile($as_of)
where no_agreement_mrr > 0
union all
select 'overdue', 'book', null, overdue_amount, 'open invoices',
    format('Invoices overdue: {}; clients that owe them: {}.', overdue_invoices, overdue_clients),
    'Which of these are disputed, and what was written off?', 19, 'receivables'
from metrics.receivables($as_of)
where overdue_amount > 0
