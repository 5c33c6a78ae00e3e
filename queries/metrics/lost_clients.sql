-- name: metrics.lost_clients
-- purpose: Clients whose recurring revenue ended in the chosen months and that have none in the last of them, with what
--   they last paid.
-- grain: client_key
-- params: month_from DATE, month_to DATE
-- needs: invoice_lines
-- uses: clients
-- columns:
--   client_key      VARCHAR        key of the client
--   client          VARCHAR        the client
--   last_month      DATE           its last month with recurring revenue
--   last_mrr        DECIMAL(28,2)  recurring revenue in it
--   last_mrr_year   DECIMAL(28,2)  twelve times that
--   opening_mrr     DECIMAL(28,2)  recurring revenue in the month before the chosen ones; empty without any
--   place           BIGINT         its place by that among all clients, from the largest; empty without any
--   months_on_file  BIGINT         months with recurring revenue
--   ends_on         DATE           its end in the clients file
--   may_be          VARCHAR        whose bills go on where its own stop: perhaps the same client, which is asked

with until as (
    select least($month_to, last_invoice_month) as month_start from core.data_span
),

paying as (
    select recurring.client_key, recurring.month_start, recurring.mrr
    from core.recurring_monthly as recurring
    inner join until on recurring.month_start <= until.month_start
    where recurring.mrr > 0
),

opening as (
    select client_key, mrr, row_number() over (order by mrr desc, client_key asc) as place
    from paying
    where month_start = $month_from - interval 1 month
),

latest as (
    select client_key, max(month_start) as last_month, arg_max(mrr, month_start) as mrr, count(*) as months
    from paying
    group by client_key
)

select latest.client_key, clients.client, latest.last_month, cast(latest.mrr as decimal(28, 2)) as last_mrr,
    cast(12 * latest.mrr as decimal(28, 2)) as last_mrr_year, cast(opening.mrr as decimal(28, 2)) as opening_mrr,
    opening.place, latest.months as months_on_file, clients.ends_on,
    others.client as may_be
from latest
inner join until on latest.last_month < until.month_start
inner join core.dim_clients as clients using (client_key)
left join opening using (client_key)
left join core.handovers as handed on latest.client_key = handed.gone_key
left join core.dim_clients as others on handed.came_key = others.client_key
where latest.last_month >= $month_from - interval 1 month
order by latest.mrr desc, clients.client asc
