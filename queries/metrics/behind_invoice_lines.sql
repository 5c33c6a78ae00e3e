-- name: metrics.behind_invoice_lines
-- purpose: The invoice lines that revenue and direct cost of some months are made of, or that one number counts,
--   with their share in those months.
-- grain: load_id, row_number
-- params: month_from DATE, month_to DATE, client VARCHAR, subset VARCHAR, at_most BIGINT
-- needs: invoice_lines
-- uses: time_entries, tickets, clients
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
--   whole_in_all    DECIMAL(38,9)  their revenue in these months, without those billed to the MSP itself;
--                                 of classes with credits that have none as amounts
--   part_in_all     DECIMAL(38,9)  the part of it that the number tells, or their cost

with told as (
    select lines.* exclude (direct_cost), counted.revenue,
        coalesce($subset in ('classed', 'covered_classed'), false) as is_of_classes,
        counted.direct_cost as cost_in_months, clients.client,
        loads.file_name
    from metrics.counted_lines($month_from, $month_to, $subset) as counted
    inner join core.fct_invoice_lines as lines using (load_id, row_number)
    left join core.dim_clients as clients using (client_key)
    left join raw.loads as loads using (load_id)
    where $client is null or clients.client = $client
)

select load_id, row_number, client, revenue, cost_in_months as direct_cost, invoiced_on, invoice_number, item,
    revenue_class, amount, service_months, first_month, is_internal, file_name, count(*) over () as rows_in_all,
    cast(
        coalesce(sum(revenue) filter (
            where not is_internal and not (is_of_classes and class_basis = 'unclassified')
        ) over (), 0)
        + abs(coalesce(sum(revenue) filter (where is_of_classes and class_basis = 'unclassified') over (), 0))
        as decimal(38, 9)
    ) as whole_in_all,
    cast(coalesce(sum(case
        when $subset = 'cost' then cost_in_months
        when $subset in ('recurring', 'without_products', 'covered_recurring')
            and revenue_class in ('managed', 'other_recurring')
            then revenue
        when is_of_classes and class_basis in ('stated', 'confirmed') then revenue
        when $subset = 'one_off' and revenue_class in ('project', 'tm') then revenue
    end) over (), 0) as decimal(38, 9)) as part_in_all
from told
order by abs(revenue) desc, load_id asc, row_number asc
limit $at_most
