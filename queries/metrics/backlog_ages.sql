-- name: metrics.backlog_ages
-- purpose: How old the tickets are that were open at the end of the last of the chosen months that is complete for
--   tickets, from the youngest.
-- grain: place
-- params: month_from DATE, month_to DATE
-- needs: tickets
-- columns:
--   place        INTEGER  order of the ages
--   age          VARCHAR  how long ago they were opened, in calendar days
--   tickets      BIGINT   tickets open at that month's end
--   open_share   DOUBLE   of all that were open
--   month_start  DATE     the month

with last_one as (
    select *
    from core.backlog_monthly
    where month_start between $month_from and $month_to
    order by month_start desc
    limit 1
),

ages as (
    select month_start, open_at_end, unnest([1, 2, 3, 4, 5, 6]) as place,
        unnest([
            'up to a day', 'up to 3 days', 'up to 7 days', 'up to 14 days', 'up to 30 days', 'more than 30 days'
        ]) as age,
        unnest([up_to_1_day, up_to_3_days, up_to_7_days, up_to_14_days, up_to_30_days, open_over_30_days]) as tickets
    from last_one
)

select place, age, tickets, share(tickets, open_at_end) as open_share, month_start
from ages
order by place asc
