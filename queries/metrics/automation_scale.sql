-- name: metrics.automation_scale
-- purpose: What an endpoint costs a month to serve as a provider grows from 1,000 to 10,000, by people alone and with
--   automation: fixed cost spreads, while what each attempt and each failure costs stays.
-- grain: endpoints
-- params: tickets_each DOUBLE, minutes DOUBLE, success_share DOUBLE, attempt_cost DOUBLE, handback_minutes DOUBLE,
--   fixed_cost DOUBLE
-- columns:
--   endpoints   BIGINT  endpoints served
--   by_people   DOUBLE  cost of an endpoint and month where people work on every ticket
--   automated   DOUBLE  the same where automation tries every ticket first
--   fixed_each  DOUBLE  of that the fixed cost
--   marginal    DOUBLE  what one endpoint more costs with automation: the same at every size

with sizes as (
    select range as endpoints, assumption.loaded_hourly_cost / 60 as minute_cost
    from range(1000, 10001, 1000)
    cross join core.assumption as assumption
)

select endpoints, $tickets_each * $minutes * minute_cost as by_people, fixed_each + marginal as automated, fixed_each,
    marginal
from (
    select endpoints, minute_cost, share($fixed_cost, endpoints) as fixed_each,
        $tickets_each * (
            $attempt_cost + minute_cost * ($minutes - automation_saves($minutes, $success_share, $handback_minutes))
        ) as marginal
    from sizes
) as costs
order by endpoints asc
