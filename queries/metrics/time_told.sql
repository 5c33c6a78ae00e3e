-- name: metrics.time_told
-- purpose: How much of the time at work is written down in the chosen months: by the technicians file, or where no
--   file lists them against the assumed contract.
-- grain: one row
-- params: month_from DATE, month_to DATE
-- needs: time_entries|tickets
-- uses: technicians
-- columns:
--   time_capture        DOUBLE  hours logged / net hours of the technicians; empty without their file
--   hours_a_technician  DOUBLE  hours on file for each technician and covered month, of those that no file lists
--   assumed_capture     DOUBLE  of the contracted hours that are assumed
--   is_legible          BOOLEAN whether so much is written down that margins can be scored; where time entries stand
--                               without a technicians file nobody knows of more

with named as (
    select labour.technician_key, labour.month_start, sum(labour.hours) as hours
    from core.fct_labour_monthly as labour
    inner join core.covered_months as months using (month_start)
    where labour.technician_key is not null and labour.version_from is null
        and labour.month_start between $month_from and $month_to
    group by labour.technician_key, labour.month_start
),

capture as (
    select time_capture from metrics.utilisation($month_from, $month_to)
),

told as (
    select share(sum(hours), count(*)) as hours_a_technician
    from named
)

select capture.time_capture, told.hours_a_technician,
    share(told.hours_a_technician, assumption.hours_per_week * 52 / 12) as assumed_capture,
    coalesce(
        coalesce(capture.time_capture, case when span.labour_basis = 'tickets' then assumed_capture end) >= bounds.low,
        true
    ) as is_legible
from capture
cross join told
cross join core.assumption as assumption
cross join core.data_span as span
inner join core.benchmark as bounds on bounds.number = 'scored_time_capture'
