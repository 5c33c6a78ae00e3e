-- name: metrics.pricing_model_swings
-- purpose: How much a client's payment swings from month to month under each model as automation takes over more hours;
--   of all clients together, the one in the middle.
-- grain: automation_percent, model
-- params: month_from DATE, month_to DATE, client_key VARCHAR
-- needs: invoice_lines, time_entries|tickets
-- uses: technicians, clients, agreements, outcomes
-- columns:
--   automation_percent  BIGINT   share of today's hours that automation takes over, in whole per cent
--   model               VARCHAR  as in metrics.pricing_model_terms
--   swing               DOUBLE   standard deviation of a month's payment / its mean; empty under three months

with spread as (
    select client_key, model, avg(pays) as pays, avg(handed) as handed, var_samp(pays) as pays_spread,
        covar_samp(pays, handed) as both_spread, var_samp(handed) as handed_spread
    from metrics.pricing_model_months($month_from, $month_to)
    where coalesce(client_key = $client_key, has_hours)
    group by client_key, model
    having count(pays) >= 3 and sum(handed) + sum(pays) > 0
)

select steps.range as automation_percent, spread.model,
    -- the last digits of a spread depend on the order of its rows
    round(quantile_cont(share(
        sqrt(greatest(pays_spread - 2 * saved * both_spread + saved * saved * handed_spread, 0)),
        pays - saved * handed
    ), 0.5), 9) as swing
from spread
cross join (select range, range / 100 as saved from range(101)) as steps
group by steps.range, spread.model
