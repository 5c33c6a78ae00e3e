-- name: metrics.revenue_by_client
-- purpose: All revenue on file of each client by class, not rounded, with its group and since when it pays; the most
--   first.
-- grain: client_key
-- needs: invoice_lines
-- uses: clients
-- columns:
--   client_key       VARCHAR        key of the client
--   client           VARCHAR        the client
--   parent           VARCHAR        the group it belongs to, its own name where it has none
--   service_tier     VARCHAR        tier in the clients file
--   since            DATE           first month of revenue on file; earlier is unknown
--   managed          DECIMAL(28,4)  of managed services
--   other_recurring  DECIMAL(28,4)  of other recurring services
--   project          DECIMAL(28,4)  of projects
--   by_the_hour      DECIMAL(28,4)  of work billed by the hour
--   product          DECIMAL(28,4)  of products
--   unclassified     DECIMAL(28,4)  of lines without a class, credits taken off
--   revenue          DECIMAL(28,4)  all of them

with clients as (
    select client_key, sum(revenue) as revenue, sum(managed) as managed,
        sum(other_recurring) as other_recurring, sum(project) as project, sum(by_the_hour) as by_the_hour,
        sum(product) as product, sum(unclassified + stray_credits) as unclassified
    from metrics.revenue_class_months
    group by client_key
)

select clients.client_key, named.client, named.parent, named.service_tier, first.first_revenue_month as since,
    cast(managed as decimal(28, 4)) as managed, cast(other_recurring as decimal(28, 4)) as other_recurring,
    cast(project as decimal(28, 4)) as project, cast(by_the_hour as decimal(28, 4)) as by_the_hour,
    cast(product as decimal(28, 4)) as product, cast(unclassified as decimal(28, 4)) as unclassified,
    cast(revenue as decimal(28, 4)) as revenue
from clients
inner join core.dim_clients as named using (client_key)
left join core.client_first_revenue as first using (client_key)
order by clients.revenue desc, named.client asc
