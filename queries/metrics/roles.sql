-- name: metrics.roles
-- purpose: How much time of seniors and owners over the chosen months went to account work, and how much of the desk's
--   to tickets that a level below usually does.
-- grain: one row
-- params: month_from DATE, month_to DATE
-- needs: time_entries|tickets
-- uses: technicians
-- columns:
--   senior_hours          DOUBLE   hours logged by technicians while of level 3, or an owner
--   senior_account_hours  DOUBLE   of them account management and sales; empty if no work type of any entry says so
--   senior_account_share  DOUBLE   these / senior hours
--   ticket_hours          DOUBLE   hours on tickets whose category, and whose technician's level, is known
--   above_hours           DOUBLE   of them on categories of which a lower level does most; empty without two levels
--   above_share           DOUBLE   these / ticket hours
--   above_cost            DOUBLE   what they cost more than at the rate of that level
--   most_technician       VARCHAR  who has most of them
--   most_hours            DOUBLE   how many
--   most_category         VARCHAR  mostly on this category

with seniors as (
    select sum(senior_hours) as senior_hours, sum(senior_account_hours) as account_hours
    from metrics.role_conflation($month_from, $month_to)
),

levels as (
    select count(distinct level_rank) as levels from metrics.category_levels($month_from, $month_to)
),

people as (
    select sum(ticket_hours) as ticket_hours, sum(above_hours) as above_hours, sum(above_cost) as above_cost,
        first(technician order by above_hours desc, technician asc) filter (where above_hours > 0) as most_technician,
        first(main_category order by above_hours desc, technician asc) filter (where above_hours > 0) as most_category,
        max(above_hours) as most_hours
    from metrics.technician_roles($month_from, $month_to)
)

select seniors.senior_hours, seniors.account_hours as senior_account_hours,
    share(seniors.account_hours, seniors.senior_hours) as senior_account_share, people.ticket_hours,
    case when levels.levels > 1 then people.above_hours end as above_hours,
    share(case when levels.levels > 1 then people.above_hours end, people.ticket_hours) as above_share,
    case when levels.levels > 1 then people.above_cost end as above_cost, people.most_technician,
    case when people.most_technician is not null then people.most_hours end as most_hours, people.most_category
from seniors
cross join levels
cross join people
