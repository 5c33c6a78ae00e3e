-- name: metrics.agreement_margin
-- purpose: What each agreement brought and took over the covered ones of the chosen months: invoice lines and time
--   entries that name it. A row without a name holds the rest of its client, so that a client's rows are its margin.
-- grain: client_key, agreement_key
-- params: month_from DATE, month_to DATE
-- needs: invoice_lines, time_entries
-- uses: tickets, technicians, clients, agreements
-- columns:
--   client_key        VARCHAR        key of the client
--   client            VARCHAR        the client
--   agreement_key     VARCHAR        key of the agreement's name; empty for the rest
--   agreement         VARCHAR        its name; (no agreement) for the rest
--   is_named          BOOLEAN        whether it is an agreement and not the rest
--   revenue           DECIMAL(28,2)  of the lines that name it; empty where no line of the client names any
--   direct_cost       DECIMAL(28,2)  their tools and third-party cost; empty where no line states any
--   labour_hours      DOUBLE         hours of the entries that name it; empty where none of the client names any
--   labour_cost       DECIMAL(28,2)  those hours at the technicians' rates
--   gross_margin      DECIMAL(28,2)  revenue - direct cost - labour cost; empty where only one of the two names any
--   gross_margin_pct  DOUBLE         gross margin / revenue; empty where revenue isn't above 0

with named as (
    select client_key, agreement_key, any_value(agreement) as agreement, sum(revenue) as revenue, sum(cost) as cost,
        sum(hours) as hours, sum(labour) as labour
    from metrics.agreement_months
    where month_start between $month_from and $month_to
    group by client_key, agreement_key
),

rounded as (
    select client_key, agreement_key, agreement, count(revenue) over client > 0 as is_billed,
        count(hours) over client > 0 as is_worked, cast(coalesce(revenue, 0) as decimal(28, 2)) as revenue,
        cast(coalesce(cost, 0) as decimal(28, 2)) as direct_cost, cast(coalesce(hours, 0) as decimal(28, 9)) as hours,
        cast(coalesce(labour, 0) as decimal(28, 2)) as labour_cost
    from named
    window client as (partition by client_key)
),

parts as (
    select *, true as is_named from rounded
    union all by name
    -- to the cent what the client's margin has beyond them
    select totals.client_key, '(no agreement)' as agreement, bool_or(coalesce(is_billed, false)) as is_billed,
        bool_or(coalesce(is_worked, false)) as is_worked,
        any_value(totals.revenue) - coalesce(sum(rounded.revenue), 0) as revenue,
        coalesce(any_value(totals.direct_cost), 0) - coalesce(sum(rounded.direct_cost), 0) as direct_cost,
        cast(any_value(totals.labour_hours) as decimal(28, 9)) - coalesce(sum(rounded.hours), 0) as hours,
        any_value(totals.labour_cost) - coalesce(sum(rounded.labour_cost), 0) as labour_cost, false as is_named
    from metrics.client_margin($month_from, $month_to) as totals
    left join rounded using (client_key)
    group by totals.client_key
)

select parts.client_key, clients.client, parts.agreement_key, parts.agreement, parts.is_named,
    cast(case when is_billed or not is_named then revenue end as decimal(28, 2)) as revenue,
    cast(
        case when is_billed or not is_named then stated_cost(direct_cost, span.has_direct_cost) end as decimal(28, 2)
    ) as direct_cost,
    cast(case when is_worked or not is_named then hours end as double) as labour_hours,
    cast(case when is_worked or not is_named then labour_cost end as decimal(28, 2)) as labour_cost,
    cast(case when is_billed = is_worked then revenue - direct_cost - labour_cost end as decimal(28, 2))
        as gross_margin,
    gross_margin_pct(case when is_billed = is_worked then revenue - direct_cost - labour_cost end, revenue)
        as gross_margin_pct
from parts
cross join core.data_span as span
inner join core.dim_clients as clients using (client_key)
order by is_named desc, gross_margin asc nulls last, clients.client asc, parts.agreement asc
