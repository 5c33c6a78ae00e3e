-- name: core.fct_invoice_lines
-- purpose: Each invoice line with the sign, class of revenue and service months by which it is recognised.
-- grain: load_id, row_number
-- columns:
--   load_id         INTEGER        the load that brought the row
--   row_number      BIGINT         the row's place in its file
--   client_key      VARCHAR        key of the client
--   invoiced_on     DATE           date of the invoice
--   invoice_number  VARCHAR        the invoice's number
--   item            VARCHAR        what was sold
--   item_key        VARCHAR        the item's key
--   is_internal     BOOLEAN        billed to the MSP itself
--   amount          DECIMAL(18,4)  net of tax, negative on a credit note
--   direct_cost     DECIMAL(18,4)  tools and third-party cost, negative on a credit note, 0 where the line states none
--   states_cost     BOOLEAN        whether the line states one
--   first_month     DATE           month of service_from, else of the invoice
--   service_months  BIGINT         months over which it is spread, 1 where nothing says otherwise
--   revenue_class   VARCHAR        managed, other_recurring, project, tm, product or unclassified
--   class_basis     VARCHAR        stated on the line, confirmed, suggested or unclassified
--   months_basis    VARCHAR        stated on the line, confirmed, suggested, or none: one month for want of another
--                                  word
--   is_credit       BOOLEAN        a credit note
--   agreement_key   VARCHAR        key of the agreement that the line names; empty if it names none

with lines as (
    select invoice_lines.*, items.basis as item_basis, coalesce(invoice_lines.is_credit, false) as is_credit_note,
        coalesce(invoice_lines.revenue_class, items.revenue_class, 'unclassified') as revenue_class_in_use,
        items.confirmed_months, months.suggested_months
    from staging.invoice_lines as invoice_lines
    left join staging.item_classes as items using (item_key)
    left join staging.item_months as months using (item_key, client_key)
),

judged as (
    select *,
        -- a credit stays in its own month, whatever its item usually pays for
        is_credit_note or amount < 0 as is_kept_in_its_month,
        -- what isn't billed again and again is no prepayment, however long its words say it runs
        case when revenue_class_in_use in ('managed', 'other_recurring', 'unclassified') then suggested_months end
            as guessed_months
    from lines
)

select lines.load_id, lines.row_number, lines.client_key, lines.invoiced_on, lines.invoice_number, lines.item,
    lines.item_key, clients.is_internal,
    signed(lines.amount, lines.is_credit_note) as amount,
    coalesce(signed(lines.direct_cost, lines.is_credit_note), 0) as direct_cost,
    lines.direct_cost is not null as states_cost,
    cast(date_trunc('month', coalesce(lines.service_from, lines.invoiced_on)) as date) as first_month,
    -- 0 on the line is 1, and no question to its item; a century bounds what a slip of the keyboard can cost
    least(
        case
            when lines.service_months is not null then greatest(lines.service_months, 1)
            when lines.is_kept_in_its_month then 1
            else coalesce(lines.confirmed_months, lines.guessed_months, 1)
        end, 1200
    ) as service_months,
    lines.revenue_class_in_use as revenue_class,
    case when lines.revenue_class is not null then 'stated' else coalesce(lines.item_basis, 'unclassified') end
        as class_basis,
    case
        when lines.service_months is not null then 'stated'
        when lines.is_kept_in_its_month then 'none'
        when lines.confirmed_months is not null then 'confirmed'
        when lines.guessed_months > 1 then 'suggested'
        else 'none'
    end as months_basis,
    lines.is_credit_note as is_credit, name_key(spelling(lines.agreement)) as agreement_key
from judged as lines
left join core.dim_clients as clients using (client_key)
