-- name: checks.technician_months_with_far_fewer_hours_than_usual
-- purpose: Months in which a technician has far fewer hours than usual and no leave on file: some are probably missing.
-- grain: technician_key, month_start
-- columns:
--   technician      VARCHAR  who
--   month_start     DATE     the month
--   hours           DOUBLE   hours on file in it
--   usual_hours     DOUBLE   median of the technician's months with hours
--   technician_key  VARCHAR  key of the technician

select technicians.technician, gaps.month_start, gaps.hours, gaps.usual_hours, gaps.technician_key
from core.technician_gaps as gaps
inner join core.dim_technicians as technicians using (technician_key)
order by technicians.technician asc, gaps.month_start asc
