-- name: client_safe.demand_quarters
-- purpose: What the client asked of the desk in the quarter of the period and the seven before it, by its users of
--   today; the months that the tickets reach in each.
-- grain: quarter_start
-- params: client_key VARCHAR, month_to DATE
-- needs: tickets
-- uses: clients
-- columns:
--   quarter_start     DATE     first day of the quarter
--   months            BIGINT   months of it that the tickets speak of
--   first_month       DATE     the first of them; empty without any
--   last_month        DATE     the last of them
--   begins_on         DATE     the day of the first ticket, where its month lies in the quarter and is known in part
--   is_whole          BOOLEAN  whether these are all of the quarter
--   tickets           BIGINT   tickets opened in them; empty where there is no such month
--   incidents         BIGINT   of them incidents; empty where no ticket says its type
--   requests          BIGINT   of them requests; empty as those
--   planned           BIGINT   of them neither: alerts, changes, projects; empty as those
--   automated         BIGINT   of them those that automation resolved
--   users             DOUBLE   people served today
--   tickets_per_user  DOUBLE   tickets / users x months; empty where one of these is known in part

with opened as (
    select date_trunc('quarter', month_start) as quarter_start, cast(sum(tickets) as bigint) as tickets,
        cast(sum(incidents) as bigint) as incidents, cast(sum(requests) as bigint) as requests,
        cast(sum(tickets - incidents - requests) as bigint) as planned, cast(sum(automated) as bigint) as automated
    from core.opened_monthly
    cross join core.ticket_span as span
    where client_key = $client_key and month_start <= span.last_month
    group by date_trunc('quarter', month_start)
)

select quarters.quarter_start, quarters.months, quarters.first_month, quarters.last_month, quarters.begins_on,
    quarters.is_whole,
    case when quarters.months > 0 then coalesce(opened.tickets, 0) end as tickets,
    case when quarters.months > 0 and span.says_type then coalesce(opened.incidents, 0) end as incidents,
    case when quarters.months > 0 and span.says_type then coalesce(opened.requests, 0) end as requests,
    case when quarters.months > 0 and span.says_type then coalesce(opened.planned, 0) end as planned,
    case when quarters.months > 0 then coalesce(opened.automated, 0) end as automated, clients.users,
    case when quarters.begins_on is null then share(tickets, clients.users * quarters.months) end as tickets_per_user
from metrics.ticket_quarters(last_day($month_to)) as quarters
cross join core.ticket_span as span
inner join core.dim_clients as clients on clients.client_key = $client_key
left join opened using (quarter_start)
order by quarters.quarter_start asc
