-- name: metrics.person_dependence
-- purpose: What would hang in the air if a technician left: the clients of whose hours each worked at least half over
--   the chosen months, their recurring revenue, and the categories that nobody else does; the most revenue first.
-- grain: technician
-- params: month_from DATE, month_to DATE
-- needs: time_entries|tickets
-- uses: invoice_lines
-- columns:
--   technician        VARCHAR        the technician
--   clients           BIGINT         clients of whose hours the technician worked at least half
--   exposed_mrr       DECIMAL(28,2)  their recurring revenue
--   exposed_of_all    DOUBLE         of all clients' recurring revenue
--   categories        BIGINT         categories of which the technician ended nearly all tickets
--   client_hours      DOUBLE         hours of these clients
--   own_hours         DOUBLE         of them the technician's
--   largest_client    VARCHAR        the client with the most recurring revenue, else hours, of them

with clients as (
    select * from metrics.client_dependence($month_from, $month_to)
),

held as (
    select top_technician as technician, count(*) as clients, sum(exposed_mrr) as exposed_mrr,
        sum(client_hours) as client_hours, sum(top_share * client_hours) as own_hours,
        first(client order by exposed_mrr desc nulls last, client_hours desc, client asc) as largest_client
    from clients
    where is_on_one
    group by top_technician
),

alone as (
    select top_technician as technician, count(*) as categories
    from metrics.category_dependence($month_from, $month_to)
    where is_on_one
    group by top_technician
)

select technician, coalesce(held.clients, 0) as clients, cast(held.exposed_mrr as decimal(28, 2)) as exposed_mrr,
    share(held.exposed_mrr, (select sum(every.mrr) from clients as every)) as exposed_of_all,
    coalesce(alone.categories, 0) as categories, held.client_hours, held.own_hours, held.largest_client
from held
full join alone using (technician)
order by held.exposed_mrr desc nulls last, clients desc, technician asc
