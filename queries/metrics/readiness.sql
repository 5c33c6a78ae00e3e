-- name: metrics.readiness
-- purpose: Whether each client's outcomes may be promised: gates that fail, a score, and what is missing. Gates that
--   can't be tested are named, never passed in silence.
-- grain: client_key
-- params: as_of DATE
-- needs: invoice_lines, time_entries|tickets
-- uses: technicians, clients, agreements, outcomes, reviews
-- columns:
--   client_key       VARCHAR  key of the client
--   client           VARCHAR  the client
--   gates_failed     BIGINT   gates that fail
--   gates_untested   BIGINT   gates that can't be tested on this data
--   score            DOUBLE   0 to 100, of the parts that can be measured by their weights; empty where these are under
--                             two thirds of all weights
--   measured_weight  BIGINT   weight of these parts, of a hundred
--   verdict          VARCHAR  ready, not_ready (a gate fails) or untested (none fails and not all can be tested)
--   needs            VARCHAR  what is missing, and what the score leaves out; empty where nothing

with gates as (
    select client_key, client, count(*) filter (where not is_passed) as failed,
        count(*) filter (where is_passed is null) as untested,
        string_agg(
            if(is_passed is null, 'can''t be tested without ' || needs, needs), '; ' order by gate asc
        ) as needs
    from metrics.readiness_gates($as_of)
    group by client_key, client
),

scores as (
    select client_key,
        cast(coalesce(sum(weight) filter (where points is not null), 0) as bigint) as measured,
        case
            when 3 * measured >= 2 * sum(weight)
                then 100 * share(sum(weight * points order by part asc), measured)
        end as score,
        if(score is null, 'no score, too little is measured: lacks ', 'not in the score: ')
        || string_agg(replace(part, '_', ' '), ', ' order by part asc) filter (where points is null) as left_out
    from metrics.readiness_parts($as_of)
    group by client_key
)

select gates.client_key, gates.client, gates.failed as gates_failed, gates.untested as gates_untested, scores.score,
    scores.measured as measured_weight,
    case
        when gates.failed > 0 then 'not_ready' when gates.untested > 0 then 'untested' else 'ready'
    end as verdict,
    nullif(concat_ws('; ', gates.needs, scores.left_out), '') as needs
from gates
inner join scores using (client_key)
order by gates_failed asc, scores.score desc nulls last, gates.client asc
