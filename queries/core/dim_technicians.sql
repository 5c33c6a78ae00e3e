-- name: core.dim_technicians
-- purpose: Every technician that any file names.
-- grain: technician_key
-- columns:
--   technician_key  VARCHAR  key of the technician
--   technician      VARCHAR  shown name
--   is_listed       BOOLEAN  whether the technicians file names them

select names.technician_key, any_value(names.technician) as technician,
    names.technician_key in (select versions.technician_key from staging.technician_versions as versions) as is_listed
from staging.technician_names as names
group by names.technician_key
