-- name: metrics.technician_rates
-- purpose: What an hour of each technician costs on the terms that hold from each date.
-- grain: technician_key, version_from
-- columns:
--   technician_key  VARCHAR        key of the technician
--   technician      VARCHAR        shown name
--   version_from    DATE           first day of these terms; year 1 is since ever
--   is_service      BOOLEAN        delivers service
--   hourly_rate     DECIMAL(18,8)  hourly cost, else wage x (1 + burden) / (hours per week x 52), else the assumption
--   is_assumed      BOOLEAN        whether the rate is the assumption

with own as (
    select versions.technician_key, versions.technician, versions.version_from, versions.is_service,
        assumption.loaded_hourly_cost,
        coalesce(
            cast(versions.hourly_cost as double),
            versions.annual_wage * (1 + coalesce(versions.burden_pct, assumption.burden_pct))
            / nullif(coalesce(versions.hours_per_week, assumption.hours_per_week) * 52, 0)
        ) as own_rate
    from core.dim_technician_versions as versions
    cross join core.assumption as assumption
)

select technician_key, technician, version_from, is_service,
    cast(coalesce(own_rate, loaded_hourly_cost) as decimal(18, 8)) as hourly_rate, own_rate is null as is_assumed
from own
