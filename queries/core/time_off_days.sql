-- name: core.time_off_days
-- purpose: Hours that each technician is away on each day, before the day's capacity caps them.
-- grain: technician_key, day
-- columns:
--   technician_key  VARCHAR        key of the technician
--   day             DATE           the day
--   hours           DECIMAL(28,9)  hours away as stated, 0 where no row states any
--   is_full_day     BOOLEAN        whether a row states no hours, which is the full day

select technician_key, day, cast(coalesce(sum(hours), 0) as decimal(28, 9)) as hours,
    -- a day off entered with 0 hours is a day off
    bool_or(coalesce(hours, 0) = 0) as is_full_day
from staging.time_off
-- where holidays are loaded or assumed they say which days are holidays, for everybody
where not (coalesce(keyword(kind), '') = 'holiday' and exists (select 1 from core.holidays))
group by technician_key, day
