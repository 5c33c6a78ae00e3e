-- name: core.holidays
-- purpose: The days that count as holidays: those of the loaded lists, else those of the assumed country, else none.
-- grain: day
-- columns:
--   day         DATE     the day
--   is_assumed  BOOLEAN  whether it is a public holiday of the assumed country, which no file lists

select distinct day, false as is_assumed
from staging.holidays
union all
select distinct assumed.day, true as is_assumed
from core.assumed_holidays as assumed
cross join core.assumption as assumption
where assumption.holiday_country is not null and not exists (select 1 from staging.holidays)
