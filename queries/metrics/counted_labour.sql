-- name: metrics.counted_labour
-- purpose: The work that a number counts over some months, and what each piece adds to its parts; without a name all
--   work, and its hours for clients.
-- grain: entity, load_id, row_number, share
-- params: month_from DATE, month_to DATE, subset VARCHAR
-- needs: time_entries|tickets
-- uses: technicians, invoice_lines
-- columns:
--   entity      VARCHAR        time_entries, or tickets in the months before and after them
--   load_id     INTEGER        the load that brought the row
--   row_number  BIGINT         the row's place in its file
--   share       BIGINT         which of a ticket's technicians, from 1
--   whole       DECIMAL(28,9)  what it adds to what is counted
--   part        DECIMAL(28,9)  what it adds to the part that is told of it

with billed as (
    select distinct revenue.client_key
    from core.fct_revenue_monthly as revenue
    inner join core.covered_months as covered using (month_start)
    where revenue.month_start between $month_from and $month_to
),

levels as (
    select distinct category, usual_rank from metrics.category_levels($month_from, $month_to) where $subset = 'levels'
),

labour as (
    select labour.*, coalesce(owners.is_owner, false) as is_by_owner, covered.month_start is not null as is_covered,
        is_senior(owners.level) or coalesce(owners.is_owner, false) as is_costly,
        coalesce(rates.is_assumed, true) as is_assumed, billed.client_key is null as is_unbilled,
        level_rank(owners.level) as own_rank, levels.usual_rank
    from core.fct_labour as labour
    left join metrics.technician_rates as rates
        on labour.technician_key = rates.technician_key and labour.version_from = rates.version_from
    left join billed on labour.client_key = billed.client_key
    left join core.dim_technician_versions as owners
        on labour.technician_key = owners.technician_key and labour.version_from = owners.version_from
    left join levels on labour.category = levels.category
    left join core.covered_months as covered on labour.month_start = covered.month_start
    where labour.month_start between $month_from and $month_to
)

select entity, load_id, row_number, share, cast(if(is_internal, 0, hours) as decimal(28, 9)) as whole,
    cast(0 as decimal(28, 9)) as part
from labour where $subset is null
union all
select entity, load_id, row_number, share, hours, 0 from labour
where $subset in ('clients', 'cost') and is_covered and not is_internal
union all
select entity, load_id, row_number, share, hours, if(is_out_of_scope, hours, 0) from labour
where $subset = 'stated' and is_stated and not is_internal
union all
select entity, load_id, row_number, share, hours, 0 from labour
where $subset = 'out_of_scope' and is_stated and is_out_of_scope and not is_internal
union all
select entity, load_id, row_number, share, hours, if(is_by_owner, hours, 0) from labour
where $subset = 'owner' and not is_internal
union all
select entity, load_id, row_number, share, hours, if(is_assumed, hours, 0) from labour
where $subset = 'assumed' and is_covered and not is_internal
union all
select entity, load_id, row_number, share, hours, if(is_unbilled, hours, 0) from labour
where $subset = 'unbilled' and is_covered and not is_internal
union all
select entity, load_id, row_number, share, hours, if(is_account, hours, 0) from labour
where $subset = 'senior' and is_costly and technician_key is not null
union all
select entity, load_id, row_number, share, hours, if(own_rank > usual_rank, hours, 0) from labour
where $subset = 'levels' and usual_rank is not null and own_rank is not null and not is_internal and not is_account
union all
select labour.entity, labour.load_id, labour.row_number, labour.share,
    cast(price_by_the_hour(labour.hours, assumption.bill_rate) as decimal(28, 9)),
    cast(labour.billed_amount as decimal(28, 9))
from labour cross join core.assumption as assumption
where $subset = 'billed' and labour.billed_amount is not null
