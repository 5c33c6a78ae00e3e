-- name: client_safe.exclusions
-- purpose: What the figures of the client's tickets opened in the period leave out, and how many tickets that is.
-- grain: reason
-- params: client_key VARCHAR, month_from DATE, month_to DATE
-- needs: tickets
-- columns:
--   place    INTEGER  order of the reasons
--   reason   VARCHAR  what is left out, and of what
--   tickets  BIGINT   how many of them

with opened as (
    select coalesce(sum(automated), 0) as automated, coalesce(sum(by_people - promised), 0) as unpromised,
        coalesce(sum(unfollowed), 0) as unfollowed
    from core.opened_monthly
    where client_key = $client_key and month_start between $month_from and $month_to
)

select 1 as place, 'Resolved by automation: no part of times and service levels' as reason,
    cast(automated as bigint) as tickets
from opened
union all
select 2, 'Without any target: no part of service levels', cast(unpromised as bigint)
from opened
union all
select 3, 'Closed without a time, or resolved before they were opened: no part of times and hours',
    cast(unfollowed as bigint)
from opened
order by place asc
