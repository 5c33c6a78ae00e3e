-- name: metrics.key_person
-- purpose: How far each client's work hangs on few technicians over the chosen months.
-- grain: client_key
-- params: month_from DATE, month_to DATE
-- needs: time_entries|tickets
-- columns:
--   client_key      VARCHAR  key of the client
--   client          VARCHAR  the client
--   client_hours    DOUBLE   hours in the months
--   technicians     BIGINT   technicians who worked for it
--   bus_factor      BIGINT   fewest technicians who hold at least half of the hours; empty if the named ones never do
--   top_technician  VARCHAR  the one with the most hours
--   top_share       DOUBLE   that technician's share of all hours

with worked as (
    select labour.client_key, labour.technician_key, technicians.technician, sum(labour.hours) as hours
    from core.fct_labour_monthly as labour
    left join core.dim_technicians as technicians using (technician_key)
    where not labour.is_internal and labour.month_start between $month_from and $month_to
    group by labour.client_key, labour.technician_key, technicians.technician
),

totals as (
    select client_key, sum(hours) as total_hours from worked group by client_key
),

ranked as (
    select client_key, technician, hours,
        row_number() over by_hours as place, sum(hours) over by_hours as held
    from worked
    where technician_key is not null
    window by_hours as (
        partition by client_key order by hours desc, technician asc rows between unbounded preceding and current row
    )
)

select totals.client_key, clients.client, cast(totals.total_hours as double) as client_hours,
    count(ranked.place) as technicians,
    min(ranked.place) filter (where ranked.held * 2 >= totals.total_hours and totals.total_hours > 0) as bus_factor,
    arg_min(ranked.technician, ranked.place) as top_technician,
    share(max(ranked.hours), totals.total_hours) as top_share
from totals
inner join core.dim_clients as clients using (client_key)
left join ranked using (client_key)
group by totals.client_key, clients.client, totals.total_hours
order by top_share desc nulls last, clients.client asc
