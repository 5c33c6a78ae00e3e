-- name: metrics.behind_invoice_lines
-- purpose: The invoice lines that revenue and direct cost of some months are made of, or that one number counts,
--   with their share in those months.
-- grain: load_id, row_number
-- params: month_from DATE, month_to DATE, client VARCHAR, subset VARCHAR, at_most BIGINT
-- needs: invoice_lines
-- columns:
--   load_id         INTEGER        the load that brought the row
--   row_number      BIGINT         the row's place in its file
--   client          VARCHAR        the client
--   revenue         DECIMAL(28,4)  what the line brings in these months
--   direct_cost     DECIMAL(28,4)  tools and third-party cost of these months
--   invoiced_on     DATE           date of the invoice
--   invoice_number  VARCHAR        the invoice's number
--   item            VARCHAR        what was sold
--   revenue_class   VARCHAR        managed, other_recurring, project, tm, product or unclassified
--   amount          DECIMAL(18,4)  the whole line, net of tax
--   service_months  BIGINT         months over which it is spread
--   first_month     DATE           the first of them
--   is_internal     BOOLEAN        billed to the MSP itself, so no client's
--   file_name       VARCHAR        the file
--   rows_in_all     BIGINT         lines behind the numbers, however many are shown
--   whole_in_all    DECIMAL(38,9)  their revenue in these months, without those billed to the MSP itself
--   part_in_all     DECIMAL(38,9)  the part of it that the number tells, or their cost

with placed as (
    select lines.*, cast(cast(lines.amount as decimal(38, 4)) * 10000 as hugeint) as units,
        cast(cast(lines.direct_cost as decimal(38, 4)) * 10000 as hugeint) as cost_units,
        greatest(0, date_diff('month', lines.first_month, $month_from)) as after_place,
        least(lines.service_months, months_in(lines.first_month, $month_to)) as to_place
    from core.fct_invoice_lines as lines
),

parts as (
    select *,
        sign(units) * (spread_until(units, to_place, service_months)
            - spread_until(units, after_place, service_months)) as revenue_units,
        sign(cost_units) * (spread_until(cost_units, to_place, service_months)
            - spread_until(cost_units, after_place, service_months)) as direct_units
    from placed
    where to_place > after_place
),

told as (
    select parts.*, clients.client, loads.file_name,
        cast(cast(parts.revenue_units as decimal(28, 0)) * 0.0001 as decimal(28, 4)) as revenue,
        cast(cast(parts.direct_units as decimal(28, 0)) * 0.0001 as decimal(28, 4)) as cost_in_months
    from parts
    left join core.dim_clients as clients using (client_key)
    left join raw.loads as loads using (load_id)
    where ($client is null or clients.client = $client)
        and ($subset is null or not parts.is_internal)
        and (coalesce($subset, '') != 'without_products' or parts.revenue_class != 'product')
)

select load_id, row_number, client, revenue, cost_in_months as direct_cost, invoiced_on, invoice_number, item,
    revenue_class, amount, service_months, first_month, is_internal, file_name, count(*) over () as rows_in_all,
    cast(coalesce(sum(revenue) filter (where not is_internal) over (), 0) as decimal(38, 9)) as whole_in_all,
    cast(coalesce(sum(case
        when $subset = 'cost' then cost_in_months
        when $subset in ('recurring', 'without_products') and revenue_class in ('managed', 'other_recurring')
            then revenue
        when $subset = 'one_off' and revenue_class in ('project', 'tm') then revenue
    end) over (), 0) as decimal(38, 9)) as part_in_all
from told
order by abs(revenue) desc, load_id asc, row_number asc
limit $at_most
