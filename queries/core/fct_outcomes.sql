-- name: core.fct_outcomes
-- purpose: Whether each client's measures of outcome with a target met it, month by month.
-- grain: client_key, month_start, measure
-- columns:
--   client_key       VARCHAR  key of the client
--   month_start      DATE     the month
--   measure          VARCHAR  what was measured
--   value            DOUBLE   what came out; of several rows, of names that are one client, the last in the files
--   target           DOUBLE   what was promised
--   is_lower_better  BOOLEAN  whether less of it is better, as its file says, else by its name
--   is_met           BOOLEAN  whether the target was met

select client_key, cast(date_trunc('month', month) as date) as month_start, measure, value, target,
    coalesce(
        case
            when keyword(direction) like 'lower%' then true when keyword(direction) like 'higher%' then false
        end, is_lower_better(measure)
    ) as is_lower_better,
    if(is_lower_better, value <= target, value >= target) as is_met
from staging.outcomes
where target is not null
qualify row_number() over (
    partition by client_key, date_trunc('month', month), measure order by load_id desc, row_number desc
) = 1
