-- name: metrics.migration_summary
-- purpose: What the migration plan comes to: who moves and stays, from when on, and the margin before and after it.
-- grain: one row
-- params: as_of DATE
-- needs: invoice_lines, time_entries|tickets
-- uses: agreements, clients, technicians, outcomes
-- columns:
--   months            BIGINT         covered months that a year is made of, at most twelve
--   clients           BIGINT         clients with recurring revenue
--   moved             BIGINT         of them those that the plan moves
--   measured          BIGINT         of those that move: some service level can be measured, so credits are known
--   undated           BIGINT         of those that move: no agreement says when
--   past_notice       BIGINT         of those that move: the notice for the next renewal has gone by
--   unpriced          BIGINT         clients that can't be priced on this data
--   under_water       BIGINT         clients whose fee doesn't carry their cost
--   under_water_loss  DECIMAL(28,2)  what these lose a year; empty where there are none and no client can be priced
--   dearest           VARCHAR        the moving client whose fee would rise most
--   dearest_fee       DECIMAL(28,2)  what it pays a month today
--   dearest_offer     DECIMAL(28,2)  what it would pay
--   dearest_rise      DOUBLE         by what share that is more
--   first_on          DATE           when the first of them can move
--   last_on           DATE           when the last can
--   current_margin    DECIMAL(28,2)  margin a year of all clients today; empty under three covered months
--   planned_margin    DECIMAL(28,2)  margin a year once all of the plan's have moved; empty where none can be priced
--   plan_gain         DECIMAL(28,2)  what the moves add a year
--   price_gain        DECIMAL(28,2)  of it what higher fees bring
--   other_gain        DECIMAL(28,2)  and the rest: credits to expect, and a usual year's cost against this one's
--   steep             BIGINT         of those that move: the fee would rise by more than one renewal carries
--   steep_gain        DECIMAL(28,2)  what their moves add a year; empty where there are none
--   gain_without      DECIMAL(28,2)  what the moves of the others add
--   stay_gain         DECIMAL(28,2)  what moving those that stay would bring: below 0 it would cost that much
--   plan_break_even   DOUBLE         share of the moved clients' new margin that may leave before the plan stops paying

select any_value(year.months) as months, count(client_key) as clients, count(*) filter (where is_moved) as moved,
    count(*) filter (where is_moved and is_measured) as measured,
    count(*) filter (where is_moved and moves_on is null) as undated,
    count(*) filter (where is_moved and is_notice_past) as past_notice,
    count(*) filter (where step = 'not_on_this_data') as unpriced,
    count(*) filter (where is_under_water) as under_water,
    cast(coalesce(
        -sum(current_margin) filter (where is_under_water),
        case when count(*) filter (where step != 'not_on_this_data') > 0 then 0 end
    ) as decimal(28, 2)) as under_water_loss,
    arg_max(client, price_rise) filter (where is_moved and price_rise > 0) as dearest,
    arg_max(current_fee, price_rise) filter (where is_moved and price_rise > 0) as dearest_fee,
    arg_max(offered_fee, price_rise) filter (where is_moved and price_rise > 0) as dearest_offer,
    arg_max(fee_rise_pct, price_rise) filter (where is_moved and price_rise > 0) as dearest_rise,
    min(moves_on) filter (where is_moved) as first_on, max(moves_on) filter (where is_moved) as last_on,
    cast(sum(current_margin) as decimal(28, 2)) as current_margin,
    case when count(*) filter (where step != 'not_on_this_data') > 0
            then cast(sum(current_margin + if(is_moved, gain, 0)) as decimal(28, 2))
    end as planned_margin,
    cast(sum(gain) filter (where is_moved) as decimal(28, 2)) as plan_gain,
    cast(sum(price_rise) filter (where is_moved) as decimal(28, 2)) as price_gain,
    cast(sum(gain - price_rise) filter (where is_moved) as decimal(28, 2)) as other_gain,
    count(*) filter (where is_moved and is_steep) as steep,
    cast(sum(gain) filter (where is_moved and is_steep) as decimal(28, 2)) as steep_gain,
    cast(sum(gain) filter (where is_moved and not is_steep) as decimal(28, 2)) as gain_without,
    cast(sum(gain) filter (where not is_moved) as decimal(28, 2)) as stay_gain,
    share(sum(gain) filter (where is_moved), sum(outcome_margin) filter (where is_moved)) as plan_break_even
from metrics.year_to($as_of) as year
left join metrics.migration_plan($as_of) on true
