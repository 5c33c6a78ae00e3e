-- name: metrics.category_dependence
-- purpose: How far each category hangs on one technician over the chosen months, by the tickets that they ended; the
--   highest share first.
-- grain: category
-- params: month_from DATE, month_to DATE
-- needs: tickets
-- columns:
--   category            VARCHAR  the category
--   tickets             BIGINT   tickets that people ended in the months
--   technicians         BIGINT   technicians who ended any of them
--   top_technician      VARCHAR  who ended the most
--   category_top_share  DOUBLE   that technician's share of all of them
--   is_on_one           BOOLEAN  whether that reaches the limit, of ten tickets or more

with ended as (
    select desk.category, desk.technician_key, technicians.technician, sum(desk.ended) as tickets
    from core.ended_monthly as desk
    left join core.dim_technicians as technicians using (technician_key)
    where desk.category != '(none)' and desk.month_start between $month_from and $month_to
    group by desk.category, desk.technician_key, technicians.technician
),

summed as (
    select category, cast(sum(tickets) as bigint) as tickets, count(technician_key) as technicians,
        first(technician order by tickets desc, technician asc) filter (where technician_key is not null)
            as top_technician,
        max(tickets) filter (where technician_key is not null) as most
    from ended
    group by category
)

select summed.category, summed.tickets, summed.technicians, summed.top_technician,
    share(summed.most, summed.tickets) as category_top_share,
    coalesce(summed.tickets >= 10 and reaches(share(summed.most, summed.tickets), bound.high), false) as is_on_one
from summed
inner join core.benchmark as bound on bound.number = 'category_top_share'
order by category_top_share desc nulls last, summed.tickets desc, summed.category asc
