-- name: metrics.readiness_summary
-- purpose: How many clients may be promised an outcome, how many not, and what most of the others lack.
-- grain: one row
-- params: as_of DATE
-- needs: invoice_lines, time_entries|tickets
-- uses: technicians, clients, agreements, outcomes, reviews
-- columns:
--   clients            BIGINT   clients with recurring revenue
--   clients_ready      BIGINT   of them those that pass every gate
--   clients_not_ready  BIGINT   of them those that fail one
--   clients_untested   BIGINT   of them those that fail none, and one can't be tested
--   median_score       DOUBLE   the middle one of their scores, 0 to 100
--   lowest_weight      BIGINT   the least weight, of a hundred, that a client's score rests on
--   failed_most        VARCHAR  the gate that most clients fail
--   failed_most_by     BIGINT   how many
--   failed_most_lacks  VARCHAR  what it asks for

with failing as (
    select gate, count(*) as clients, any_value(needs) as lacks
    from metrics.readiness_gates($as_of)
    where not is_passed
    group by gate
    order by clients desc, gate asc
    limit 1
)

select count(*) as clients, count(*) filter (where verdict = 'ready') as clients_ready,
    count(*) filter (where verdict = 'not_ready') as clients_not_ready,
    count(*) filter (where verdict = 'untested') as clients_untested, quantile_cont(score, 0.5) as median_score,
    min(measured_weight) as lowest_weight, any_value(failing.gate) as failed_most,
    any_value(failing.clients) as failed_most_by, any_value(failing.lacks) as failed_most_lacks
from metrics.readiness($as_of)
left join failing on true
