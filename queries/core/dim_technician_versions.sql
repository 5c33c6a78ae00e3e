-- name: core.dim_technician_versions
-- purpose: What held for each technician from when to when: rate, contracted hours, employment.
-- grain: technician_key, version_from
-- columns:
--   technician_key  VARCHAR        key of the technician
--   technician      VARCHAR        shown name
--   version_from    DATE           first day on which these values hold; year 1 is since ever
--   version_until   DATE           the day after the last
--   level           VARCHAR        1, 2 or 3
--   role            VARCHAR        the job
--   is_owner        BOOLEAN        an owner of the MSP
--   is_service      BOOLEAN        delivers service
--   annual_wage     DECIMAL(18,4)  gross wage a year
--   burden_pct      DOUBLE         taxes and benefits as a share of the wage
--   hourly_cost     DECIMAL(18,4)  loaded cost of an hour
--   hours_per_week  DOUBLE         contracted hours a week, as the file says
--   starts_on       DATE           first day of employment; empty is open
--   ends_on         DATE           last day of employment; empty is open

select technician_key, technician, version_from, version_until, level, role, is_owner, is_service,
    annual_wage, burden_pct, hourly_cost, hours_per_week, starts_on, ends_on
from staging.technician_versions
