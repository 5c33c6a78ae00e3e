-- name: core.time_entry_span
-- purpose: From when to when there are time entries; ticket hours are the labour of the months before and after.
-- grain: one row
-- columns:
--   first_on     DATE  earliest day worked that isn't in the future; empty if there is none
--   last_on      DATE  latest such day
--   first_month  DATE  its month
--   last_month   DATE  its month

select min(worked_on) as first_on, max(worked_on) as last_on,
    cast(date_trunc('month', min(worked_on)) as date) as first_month,
    cast(date_trunc('month', max(worked_on)) as date) as last_month
from staging.time_entries
-- an entry of the future is a slip, and would silence the tickets of every month up to it
where worked_on <= current_date
