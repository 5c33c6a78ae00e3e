-- name: metrics.technician_roles
-- purpose: How much of each technician's time over the chosen months went to account work and to tickets that a level
--   below usually does, the most such hours of seniors and owners first.
-- grain: technician_key
-- params: month_from DATE, month_to DATE
-- needs: time_entries|tickets
-- uses: technicians
-- columns:
--   technician_key     VARCHAR  key of the technician
--   technician         VARCHAR  the technician
--   level              VARCHAR  level on the last terms worked on in the months; empty if no file lists them
--   is_owner           BOOLEAN  an owner on these terms; empty if no file lists them
--   is_costly          BOOLEAN  of level 3 or an owner in any of these hours
--   logged_hours       DOUBLE   all hours
--   account_hours      DOUBLE   of them account management and sales; empty if no work type of any entry says so
--   ticket_hours       DOUBLE   of the others those on tickets whose category is known; empty where the level
--                                is not
--   above_hours        DOUBLE   of these on categories of which a lower level does most
--   other_share        DOUBLE   account and above hours / logged hours
--   above_cost         DOUBLE   above hours x the difference between the own rate and that level's
--   main_category      VARCHAR  the category of most of the above hours

with levels as (
    select distinct category, usual_rank from metrics.category_levels($month_from, $month_to)
),

worked as (
    select labour.technician_key, labour.category, sum(labour.hours) as hours,
        sum(labour.hours) filter (where level_rank(versions.level) > levels.usual_rank) as above,
        sum(
            labour.hours * (cast(rates.hourly_rate as double) - priced.hourly_cost)
        ) filter (where level_rank(versions.level) > levels.usual_rank) as cost
    from core.category_labour_monthly as labour
    inner join core.dim_technician_versions as versions using (technician_key, version_from)
    inner join metrics.technician_rates as rates using (technician_key, version_from)
    inner join levels on labour.category = levels.category
    left join metrics.level_costs($month_from, $month_to) as priced on levels.usual_rank = priced.level_rank
    where labour.month_start between $month_from and $month_to and level_rank(versions.level) is not null
    group by labour.technician_key, labour.category
),

summed as (
    select technician_key, sum(hours) as ticket_hours, coalesce(sum(above), 0) as above_hours, sum(cost) as above_cost,
        first(category order by above desc, category asc) filter (where above > 0) as main_category
    from worked
    group by technician_key
)

select roles.technician_key, roles.technician, roles.level, roles.is_owner, roles.senior_hours > 0 as is_costly,
    roles.logged_hours, roles.account_hours, cast(summed.ticket_hours as double) as ticket_hours,
    cast(summed.above_hours as double) as above_hours,
    share(coalesce(roles.account_hours, 0) + coalesce(summed.above_hours, 0), roles.logged_hours) as other_share,
    summed.above_cost, summed.main_category
from metrics.role_conflation($month_from, $month_to) as roles
left join summed using (technician_key)
order by is_costly desc, coalesce(roles.account_hours, 0) + coalesce(summed.above_hours, 0) desc, roles.technician asc
