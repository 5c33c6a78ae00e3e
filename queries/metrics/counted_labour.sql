-- name: metrics.counted_labour
-- purpose: The work that a number counts over some months, and what each piece adds to its parts; without a name all.
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
    select distinct found.category, found.usual_rank, cast(costs.hourly_cost as decimal(18, 8)) as hourly_cost
    from metrics.category_levels($month_from, $month_to) as found
    left join metrics.level_costs($month_from, $month_to) as costs on found.usual_rank = costs.level_rank
    where $subset in ('levels', 'above')
),

leaders as (
    select client_key, top_technician from metrics.key_person($month_from, $month_to) where $subset = 'top'
),

labour as (
    select labour.*, coalesce(owners.is_owner, false) as is_by_owner,
        is_senior(owners.level) or coalesce(owners.is_owner, false) as is_costly,
        coalesce(rates.is_assumed, true) as is_assumed, billed.client_key is null as is_unbilled,
        covered.month_start is not null and not labour.is_internal as is_counted,
        level_rank(owners.level) as own_rank, levels.usual_rank, rates.hourly_rate - levels.hourly_cost as costs_more,
        people.technician = leaders.top_technician as is_top, assumption.bill_rate,
        levels.usual_rank + level_rank(owners.level) is not null and not labour.is_internal and not labour.is_account
            as is_of_level
    from core.fct_labour as labour
    left join metrics.technician_rates as rates
        on labour.technician_key = rates.technician_key and labour.version_from = rates.version_from
    left join billed on labour.client_key = billed.client_key
    left join core.dim_technician_versions as owners
        on labour.technician_key = owners.technician_key and labour.version_from = owners.version_from
    left join levels on labour.category = levels.category
    left join leaders on labour.client_key = leaders.client_key
    left join core.dim_technicians as people on labour.technician_key = people.technician_key
    left join core.covered_months as covered on labour.month_start = covered.month_start
    cross join core.assumption as assumption
    where labour.month_start between $month_from and $month_to
)

select entity, load_id, row_number, share,
    cast(case coalesce($subset, '')
        when '' then if(is_internal, 0, hours) when 'billed' then price_by_the_hour(hours, bill_rate) else hours
    end as decimal(28, 9)) as whole,
    cast(case
        when $subset = 'above' then hours * costs_more when $subset = 'billed' then billed_amount
        when case $subset
            when 'stated' then is_out_of_scope when 'owner' then is_by_owner when 'assumed' then is_assumed
            when 'unbilled' then is_unbilled when 'senior' then is_account when 'levels' then own_rank > usual_rank
            when 'top' then is_top
        end then hours else 0
    end as decimal(28, 9)) as part
from labour
where case coalesce($subset, '')
        when '' then true when 'stated' then is_stated and not is_internal
        when 'out_of_scope' then is_stated and is_out_of_scope and not is_internal
        when 'senior' then is_costly and technician_key is not null when 'billed' then billed_amount is not null
        when 'levels' then is_of_level when 'above' then is_of_level and own_rank > usual_rank
        when 'owner' then not is_internal when 'top' then not is_internal else is_counted
    end
