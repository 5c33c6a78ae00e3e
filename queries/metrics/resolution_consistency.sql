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

with people as (
    select category, technician_key, sum(tickets) as tickets, sum(effort) as effort, sum(squares) as squares
    from core.effort_monthly
    where month_start between $month_from and $month_to
    group by category, technician_key
    having sum(tickets) >= 5
),

summed as (
    select category, count(*) as technicians, cast(sum(tickets) as bigint) as tickets,
        share(power(sum(effort), 2), sum(tickets)) as around,
        sum(cast(share(power(effort, 2), tickets) as decimal(38, 12))) as of_people, sum(squares) as squares
    from people
    group by category
)

select category, technicians, tickets,
    case
        when technicians < 2 then null
        -- alike, the dust of sums apart
        when squares - around <= 1e-12 * tickets then 0
        else share(greatest(of_people - around, 0), squares - around)
    end as technician_share_of_variance
from summed
order by category asc
