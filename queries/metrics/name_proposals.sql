-- name: metrics.name_proposals
-- purpose: Names that may mean one client or technician, side by side with what each stands for, for a person to judge.
-- grain: kind, name_key, other_key
-- columns:
--   kind           VARCHAR        client or technician
--   name_key       VARCHAR        key of the one name
--   name           VARCHAR        the one name as shown
--   other_key      VARCHAR        key of the other name
--   other_name     VARCHAR        the other name as shown
--   likeness       VARCHAR        what makes them look alike, in words
--   hours          DOUBLE         hours worked under the one name
--   other_hours    DOUBLE         hours worked under the other
--   revenue        DECIMAL(28,2)  revenue under the one name; empty for technicians
--   other_revenue  DECIMAL(28,2)  revenue under the other
--   active_from    DATE           first month of the one name
--   active_to      DATE           last month of the one name
--   other_from     DATE           first month of the other
--   other_to       DATE           last month of the other
--   is_listed      BOOLEAN        whether the clients or technicians file names the one
--   other_listed   BOOLEAN        whether it names the other

with worked as (
    select 'client' as kind, client_key as name_key, month_start, hours, 0 as revenue from core.fct_labour_monthly
    union all
    select 'technician' as kind, technician_key as name_key, month_start, hours, 0 as revenue
    from core.fct_labour_monthly
    union all
    select 'client' as kind, client_key as name_key, month_start, 0 as hours, revenue from core.fct_revenue_monthly
),

evidence as (
    select kind, name_key, cast(sum(hours) as double) as hours,
        case when kind = 'client' then cast(sum(revenue) as decimal(28, 2)) end as revenue,
        min(month_start) as active_from, max(month_start) as active_to
    from worked
    group by kind, name_key
),

listed as (
    select 'client' as kind, client_key as name_key from core.dim_clients where is_listed
    union all
    select 'technician' as kind, technician_key as name_key from core.dim_technician_versions group by technician_key
)

select pairs.kind, pairs.name_key, pairs.name, pairs.other_key, pairs.other_name, pairs.likeness,
    coalesce(one.hours, 0) as hours, coalesce(other.hours, 0) as other_hours, one.revenue,
    other.revenue as other_revenue, one.active_from, one.active_to, other.active_from as other_from,
    other.active_to as other_to, listed.name_key is not null as is_listed,
    listed_other.name_key is not null as other_listed
from core.similar_names as pairs
left join evidence as one on pairs.kind = one.kind and pairs.name_key = one.name_key
left join evidence as other on pairs.kind = other.kind and pairs.other_key = other.name_key
left join listed on pairs.kind = listed.kind and pairs.name_key = listed.name_key
left join listed as listed_other on pairs.kind = listed_other.kind and pairs.other_key = listed_other.name_key
order by pairs.kind asc, is_listed and other_listed asc, pairs.name asc, pairs.other_name asc
