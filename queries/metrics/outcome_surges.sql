-- name: metrics.outcome_surges
-- purpose: How often a client's month takes more than three times its usual hours, how many hours beyond them, and what
--   that comes to: from the whole book, since one client has too few such months.
-- grain: one row
-- params: month_from DATE, month_to DATE
-- needs: invoice_lines, time_entries|tickets
-- uses: technicians, clients
-- columns:
--   clients        BIGINT         clients with six months that count and hours in the usual one
--   client_months  BIGINT         their months that count
--   surges         BIGINT         of them those above three times the client's median
--   surges_a_year  DOUBLE         surges of one client in a year: 12 x surges / client months
--   surge_hours    DOUBLE         hours of a surge beyond the client's median, on average; empty without any
--   surge_cost     DECIMAL(28,2)  the same at the clients' labour rates
--   load_a_month   DECIMAL(28,2)  what surges cost one client a month: surges a year x cost of one / 12
--   load_a_year    DECIMAL(28,2)  what they cost the whole book a year

with usual as (
    select client_key, hourly_rate, hours, list_median(hours) as median_hours
    from metrics.outcome_expectations($month_from, $month_to)
    where len(hours) >= 6
),

worked as (
    select client_key, hourly_rate, median_hours, unnest(hours) as hour from usual where median_hours > 0
),

counted as (
    select count(distinct client_key) as clients, count(*) as client_months,
        count(*) filter (where hour > 3 * median_hours) as surges,
        avg(hour - median_hours) filter (where hour > 3 * median_hours) as surge_hours,
        avg((hour - median_hours) * hourly_rate) filter (where hour > 3 * median_hours) as surge_cost
    from worked
)

select clients, client_months, surges, share(12 * surges, client_months) as surges_a_year, surge_hours,
    cast(surge_cost as decimal(28, 2)) as surge_cost,
    cast(share(surges * coalesce(surge_cost, 0), client_months) as decimal(28, 2)) as load_a_month,
    cast(share(12 * clients * surges * coalesce(surge_cost, 0), client_months) as decimal(28, 2)) as load_a_year
from counted
