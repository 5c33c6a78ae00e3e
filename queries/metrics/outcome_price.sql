-- name: metrics.outcome_price
-- purpose: What each client's outcomes should cost a month: the floor that its expected hours cost, the target that
--   also carries risk, credits and margin, the ceiling that it pays today with its swings, and whether it may be named.
-- grain: client_key
-- params: month_from DATE, month_to DATE
-- needs: invoice_lines, time_entries|tickets
-- uses: technicians, clients, agreements, outcomes
-- columns:
--   client_key             VARCHAR        key of the client
--   client                 VARCHAR        the client
--   months                 BIGINT         months that count: with labour, after onboarding, at most the latest 24
--   credibility            DOUBLE         weight of its own history against its tier's; empty where it can't be priced
--   expected_annual_hours  DOUBLE         managed hours to expect in a year
--   p80_annual_hours       DOUBLE         those of a year at the risk percentile
--   expected_cost          DECIMAL(28,2)  expected hours at their rate and tools, for a year
--   risk_load              DECIMAL(28,2)  cost of the hours between the two, at least 0
--   expected_credit_pct    DOUBLE         mean share of a month's fee given back; 0 where nothing can be measured
--   known_credit_pct       DOUBLE         the same; empty where nothing can be measured
--   floor_fee              DECIMAL(28,2)  expected cost, a month
--   target_fee             DECIMAL(28,2)  fee a month that carries cost, risk, credits and margin; empty where none can
--   ceiling_fee            DECIMAL(28,2)  mean recurring revenue of the months billed and their swing, at least today's
--   current_fee            DECIMAL(28,2)  mean recurring revenue of the last three of the months since its first bill
--   offered_fee            DECIMAL(28,2)  the higher of target and today's: nobody lowers a fee that carries its risk
--   fee_rise_pct           DOUBLE         what is offered / today's fee, less 1
--   is_steep               BOOLEAN        whether that is more than one renewal carries
--   verdict                VARCHAR        ready, fix_first or not_on_this_data
--   room                   VARCHAR        room, below_target or no_room: the floor lies above the ceiling
--   because                VARCHAR        why, and what the price rests on little of

select client_key, client, months, credibility, expected_annual_hours, p80_annual_hours,
    cast(expected_cost as decimal(28, 2)) as expected_cost, cast(risk_load as decimal(28, 2)) as risk_load,
    expected_credit_pct, if(is_measured, expected_credit_pct, null) as known_credit_pct,
    cast(expected_cost / 12 as decimal(28, 2)) as floor_fee,
    cast(target_fee as decimal(28, 2)) as target_fee, cast(ceiling_fee as decimal(28, 2)) as ceiling_fee,
    cast(current_fee as decimal(28, 2)) as current_fee,
    cast(if(target_fee is null, null, greatest(target_fee, current_fee)) as decimal(28, 2)) as offered_fee,
    fee_rise(greatest(target_fee, current_fee), if(target_fee is null, null, current_fee)) as fee_rise_pct,
    is_steep(fee_rise_pct, assumption.renewal_rise) as is_steep, verdict,
    case
        when expected_cost / 12 > ceiling_fee then 'no_room' when verdict = 'not_on_this_data' then null
        when coalesce(target_fee <= ceiling_fee, false) then 'room' else 'below_target'
    end as room,
    concat_ws(
        '; ',
        case
            when verdict = 'ready' then 'the target is within what the client can be asked for'
            when months = 0 and not span.has_labour then 'no labour is loaded'
            when verdict = 'not_on_this_data' and months < 6 then 'under six months of history'
            when verdict = 'not_on_this_data' and users > 0 then 'no hour of work for it is on file'
            when verdict = 'not_on_this_data' then 'no users are known'
            when target_fee is null then 'margin and credits leave nothing of a fee'
            when room = 'no_room' then 'it costs more than the client can be asked for'
            when ceiling_fee < target_fee then 'the target is above what the client pays today'
        end,
        if(verdict = 'fix_first' and has_termination_right, 'the client could have left in the last month', null),
        if(verdict != 'not_on_this_data' and months < 12, 'under twelve months', null),
        if(weighs_little(credibility), 'own history weighs under 30 %', null),
        if(verdict != 'not_on_this_data' and not is_measured, 'no service level can be measured', null)
    ) as because
from metrics.outcome_terms($month_from, $month_to)
cross join core.data_span as span
cross join core.assumption as assumption
order by current_fee - target_fee asc nulls last, client asc
