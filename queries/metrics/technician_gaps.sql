-- name: metrics.technician_gaps
-- purpose: Months of the chosen ones in which hours of a technician are probably missing: far fewer than usual, and no
--   leave on file.
-- grain: technician_key, month_start
-- params: month_from DATE, month_to DATE
-- needs: time_entries|tickets
-- uses: technicians, time_off
-- columns:
--   technician_key  VARCHAR  key of the technician
--   technician      VARCHAR  the technician
--   month_start     DATE     the month
--   hours           DOUBLE   hours on file in it
--   usual_hours     DOUBLE   median of the technician's months with hours
--   hours_share     DOUBLE   hours / usual hours

select gaps.technician_key, technicians.technician, gaps.month_start, gaps.hours, gaps.usual_hours, gaps.hours_share
from core.technician_gaps as gaps
inner join core.dim_technicians as technicians using (technician_key)
where gaps.month_start between $month_from and $month_to
order by technicians.technician asc, gaps.month_start asc
