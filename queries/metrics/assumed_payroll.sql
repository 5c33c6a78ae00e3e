-- name: metrics.assumed_payroll
-- purpose: How much of the service payroll of the covered ones of the chosen months rests on the assumed rate, and of
--   how many people: nobody's pay was loaded for them.
-- grain: one row
-- params: month_from DATE, month_to DATE
-- needs: technicians
-- uses: invoice_lines, time_entries, tickets
-- columns:
--   assumed_payroll    DECIMAL(28,2)  rate x hours per week x 52 / 12, a part month by employed weekdays
--   assumed_people     BIGINT         technicians whose pay is assumed in any of the months
--   assumed_pay_share  DOUBLE         of the whole service payroll

with paid as (
    select months.technician_key, rates.is_assumed,
        month_of_pay(rates.hourly_rate, months.hours_per_week, months.employed_weekdays, months.weekdays) as pay
    from core.technician_months as months
    inner join metrics.technician_rates as rates using (technician_key, version_from)
    inner join core.covered_months as covered using (month_start)
    where months.is_service and months.employed_weekdays > 0 and months.month_start between $month_from and $month_to
)

select cast(coalesce(sum(pay) filter (where is_assumed), 0) as decimal(28, 2)) as assumed_payroll,
    count(distinct technician_key) filter (where is_assumed) as assumed_people,
    share(coalesce(sum(pay) filter (where is_assumed), 0), sum(pay)) as assumed_pay_share
from paid
