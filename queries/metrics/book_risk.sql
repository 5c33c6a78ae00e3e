-- name: metrics.book_risk
-- purpose: How much risk the clients with a price bear together, against the sum of what each would carry alone.
-- grain: one row
-- params: month_from DATE, month_to DATE
-- needs: invoice_lines, time_entries|tickets
-- uses: technicians, clients, agreements, tickets, outcomes
-- columns:
--   clients            BIGINT         clients with a price
--   sum_of_risk_loads  DECIMAL(28,2)  what their prices carry for risk, for a year
--   pooled_risk_load   DECIMAL(28,2)  the same of a year of the whole book; empty under six months that most share
--   portfolio_effect   DOUBLE         1 - pooled / sum: the part that needn't be carried where all are priced together

select count(*) as clients, cast(sum(risk_load order by client_key asc) as decimal(28, 2)) as sum_of_risk_loads,
    cast(any_value(book_risk_load) as decimal(28, 2)) as pooled_risk_load,
    1 - share(any_value(book_risk_load), sum(risk_load order by client_key asc)) as portfolio_effect
from metrics.outcome_terms($month_from, $month_to)
where target_fee is not null
