-- name: metrics.dependence
-- purpose: How much recurring revenue, and how many clients and categories, hang on one technician over the chosen
--   months.
-- grain: one row
-- params: month_from DATE, month_to DATE
-- needs: time_entries|tickets
-- uses: invoice_lines
-- columns:
--   clients            BIGINT         clients with hours
--   clients_judged     BIGINT         of them those with 40 hours or more; of fewer whose they are says little
--   has_whole_months   BOOLEAN        whether any month is complete for hours: without one nobody is judged
--   clients_on_one     BIGINT         of these those of whose hours one technician worked at least half
--   mrr                DECIMAL(28,2)  recurring revenue of clients with hours; empty without any
--   exposed_mrr        DECIMAL(28,2)  of it that of clients on one technician; this and its share are empty where none
--                                     has 40 hours
--   unjudged_share     DOUBLE         of it that of clients with fewer than 40 hours / all
--   exposed_share      DOUBLE         exposed / all
--   categories         BIGINT         categories of ten ended tickets or more
--   categories_on_one  BIGINT         of them those of which one technician ended nearly all
--   most_technician    VARCHAR        the technician on whom the most revenue hangs, else the most clients
--   most_clients       BIGINT         on how many clients
--   most_mrr           DECIMAL(28,2)  with how much recurring revenue

with clients as (
    select count(*) as clients, count(*) filter (where is_judged) as clients_judged,
        count(*) filter (where is_on_one) as clients_on_one, sum(mrr) as mrr,
        sum(exposed_mrr) filter (where is_judged) as exposed_mrr,
        coalesce(sum(mrr) filter (where not is_judged), 0) as unjudged_mrr
    from metrics.client_dependence($month_from, $month_to)
),

categories as (
    select count(*) filter (where tickets >= 10) as categories, count(*) filter (where is_on_one) as categories_on_one
    from metrics.category_dependence($month_from, $month_to)
),

most as (
    select * from metrics.person_dependence($month_from, $month_to) where clients > 0 limit 1
)

select clients.clients, clients.clients_judged, whole.has_whole_months, clients.clients_on_one,
    cast(case when clients.mrr > 0 then clients.mrr end as decimal(28, 2)) as mrr,
    cast(case when clients.mrr > 0 then clients.exposed_mrr end as decimal(28, 2)) as exposed_mrr,
    share(clients.unjudged_mrr, clients.mrr) as unjudged_share,
    share(clients.exposed_mrr, clients.mrr) as exposed_share, categories.categories, categories.categories_on_one,
    most.technician as most_technician, most.clients as most_clients, most.exposed_mrr as most_mrr
from clients
cross join categories
cross join (
    select coalesce(bool_or(is_complete_for_labour and has_labour), false) as has_whole_months from core.months
) as whole
left join most on true
