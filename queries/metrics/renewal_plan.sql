-- name: metrics.renewal_plan
-- purpose: When each client can be moved to an outcome price, what that brings a year against today, and what to do
--   first; over the twelve covered months up to a day.
-- grain: client_key
-- params: as_of DATE
-- needs: invoice_lines, time_entries|tickets
-- uses: agreements, clients, technicians, outcomes
-- columns:
--   client_key       VARCHAR        key of the client
--   client           VARCHAR        the client
--   renews_on        DATE           next renewal on or after the day; empty where no agreement says
--   notice_by        DATE           last day of notice for it; empty where no notice is agreed
--   is_notice_past   BOOLEAN        whether that has gone by
--   current_fee      DECIMAL(28,2)  what it pays a month today
--   offered_fee      DECIMAL(28,2)  outcome fee a month, the higher of target and today's; empty without a price
--   current_margin   DECIMAL(28,2)  today's fee less direct cost and labour, for a year; empty under three months
--   outcome_margin   DECIMAL(28,2)  the fee offered less credits and expected cost, for a year; empty without a price
--   is_measured      BOOLEAN        whether a service level can be measured; without one credits count as 0
--   gain             DECIMAL(28,2)  outcome margin - current margin
--   price_rise       DECIMAL(28,2)  of the gain what the higher fee brings; the rest is credits and a usual year's cost
--   break_even_loss  DOUBLE         share of the converted margin that may leave before the move stops paying
--   step             VARCHAR        reprice_first, fix_service, convert, hold or not_on_this_data
--   verdict          VARCHAR        of the price: ready, fix_first or not_on_this_data

with terms as (
    select client_key, client, verdict, is_measured, current_fee, target_fee,
        if(target_fee is null, null, greatest(target_fee, current_fee)) as offered_fee,
        case when carries_a_year(year.months) then 12 * current_fee - annual_current_cost end as current_margin,
        12 * offered_fee * (1 - expected_credit_pct) - expected_cost as outcome_margin,
        outcome_margin - current_margin as gain
    from metrics.outcome_terms(
        (select span.month_from from metrics.year_to($as_of) as span),
        (select span.month_to from metrics.year_to($as_of) as span)
    )
    cross join metrics.year_to($as_of) as year
)

select terms.client_key, terms.client, renewals.renews_on, renewals.notice_by, renewals.is_notice_past,
    cast(terms.current_fee as decimal(28, 2)) as current_fee, cast(terms.offered_fee as decimal(28, 2)) as offered_fee,
    cast(terms.current_margin as decimal(28, 2)) as current_margin,
    cast(terms.outcome_margin as decimal(28, 2)) as outcome_margin, terms.is_measured,
    cast(terms.gain as decimal(28, 2)) as gain,
    cast(12 * (terms.offered_fee - terms.current_fee) as decimal(28, 2)) as price_rise,
    case when terms.gain > 0 then share(terms.gain, terms.outcome_margin) end as break_even_loss,
    case
        when terms.verdict = 'not_on_this_data' then terms.verdict
        when terms.current_margin < 0 then 'reprice_first'
        when terms.verdict = 'fix_first' then if(terms.current_fee < terms.target_fee, 'reprice_first', 'fix_service')
        when terms.gain > 0 then 'convert'
        else 'hold'
    end as step,
    terms.verdict
from terms
left join metrics.renewal_dates($as_of) as renewals using (client_key)
order by renewals.renews_on asc nulls last, terms.gain desc nulls last, terms.client asc
