-- name: staging.technicians
-- purpose: Technicians as their file lists them, one row for each date from which the values hold.
-- grain: load_id, row_number
-- columns:
--   technician      VARCHAR        the technician's name
--   valid_from      DATE           from when these values hold; empty is since ever
--   level           VARCHAR        1, 2 or 3
--   role            VARCHAR        the job
--   is_owner        BOOLEAN        an owner of the MSP
--   is_service      BOOLEAN        delivers service (empty is yes)
--   annual_wage     DECIMAL(18,4)  gross wage a year
--   burden_pct      DOUBLE         taxes and benefits on top of the wage, as a share of it (25 is 0.25)
--   hourly_cost     DECIMAL(18,4)  loaded cost of an hour
--   hours_per_week  DOUBLE         contracted hours a week
--   starts_on       DATE           first day of employment
--   ends_on         DATE           last day of employment
--   technician_key  VARCHAR        key of the technician
--   load_id         INTEGER        the load that brought the row
--   row_number      BIGINT         the row's place in its file

select
    technician_names.technician, technicians.valid_from, technicians.level, technicians.role,
    technicians.is_owner, technicians.is_service, technicians.annual_wage,
    case when technicians.burden_pct > 1.5 then technicians.burden_pct / 100 else technicians.burden_pct end
        as burden_pct,
    technicians.hourly_cost, technicians.hours_per_week, technicians.starts_on, technicians.ends_on,
    technician_names.technician_key, technicians.load_id, technicians.row_number
from raw.technicians as technicians
left join staging.technician_names as technician_names on technicians.technician = technician_names.raw_technician
anti join raw.unused_rows as unused
    on unused.entity = 'technicians'
    and technicians.load_id = unused.load_id
    and technicians.row_number = unused.row_number
