-- name: metrics.resolution_consistency
-- purpose: How much of the difference in effort within a category is explained by who did the work.
-- grain: category
-- params: month_from DATE, month_to DATE
-- needs: tickets
-- uses: time_entries
-- columns:
--   category                      VARCHAR  the category; (none) if empty
--   technicians                   BIGINT   technicians with five or more tickets in the category
--   tickets                       BIGINT   tickets of those technicians
--   technician_share_of_variance  DOUBLE   between technicians / total, of ln(hours); empty with one

with worked as (
    select category, technician_key, ln(cast(hours as double)) as effort
    from core.fct_tickets
    where not is_auto_resolved
        and hours > 0
        and technician_key is not null
        and resolved_at >= $month_from
        and resolved_at < last_day($month_to) + interval 1 day
    qualify count(*) over (partition by category, technician_key) >= 5
),

centred as (
    select category, technician_key, effort - avg(effort) over (partition by category) as effort from worked
),

people as (
    select category, technician_key, count(*) as tickets, avg(effort) as mean, sum(power(effort, 2)) as squares
    from centred
    group by category, technician_key
),

categories as (
    select category, count(*) as technicians, cast(sum(tickets) as bigint) as tickets,
        sum(tickets * power(mean, 2)) as between_people, sum(squares) as total
    from people
    group by category
)

select category, technicians, tickets,
    case
        when technicians < 2 then null
        -- alike to the last digit, rounding apart
        when total <= 1e-18 * tickets then 0
        else share(between_people, total)
    end as technician_share_of_variance
from categories
order by category asc
