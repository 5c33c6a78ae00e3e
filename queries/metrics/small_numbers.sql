-- name: metrics.small_numbers
-- purpose: How often chance alone misses the assumed target in a month of so many tickets, for a desk that just keeps
--   its promise and for better ones; exact.
-- grain: tickets
-- columns:
--   tickets             BIGINT  tickets of a month
--   target              DOUBLE  the target that is assumed
--   misses_allowed      BIGINT  misses with which the month still meets it
--   as_promised         DOUBLE  chance of a miss where truly as many are in time as promised
--   half_the_misses     DOUBLE  where truly only half as many are late
--   fifth_of_misses     DOUBLE  where truly only a fifth are
--   forgiven            DOUBLE  the second with one miss more forgiven, as below the minimum volume

with volumes as (
    select volumes.tickets, assumption.sla_target as target, 1 - assumption.sla_target as late
    from (values (5), (8), (10), (20), (50), (100), (300)) as volumes (tickets)
    cross join core.assumption as assumption
)

select cast(tickets as bigint) as tickets, target, cast(misses_allowed(tickets, target) as bigint) as misses_allowed,
    chance_of_miss(tickets, target, 1 - late) as as_promised,
    chance_of_miss(tickets, target, 1 - late / 2) as half_the_misses,
    chance_of_miss(tickets, target, 1 - late / 5) as fifth_of_misses,
    chance_of_more(tickets, misses_allowed(tickets, target) + 1, late / 2) as forgiven
from volumes
order by tickets asc
