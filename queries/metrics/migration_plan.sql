-- name: metrics.migration_plan
-- purpose: In which order clients move to an outcome price, when each can, and what it is worth a year: those under
--   water first, whose price must rise before anything is promised, then by the renewal at which they can move.
-- grain: client_key
-- params: as_of DATE
-- needs: invoice_lines, time_entries|tickets
-- uses: agreements, clients, technicians, outcomes, reviews
-- columns:
--   place            BIGINT         place in the order
--   client_key       VARCHAR        key of the client
--   client           VARCHAR        the client
--   step             VARCHAR        reprice_first, fix_service, convert, hold or not_on_this_data
--   is_under_water   BOOLEAN        whether today's fee doesn't carry its cost
--   is_moved         BOOLEAN        whether the plan moves it: it gains, and its service needn't be fixed first
--   moves_on         DATE           renewal at which it can move: the next, or the one after where notice has gone by
--   quarter_start    DATE           the quarter of it; empty where no agreement says when it renews
--   notice_by        DATE           last day of notice for the next renewal; empty where none is agreed
--   is_notice_past   BOOLEAN        whether that has gone by
--   current_fee      DECIMAL(28,2)  what it pays a month today
--   offered_fee      DECIMAL(28,2)  what it would pay a month for outcomes; empty without a price
--   current_margin   DECIMAL(28,2)  what it leaves today, for a year; empty under three covered months
--   outcome_margin   DECIMAL(28,2)  what it would leave under the outcome price, for a year; empty without a price
--   is_measured      BOOLEAN        whether a service level can be measured; without one credits count as 0
--   gain             DECIMAL(28,2)  outcome margin - current margin
--   price_rise       DECIMAL(28,2)  of the gain what the higher fee brings
--   fee_rise_pct     DOUBLE         the outcome fee less today's, of today's
--   is_steep         BOOLEAN        whether that is more than one renewal carries
--   break_even_loss  DOUBLE         share of the converted margin that may leave before the move stops paying

with plan as (
    select *, coalesce(current_margin < 0, false) as is_under_water,
        coalesce(step in ('reprice_first', 'convert') and gain > 0, false) as is_moved,
        cast(renews_on + to_years(if(is_notice_past, 1, 0)) as date) as moves_on
    from metrics.renewal_plan($as_of)
)

select row_number() over (
        order by is_under_water desc, is_moved desc, moves_on asc nulls last, gain desc nulls last, client
    ) as place,
    client_key, client, step, is_under_water, is_moved, moves_on,
    cast(date_trunc('quarter', moves_on) as date) as quarter_start, notice_by, is_notice_past, current_fee,
    offered_fee, current_margin, outcome_margin, is_measured, gain, price_rise,
    fee_rise(offered_fee, current_fee) as fee_rise_pct,
    is_steep(fee_rise_pct, assumption.renewal_rise) as is_steep, break_even_loss
from plan
cross join core.assumption as assumption
order by place asc
