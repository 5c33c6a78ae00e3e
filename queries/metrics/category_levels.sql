-- name: metrics.category_levels
-- purpose: Which level does how much of each category's work over the chosen months, and which one does most of it.
-- grain: category, level_rank
-- params: month_from DATE, month_to DATE
-- needs: tickets, technicians
-- uses: time_entries
-- columns:
--   category       VARCHAR  the category
--   level_rank     INTEGER  the level as a number
--   ticket_hours   DOUBLE   hours that this level worked on tickets of the category
--   hours_share    DOUBLE   of all hours of technicians whose level is known
--   usual_rank     INTEGER  the level that works most of these hours; of two alike the lower
--   is_above       BOOLEAN  whether this level is above that one

with worked as (
    select labour.category, level_rank(versions.level) as level_rank, sum(labour.hours) as hours
    from core.category_labour_monthly as labour
    inner join core.dim_technician_versions as versions using (technician_key, version_from)
    where labour.month_start between $month_from and $month_to and level_rank(versions.level) is not null
    group by labour.category, level_rank(versions.level)
    having sum(labour.hours) > 0
),

ranked as (
    select *, first_value(level_rank) over (partition by category order by hours desc, level_rank asc) as usual_rank
    from worked
)

select category, level_rank, cast(hours as double) as ticket_hours,
    share(hours, sum(hours) over (partition by category)) as hours_share, usual_rank,
    level_rank > usual_rank as is_above
from ranked
order by category asc, level_rank asc
