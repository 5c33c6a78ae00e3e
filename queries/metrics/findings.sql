-- name: metrics.findings
-- purpose: What an examiner would write down, the most money first and then what buyers' bounds fail: each leads to its
--   rows, and says what to ask. No name stands in its words, so that names can be masked.
-- grain: place
-- params: month_from DATE, month_to DATE, as_of DATE
-- needs: invoice_lines
-- uses: time_entries, tickets, technicians, clients, agreements, time_off, holidays
-- columns:
--   place             BIGINT         its place, from 1
--   finding           VARCHAR        its kind
--   severity          VARCHAR        high, medium or low
--   subject_kind      VARCHAR        client, technician or book
--   subject           VARCHAR        the client or technician; empty of the whole book
--   money             DECIMAL(28,2)  its money; empty where it has none of its own
--   money_is          VARCHAR        what that is: lost, or only at stake
--   share_of_revenue  DOUBLE         money / revenue of the chosen months, of margins of those that are covered
--   says              VARCHAR        what was found, in words without a name
--   question          VARCHAR        what to ask the seller
--   sheet             INTEGER        the data book's sheet with the rows
--   page              VARCHAR        the page with the rows

with missed as (
    select * from metrics.missed_flags($month_from, $month_to, $as_of)
),

found as (
    select *, true as is_of_margin from metrics.findings_margin($month_from, $month_to)
    union all
    -- what one client's going misses is written down with it, once
    select * replace (concat(says, case when finding = 'lost_client' then (
            select ' It alone misses what buyers ask for: ' || string_agg(measured, ', ' order by place) || '.'
            from missed
            where is_one_client
        ) end) as says), false as is_of_margin
    from metrics.findings_revenue($month_from, $month_to, $as_of)
    union all
    select 'one_person', 'technician', technician, cast(12 * exposed_mrr as decimal(28, 2)), 'recurring revenue a year',
        format(
            'Worked {:,.0f} of {:,.0f} hours, {}, of {}.', own_hours, client_hours,
            in_percent(share(own_hours, client_hours)),
            if(clients = 1, 'one client', format('{} clients with half or more from one person', clients))
        ), 'Who else knows these clients?', 16, 'dependence', false
    from metrics.person_dependence($month_from, $month_to)
    where exposed_mrr > 0
),

valued as (
    -- a margin's money is of the covered months alone
    select found.*, share(found.money, if(found.is_of_margin, book.revenue, mix.revenue)) as share_of_revenue,
        bounds.low, bounds.high
    from found
    cross join metrics.company_margin($month_from, $month_to) as book
    cross join metrics.revenue_mix_summary($month_from, $month_to) as mix
    inner join core.benchmark as bounds on bounds.number = 'finding_share'
),

judged as (
    select finding, subject_kind, subject, money, money_is, share_of_revenue, says, question, sheet, page,
        case when share_of_revenue >= high then 'high' when share_of_revenue >= low then 'medium' else 'low' end
            as severity
    from valued
    union all
    select concat('flag_', flag), 'book', null, null, null, null, concat(measured, '. Buyers: ', bound, '.'),
        'What explains it, and what is being done?', sheet, page, severity
    from missed
    where not is_one_client
)

select row_number() over (
        order by money desc nulls last, list_position(['high', 'medium', 'low'], severity) asc, finding asc, subject asc
    ) as place,
    finding, severity, subject_kind, subject, money, money_is, share_of_revenue, says, question, sheet, page
from judged
order by place asc
