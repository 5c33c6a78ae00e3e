-- name: core.year_draws
-- purpose: Every year that four of a history's blocks of months can make, by the blocks' starts in rising order, with
--   the number of orders in which they can be drawn: a year's exact distribution, without a simulation.
-- grain: first_start, second_start, third_start, fourth_start
-- columns:
--   first_start   INTEGER  where the earliest of the four blocks starts, from 1
--   second_start  INTEGER  the next, the same one where it was drawn twice
--   third_start   INTEGER  the next
--   fourth_start  INTEGER  the last; a history of so many starts has all rows up to it
--   ways          INTEGER  orders in which these four can be drawn: 24 if all differ, 1 if all are the same

with starts as (
    -- the most that count: 24 months have 22 blocks of three
    select cast(range as integer) as place from range(1, 23)
)

select first.place as first_start, second.place as second_start, third.place as third_start,
    fourth.place as fourth_start,
    case
        when first.place = fourth.place then 1
        when first.place = third.place or second.place = fourth.place then 4
        when first.place = second.place and third.place = fourth.place then 6
        when first.place = second.place or second.place = third.place or third.place = fourth.place then 12
        else 24
    end as ways
from starts as first
inner join starts as second on first.place <= second.place
inner join starts as third on second.place <= third.place
inner join starts as fourth on third.place <= fourth.place
