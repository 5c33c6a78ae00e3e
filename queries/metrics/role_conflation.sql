-- name: metrics.role_conflation
-- purpose: Who spends how much of the chosen months on account management and sales, and how much of that is time of
--   the third level and the owners.
-- grain: technician_key
-- params: month_from DATE, month_to DATE
-- needs: time_entries|tickets
-- uses: technicians
-- columns:
--   technician_key        VARCHAR  key of the technician
--   technician            VARCHAR  the technician
--   level                 VARCHAR  level on the last terms worked on in the months; empty if no file lists them
--   is_owner              BOOLEAN  an owner on these terms; empty if no file lists them
--   logged_hours          DOUBLE   all hours
--   account_hours         DOUBLE   of them account management and sales; empty if no work type of any entry says so
--   account_share         DOUBLE   account hours / logged hours
--   senior_hours          DOUBLE   hours logged while of level 3, or an owner
--   senior_account_hours  DOUBLE   of them account management and sales; empty if no work type of any entry says so

with worked as (
    select labour.technician_key, labour.version_from, versions.level, versions.is_owner,
        is_senior(versions.level) or coalesce(versions.is_owner, false) as is_costly,
        sum(labour.hours) as hours, sum(labour.account_hours) as account_hours
    from core.fct_labour_monthly as labour
    left join core.dim_technician_versions as versions using (technician_key, version_from)
    where labour.month_start between $month_from and $month_to and labour.technician_key is not null
    group by labour.technician_key, labour.version_from, versions.level, versions.is_owner
),

summed as (
    select worked.technician_key, technicians.technician, sum(worked.hours) as hours,
        arg_max(worked.level, coalesce(worked.version_from, date '0001-01-01')) as level,
        arg_max(worked.is_owner, coalesce(worked.version_from, date '0001-01-01')) as is_owner,
        case when kinds.has_account_work then sum(worked.account_hours) end as account_hours,
        coalesce(sum(worked.hours) filter (where is_costly), 0) as senior_hours,
        case
            when kinds.has_account_work then coalesce(sum(worked.account_hours) filter (where is_costly), 0)
        end as senior_account_hours
    from worked
    inner join core.dim_technicians as technicians using (technician_key)
    cross join core.work_kinds as kinds
    group by worked.technician_key, technicians.technician, kinds.has_account_work
)

select technician_key, technician, level, is_owner, cast(hours as double) as logged_hours,
    cast(account_hours as double) as account_hours, share(account_hours, hours) as account_share,
    cast(senior_hours as double) as senior_hours, cast(senior_account_hours as double) as senior_account_hours
from summed
order by senior_account_hours desc nulls last, summed.account_hours desc nulls last, technician asc
