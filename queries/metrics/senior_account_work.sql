-- name: metrics.senior_account_work
-- purpose: The people behind the third signal: level 3 and owners over the three months that close on a day, the most
--   account work first.
-- grain: technician_key
-- params: as_of DATE
-- needs: time_entries, technicians
-- columns:
--   technician_key        VARCHAR  key of the technician
--   technician            VARCHAR  the technician
--   level                 VARCHAR  level
--   is_owner              BOOLEAN  an owner
--   senior_hours          DOUBLE   hours logged while of level 3, or an owner
--   senior_account_hours  DOUBLE   of them account management and sales
--   senior_account_share  DOUBLE   of them / all of them

select roles.technician_key, roles.technician, roles.level, roles.is_owner, roles.senior_hours,
    roles.senior_account_hours, share(roles.senior_account_hours, roles.senior_hours) as senior_account_share
from metrics.signal_window($as_of) as span
cross join lateral (
    select found.* from metrics.role_conflation(span.three_from, span.closing_month) as found
) as roles
where roles.senior_hours > 0
order by roles.senior_account_hours desc nulls last, roles.technician asc
