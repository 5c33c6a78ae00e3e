-- name: metrics.outcome_terms
-- purpose: What each client's work would cost, risk and be worth for an outcome, from its own history; not yet rounded.
-- grain: client_key
-- params: month_from DATE, month_to DATE
-- needs: invoice_lines, time_entries|tickets
-- uses: technicians, clients, agreements, outcomes
-- columns:
--   client_key             VARCHAR  key of the client
--   client                 VARCHAR  the client
--   users                  DOUBLE   people served
--   endpoints              DOUBLE   devices served
--   months                 BIGINT   months that count
--   credibility            DOUBLE   weight of its own history
--   expected_annual_hours  DOUBLE   hours to expect in a year
--   p80_annual_hours       DOUBLE   hours of a year at the risk percentile
--   expected_cost          DOUBLE   expected hours at their rate and tools, for a year
--   risk_load              DOUBLE   what the hours at the risk percentile cost beyond the expected ones, at least 0
--   book_risk_load         DOUBLE   the same of all clients with a price together
--   expected_credit_pct    DOUBLE   share of its fee given back
--   is_measured            BOOLEAN  whether any service level can be measured
--   has_termination_right  BOOLEAN  whether it could have left in the last of the months
--   target_fee             DOUBLE   what carries cost, risk, credits and the target margin, a month
--   ceiling_fee            DOUBLE   what it pays today with its swings, a month
--   current_fee            DOUBLE   mean recurring revenue of the last three of the months, from its first bill on
--   annual_tools_cost      DOUBLE   direct cost of the recurring classes, for a year
--   annual_current_cost    DOUBLE   that and the cost of the managed hours, for a year
--   verdict                VARCHAR  ready, fix_first or not_on_this_data

with years as (
    from metrics.outcome_years($month_from, $month_to)
),

expected as (
    select clients.*, years.months, years.credibility, years.expected_annual_hours,
        years.expected_annual_hours * coalesce(share(years.year_at_risk, years.year_mean), 1) as p80_annual_hours,
        case when years.credibility is not null then coalesce(years.expected_credit_pct, 0) end as expected_credit_pct,
        years.expected_credit_pct is not null as is_measured,
        coalesce(years.has_termination_right, false) as has_termination_right,
        years.expected_annual_hours * clients.hourly_rate + clients.annual_tools_cost as expected_cost,
        book.year_at_risk - book.year_mean as book_risk_load
    from metrics.outcome_clients($month_from, $month_to) as clients
    inner join years using (client_key)
    left join years as book on book.client_key is null
),

loaded as (
    select expected.*, assumption.target_gross_margin as target_margin,
        case
            when p80_annual_hours is not null
                then greatest((p80_annual_hours - expected_annual_hours) * hourly_rate, 0)
        end as risk_load
    from expected
    cross join core.assumption as assumption
)

select client_key, client, users, endpoints, months, credibility, expected_annual_hours, p80_annual_hours,
    expected_cost, risk_load, book_risk_load, expected_credit_pct, is_measured, has_termination_right,
    outcome_fee(expected_cost, risk_load, target_margin, expected_credit_pct) / 12 as target_fee,
    ceiling_fee, current_fee, annual_tools_cost, annual_current_cost,
    case
        when credibility is null then 'not_on_this_data'
        when coalesce(ceiling_fee < target_fee, true) or has_termination_right then 'fix_first'
        else 'ready'
    end as verdict
from loaded
