-- name: metrics.readiness_gates
-- purpose: What must hold before a client's outcomes can be promised, over the twelve covered months up to a day: each
--   gate passed, failed, or not to be tested on this data. The bounds are our judgement.
-- grain: client_key, gate
-- params: as_of DATE
-- needs: invoice_lines, time_entries|tickets
-- uses: technicians, clients, agreements, outcomes
-- columns:
--   client_key  VARCHAR  key of the client
--   client      VARCHAR  the client
--   gate        VARCHAR  history, time_capture, filled_tickets or margin
--   is_passed   BOOLEAN  whether it holds; empty where it can't be tested
--   needs       VARCHAR  what it lacks, or rests on too little of; empty where nothing

with year as (from metrics.year_to($as_of)),

opened as (
    select tickets.client_key, count(*) as tickets, count(nullif(tickets.category, '(none)')) as categorised,
        count(tickets.responded_at) as answered
    from core.fct_tickets as tickets
    inner join year on tickets.opened_at >= year.month_from and tickets.opened_at < last_day(year.month_to) + 1
    where not tickets.is_auto_resolved
    group by tickets.client_key
    having (select count(responded_at) > 0 and count(nullif(category, '(none)')) > 0 from core.fct_tickets)
),

desk as (
    select count(*) filter (where months.has_tickets) as ticket_months
    from core.months as months
    inner join year on months.month_start between year.month_from and year.month_to and months.is_covered
),

captured as (
    select time_capture(sum(logged_hours), sum(net_hours)) as share
    from metrics.utilisation_months as worked
    inner join year on worked.month_start between year.month_from and year.month_to
    where worked.is_known and worked.gross_hours > 0
),

judged as (
    select terms.client_key, terms.client, gates.gate, least(terms.months, desk.ticket_months) as months,
        case gates.gate
            when 'history' then terms.months >= 6 and if(span.has_tickets, desk.ticket_months >= 6, null)
            when 'time_capture' then captured.share >= legible.low
            when 'filled_tickets' then is_filled(least(opened.categorised, opened.answered), opened.tickets)
            else is_margin_near(
                share(12 * terms.current_fee - terms.expected_cost - terms.risk_load, 12 * terms.current_fee),
                assumption.target_gross_margin
            )
        end as is_passed
    from metrics.outcome_terms(
        (select twelve.month_from from metrics.year_to($as_of) as twelve),
        (select twelve.month_to from metrics.year_to($as_of) as twelve)
    ) as terms
    cross join (values ('history'), ('time_capture'), ('filled_tickets'), ('margin')) as gates (gate)
    cross join desk
    cross join captured
    cross join core.data_span as span
    cross join core.assumption as assumption
    inner join core.benchmark as legible on legible.number = 'time_capture'
    left join opened using (client_key)
)

select client_key, client, gate, is_passed,
    case
        when gate = 'history' and is_passed is null then 'tickets'
        when gate = 'history' and months < 12 then 'twelve months of hours and tickets'
        when is_passed then null
        when gate = 'time_capture' then if(is_passed is null, 'technicians', 'nine in ten hours logged')
        when gate = 'filled_tickets' and is_passed is null then 'tickets with categories and first responses'
        when gate = 'filled_tickets' then 'category and first response on 95 % of tickets'
        when gate = 'margin'
            then if(is_passed is null, 'a price', 'a margin within ten points of the target in a bad year')
    end as needs
from judged
