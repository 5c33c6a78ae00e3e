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
    select tickets.client_key, sum(by_people) as tickets, sum(answered) as answered,
        sum(by_people) filter (where category != '(none)') as categorised
    from core.opened_monthly as tickets
    inner join year on tickets.month_start between year.month_from and year.month_to and tickets.by_people > 0
    group by tickets.client_key
    having (select sum(answered) > 0 and sum(by_people) filter (where category != '(none)') > 0
        from core.opened_monthly)
),

desk as (
    select if(any_value(span.has_tickets), count(*) filter (where months.has_tickets), null) as ticket_months,
        count(*) as loaded_months
    from core.months as months cross join core.data_span as span
    inner join year on months.month_start between year.month_from and year.month_to and months.is_covered
),

captured as (
    select time_capture as share
    from metrics.utilisation((select month_from from year), (select month_to from year))
),

judged as (
    select terms.client_key, terms.client, gates.*, least(terms.months, desk.ticket_months) as months,
        case gates.gate
            when 'history' then if(least(loaded_months, ticket_months) >= readiness_months,
                terms.months >= readiness_months and ticket_months >= readiness_months, null)
            when 'time_capture' then captured.share >= legible.low
            when 'filled_tickets' then is_filled(least(categorised, answered), tickets, readiness_filled)
            else is_margin_near(
                share(12 * current_fee - expected_cost - risk_load, 12 * current_fee), target_gross_margin,
                readiness_margin_gap
            )
        end as is_passed, readiness_months, readiness_filled, readiness_margin_gap, legible.low as captured_share
    from metrics.outcome_terms(
        (select twelve.month_from from metrics.year_to($as_of) as twelve),
        (select twelve.month_to from metrics.year_to($as_of) as twelve)
    ) as terms
    cross join (
        values ('history', 'tickets'), ('time_capture', 'technicians'), ('margin', 'a price'),
            ('filled_tickets', 'tickets with categories and first responses')
    ) as gates (gate, lacking)
    cross join desk cross join captured cross join core.assumption
    inner join core.benchmark as legible on legible.number = 'time_capture'
    left join opened using (client_key)
)

select client_key, client, gate, is_passed,
    case
        when is_passed is null and (gate != 'history' or months >= readiness_months) then lacking
        when is_passed and gate = 'history' and months < 12 then format('rests on {} months, under twelve', months)
        when is_passed then null
        when gate = 'history' then format('{:.0f} months of hours and tickets', readiness_months)
        when gate = 'time_capture' then format('{:.0f} % of hours logged', 100 * captured_share)
        when gate = 'margin'
            then format('a margin within {:.0f} points of the target in a bad year', 100 * readiness_margin_gap)
        else format('category and first response on {:.0f} % of tickets', 100 * readiness_filled)
    end as needs
from judged
