-- name: metrics.masked_names
-- purpose: Every spelling of a client's, a group's or a technician's name, with its number in the order in which a file
--   hides it: by the first month with revenue or work, then by name, so that who comes later has a later number.
-- grain: kind, spelling
-- columns:
--   kind      VARCHAR  client or technician
--   spelling  VARCHAR  a spelling of the name
--   name      VARCHAR  the name as pages show it
--   number    BIGINT   its number; 0 is the MSP itself

with clients as (
    select clients.client_key, clients.client, clients.is_internal, row_number() over (
            partition by clients.is_internal
            order by first.first_revenue_month asc nulls last, clients.client_key asc
        ) as number
    from core.dim_clients as clients
    left join core.client_first_revenue as first using (client_key)
),

groups as (
    select parent, (select count(*) from clients) + row_number() over (order by parent asc) as number
    from (
        select distinct groups.parent from core.client_groups as groups
        anti join clients on groups.parent_key = clients.client_key
    ) as apart
),

technicians as (
    select technicians.technician_key, technicians.technician, row_number() over (
            order by first.month_start asc nulls last, technicians.technician_key asc
        ) as number
    from core.dim_technicians as technicians
    left join (
        select technician_key, min(month_start) as month_start from core.fct_labour_monthly group by technician_key
    ) as first using (technician_key)
),

known as (
    select 'client' as kind, client as spelling, client as name, if(is_internal, 0, number) as number from clients
    union all
    select 'client', parent, parent as name, number from groups
    union all
    select 'technician', technician, technician as name, number from technicians
    union all
    -- spellings that the user merged into another name
    select merged.kind, merged.name as spelling, merged.target as name, coalesce(clients.number, technicians.number)
    from metrics.merged_names as merged
    left join clients on merged.kind = 'client' and merged.target_key = clients.client_key
    left join technicians on merged.kind = 'technician' and merged.target_key = technicians.technician_key
    where merged.is_merged and coalesce(clients.number, technicians.number) is not null
)

select kind, spelling, min(name) as name, cast(min(number) as bigint) as number
from known
group by kind, spelling
order by kind asc, number asc, spelling asc
