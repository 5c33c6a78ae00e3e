-- name: metrics.sla_credit_summary
-- purpose: What service credits would have cost over the chosen months, all clients together.
-- grain: one row
-- params: month_from DATE, month_to DATE
-- needs: tickets|outcomes, invoice_lines
-- uses: ticket_pauses, holidays, time_entries
-- columns:
--   clients            BIGINT         clients with a measure in these months
--   credited_clients   BIGINT         of them those given a credit; empty, as below, without a measure
--   chronic_clients    BIGINT         of them those with a chronic measure in some month
--   leaving_clients    BIGINT         of them those that could leave in their last month
--   kept_amount        DECIMAL(28,2)  credits given and not won back; empty without a measure
--   recurring_revenue  DECIMAL(28,2)  of the same clients and months
--   credit_share       DOUBLE         the credits / that revenue
--   own_terms          BIGINT         of the clients those with terms of their own written down
--   common_terms       BIGINT         those reckoned by the terms of all
--   assumed_terms      BIGINT         those reckoned by the assumptions, as no terms are written down
--   largest_client     VARCHAR        the client with most of them; empty where none is given
--   largest_amount     DECIMAL(28,2)  what it was given

select count(*) as clients,
    if(count(*) = 0, null, count(*) filter (where kept_amount > 0)) as credited_clients,
    if(count(*) = 0, null, count(*) filter (where chronic_months > 0)) as chronic_clients,
    if(count(*) = 0, null, count(*) filter (where may_leave_at_end)) as leaving_clients,
    cast(sum(kept_amount) as decimal(28, 2)) as kept_amount,
    cast(sum(recurring_revenue) as decimal(28, 2)) as recurring_revenue,
    share(sum(kept_amount), sum(recurring_revenue)) as credit_share,
    count(*) filter (where basis = 'own terms') as own_terms,
    count(*) filter (where basis = 'terms of all') as common_terms,
    count(*) filter (where basis = 'assumptions') as assumed_terms,
    max_by(credited.client, kept_amount) filter (where kept_amount > 0) as largest_client,
    cast(max(kept_amount) as decimal(28, 2)) as largest_amount
from metrics.sla_credit_clients($month_from, $month_to) as credited
left join metrics.contract_terms as terms using (client_key)
