-- name: metrics.client_recurring_rates
-- purpose: What each client's recurring work brings and takes for a user and month, beside its tier's: made from the
--   sums of the tier's clients, this one included. Clients with known users and recurring revenue.
-- grain: client_key
-- params: month_from DATE, month_to DATE
-- needs: invoice_lines, clients
-- uses: time_entries, tickets, technicians, agreements
-- columns:
--   client_key        VARCHAR  key of the client
--   service_tier      VARCHAR  its tier; (no tier) without one
--   clients_in_tier   BIGINT   such clients of the tier
--   user_months       DOUBLE   users x covered months with revenue or client hours
--   hours             DOUBLE   managed hours
--   price             DOUBLE   recurring revenue for a user and month
--   tools             DOUBLE   its direct cost
--   effort            DOUBLE   managed hours for a user and month; empty if no labour is loaded at all
--   rate              DOUBLE   labour cost of a managed hour
--   labour            DOUBLE   labour cost for a user and month
--   demand            DOUBLE   tickets that people handled, opened in those months, for a user and month
--   handling          DOUBLE   managed hours for each of these tickets
--   tier_price        DOUBLE   the tier's, and so below
--   tier_tools        DOUBLE   direct cost for a user and month
--   tier_effort       DOUBLE   hours for a user and month
--   tier_rate         DOUBLE   labour cost of an hour
--   tier_labour       DOUBLE   labour cost for a user and month
--   tier_demand       DOUBLE   tickets for a user and month
--   tier_handling     DOUBLE   hours for each ticket

with served as (
    select months.client_key, sum(months.user_months) as user_months, coalesce(sum(desk.opened), 0) as tickets
    from metrics.client_user_months as months
    left join core.desk_monthly as desk using (client_key, month_start)
    where months.month_start between $month_from and $month_to
    group by months.client_key
    having sum(months.user_months) > 0
),

sums as (
    select served.client_key, tiers.service_tier, served.user_months, served.tickets,
        -- exact, so that a tier's sum hangs on no order of its clients
        scope.recurring, scope.tools, scope.hours, scope.labour
    from served
    inner join metrics.recurring_scope($month_from, $month_to) as scope using (client_key)
    inner join metrics.client_tiers($month_to) as tiers using (client_key)
    where scope.recurring > 0
)

select client_key, service_tier, count(*) over tier as clients_in_tier, user_months, cast(hours as double) as hours,
    share(recurring, user_months) as price, share(tools, user_months) as tools, share(hours, user_months) as effort,
    share(labour, hours) as rate, share(labour, user_months) as labour, share(tickets, user_months) as demand,
    share(hours, tickets) as handling,
    share(sum(recurring) over tier, sum(user_months) over tier) as tier_price,
    share(sum(tools) over tier, sum(user_months) over tier) as tier_tools,
    share(sum(hours) over tier, sum(user_months) over tier) as tier_effort,
    share(sum(labour) over tier, sum(hours) over tier) as tier_rate,
    share(sum(labour) over tier, sum(user_months) over tier) as tier_labour,
    share(sum(tickets) over tier, sum(user_months) over tier) as tier_demand,
    share(sum(hours) over tier, sum(tickets) over tier) as tier_handling
from sums
window tier as (partition by service_tier)
