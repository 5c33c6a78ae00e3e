-- name: staging.technician_versions
-- purpose: What held for each technician from when to when, without a gap: rate, contracted hours, employment.
-- grain: technician_key, version_from
-- columns:
--   technician_key  VARCHAR        key of the technician
--   technician      VARCHAR        shown name
--   version_from    DATE           first day on which these values hold; year 1 is since ever
--   version_until   DATE           the day after the last
--   level           VARCHAR        1, 2 or 3
--   role            VARCHAR        the job
--   is_owner        BOOLEAN        an owner of the MSP
--   is_service      BOOLEAN        delivers service; empty is yes
--   annual_wage     DECIMAL(18,4)  gross wage a year
--   burden_pct      DOUBLE         taxes and benefits as a share of the wage
--   hourly_cost     DECIMAL(18,4)  loaded cost of an hour
--   has_rate        BOOLEAN        whether the file gives an hourly cost or a wage for these days
--   hours_per_week  DOUBLE         contracted hours a week, as the file says
--   starts_on       DATE           first day of employment; empty is open
--   ends_on         DATE           last day of employment; empty is open

with dated as (
    select *, coalesce(valid_from, date '0001-01-01') as version_from from staging.technicians
),

listed as (
    -- two spellings of one person may still give the same date twice: the later row counts, a check lists the other
    select *
    from dated
    qualify row_number() over (
        partition by technician_key, version_from order by load_id desc, row_number desc
    ) = 1
),

earlier as (
    -- before its first date a technician has no rate, yet is employed on the same terms
    select * replace (
        date '0001-01-01' as version_from, null as annual_wage, null as burden_pct, null as hourly_cost
    )
    from (
        select * from listed qualify row_number() over (partition by technician_key order by version_from asc) = 1
    ) as first_versions
    where first_versions.version_from > date '0001-01-01'
),

versions as (
    select * from listed
    union all by name
    select * from earlier
)

select technician_key, technician, version_from,
    lead(version_from, 1, date '9999-12-31') over (
        partition by technician_key order by version_from asc
    ) as version_until,
    level, role, coalesce(is_owner, false) as is_owner, coalesce(is_service, true) as is_service,
    annual_wage, burden_pct, hourly_cost, coalesce(hourly_cost, annual_wage) is not null as has_rate,
    hours_per_week, starts_on, ends_on
from versions
