-- name: metrics.behind_capacity
-- purpose: The months of technicians that utilisation is made of, with what was contracted, what leave and holidays
--   took of it, and what was logged; of the months that are complete for labour.
-- grain: technician_key, month_start
-- params: month_from DATE, month_to DATE, technician VARCHAR, subset VARCHAR, at_most BIGINT
-- needs: time_entries|tickets, technicians
-- uses: time_off, holidays
-- columns:
--   technician_key  VARCHAR        key of the technician
--   technician      VARCHAR        the technician
--   month_start     DATE           the month
--   gross_hours     DECIMAL(28,9)  employed weekdays x hours per week / 5
--   off_hours       DECIMAL(28,9)  of them time off and holidays
--   net_hours       DECIMAL(28,9)  what is left
--   logged_hours    DECIMAL(28,9)  all hours on file
--   client_hours    DECIMAL(28,9)  of them not internal
--   billable_hours  DECIMAL(28,9)  covered by an agreement or billable; empty where no entry says how it is covered
--   rows_in_all     BIGINT         months behind the number, however many are shown
--   whole_in_all    DECIMAL(38,9)  their net hours, or the contracted ones
--   part_in_all     DECIMAL(38,9)  their client hours, or those logged or billable

with months as (
    select *, cast(gross_hours - net_hours as decimal(28, 9)) as off_hours,
        sum(gross_hours) over (partition by technician_key) as capacity,
        if(coalesce($subset, '') = 'gross', gross_hours, net_hours) as whole,
        case $subset when 'logged' then logged_hours when 'billable' then billable_hours else client_hours end as part
    from metrics.utilisation_months
    where month_start between $month_from and $month_to and is_known
        and ($technician is null or technician = $technician)
)

select technician_key, technician, month_start, gross_hours, off_hours, net_hours, logged_hours, client_hours,
    billable_hours, count(*) over () as rows_in_all, cast(sum(whole) over () as decimal(38, 9)) as whole_in_all,
    cast(sum(part) over () as decimal(38, 9)) as part_in_all
from months
where capacity > 0 or $technician is not null
order by month_start asc, technician asc
limit $at_most
