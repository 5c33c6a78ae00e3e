-- name: metrics.promise_counts
-- purpose: Why three pages count other clients: those that pass every gate, those that could be offered a fixed price,
--   and those that the migration plan moves; each count split to the client.
-- grain: one row
-- params: month_from DATE, month_to DATE, as_of DATE
-- needs: invoice_lines, time_entries|tickets
-- uses: technicians, clients, agreements, outcomes, reviews
-- columns:
--   gates_passed     BIGINT  clients that pass every gate
--   price_ready      BIGINT  clients that could be offered a fixed price
--   passed_ready     BIGINT  clients that are both
--   passed_short     BIGINT  of those that pass every gate: today's fee doesn't reach the target
--   passed_leaving   BIGINT  of them: it does, and the client could have left in the last month
--   passed_unpriced  BIGINT  of them: can't be priced
--   ready_failed     BIGINT  of those with a fixed price: a gate fails
--   ready_untested   BIGINT  of them: a gate can't be tested
--   moved            BIGINT  clients that the migration plan moves
--   moved_ready      BIGINT  of them those with a fixed price
--   moved_raised     BIGINT  of them the others: at a fee raised to the target
--   ready_held       BIGINT  of those with a fixed price: a move would not add to the margin

with clients as (
    select client_key, coalesce(gates.verdict = 'ready', false) as is_passed,
        coalesce(prices.verdict = 'ready', false) as is_ready, coalesce(gates.gates_failed > 0, false) as is_failed,
        coalesce(plan.is_moved, false) as is_moved, coalesce(prices.verdict, 'not_on_this_data') as verdict,
        coalesce(prices.room = 'room', false) as has_room
    from metrics.readiness($as_of) as gates
    full join metrics.outcome_price($month_from, $month_to) as prices using (client_key)
    full join metrics.migration_plan($as_of) as plan using (client_key)
)

select count(*) filter (where is_passed) as gates_passed, count(*) filter (where is_ready) as price_ready,
    count(*) filter (where is_passed and is_ready) as passed_ready,
    count(*) filter (where is_passed and verdict = 'fix_first' and not has_room) as passed_short,
    count(*) filter (where is_passed and verdict = 'fix_first' and has_room) as passed_leaving,
    count(*) filter (where is_passed and verdict = 'not_on_this_data') as passed_unpriced,
    count(*) filter (where is_ready and is_failed) as ready_failed,
    count(*) filter (where is_ready and not is_passed and not is_failed) as ready_untested,
    count(*) filter (where is_moved) as moved, count(*) filter (where is_moved and is_ready) as moved_ready,
    count(*) filter (where is_moved and not is_ready) as moved_raised,
    count(*) filter (where is_ready and not is_moved) as ready_held
from clients
