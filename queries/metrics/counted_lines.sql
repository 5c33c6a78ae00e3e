-- name: metrics.counted_lines
-- purpose: The invoice lines that a number counts over some months, with what each brings and costs in those of them
--   that it counts; without a name all lines.
-- grain: load_id, row_number
-- params: month_from DATE, month_to DATE, subset VARCHAR
-- needs: invoice_lines
-- uses: time_entries, tickets, clients
-- columns:
--   load_id      INTEGER        the load that brought the row
--   row_number   BIGINT         the row's place in its file
--   revenue      DECIMAL(28,4)  what the line brings in these months
--   direct_cost  DECIMAL(28,4)  tools and third-party cost of these months

with runs as (
    -- margins, and what is judged with them, count the covered months, which need not follow one another
    select min(month_start) as month_from, max(month_start) as month_to
    from (
        select month_start,
            months_in($month_from, month_start) - row_number() over (order by month_start asc) as run
        from core.covered_months
        where month_start between $month_from and $month_to
    ) as covered
    where $subset in ('clients', 'cost', 'covered_recurring', 'covered_classed')
    group by run
    union all
    select if($subset = 'mrr', $month_to, $month_from), $month_to
    where coalesce($subset, '') not in ('clients', 'cost', 'covered_recurring', 'covered_classed')
),

placed as (
    select lines.load_id, lines.row_number, lines.service_months,
        cast(cast(lines.amount as decimal(38, 4)) * 10000 as hugeint) as units,
        cast(cast(lines.direct_cost as decimal(38, 4)) * 10000 as hugeint) as cost_units,
        greatest(0, date_diff('month', lines.first_month, runs.month_from)) as after_place,
        least(lines.service_months, months_in(lines.first_month, runs.month_to)) as to_place
    from core.fct_invoice_lines as lines
    inner join runs on lines.first_month <= runs.month_to
    left join core.repeated_lines as repeated using (load_id, row_number)
    left join core.dim_clients as clients using (client_key)
    where ($subset is null or not lines.is_internal)
        -- nobody knows what a credit without a class takes off
        and (
            coalesce($subset, '') not in ('recurring', 'one_off', 'without_products')
            or lines.revenue_class != 'unclassified' or lines.amount >= 0
        )
        and case coalesce($subset, '')
            when 'without_products' then lines.revenue_class != 'product'
            when 'covered_recurring' then lines.revenue_class != 'unclassified'
            when 'mrr' then lines.revenue_class in ('managed', 'other_recurring') and not lines.is_credit
                and repeated.load_id is null and coalesce($month_to <= clients.ends_on, true)
            else true
        end
)

select load_id, row_number,
    cast(cast(sum(sign(units) * (spread_until(units, to_place, service_months)
        - spread_until(units, after_place, service_months))) as decimal(28, 0)) * 0.0001 as decimal(28, 4)) as revenue,
    cast(cast(sum(sign(cost_units) * (spread_until(cost_units, to_place, service_months)
        - spread_until(cost_units, after_place, service_months))) as decimal(28, 0)) * 0.0001 as decimal(28, 4))
        as direct_cost
from placed
where to_place > after_place
group by load_id, row_number
