-- name: metrics.behind_payments
-- purpose: The invoice lines up to a day, or those that one number of payments counts: what each asks for, by when, and
--   when it was paid.
-- grain: load_id, row_number
-- params: as_of DATE, client VARCHAR, subset VARCHAR, at_most BIGINT
-- needs: invoice_lines
-- uses: clients
-- columns:
--   load_id         INTEGER        the load that brought the line
--   row_number      BIGINT         the line's place in its file
--   client          VARCHAR        the client
--   invoice_number  VARCHAR        the invoice's number
--   invoiced_on     DATE           date of the invoice
--   due_on          DATE           when payment is due
--   paid_on         DATE           when it was paid; empty while nobody says so
--   owed            DECIMAL(18,4)  amount and tax, negative on a credit note
--   days_to_pay     BIGINT         days from the invoice to the payment; empty where it isn't paid, or a credit
--   days_overdue    BIGINT         days since its invoice was due; empty where that isn't overdue
--   file_name       VARCHAR        the file
--   rows_in_all     BIGINT         lines behind the number, however many are shown
--   whole_in_all    DECIMAL(38,9)  what they ask for
--   part_in_all     DECIMAL(38,9)  of it what is not paid, overdue or paid late; of days to pay amount x days

with open_lines as (
    select *, says_when_paid and is_unpaid(invoiced_on, paid_on, $as_of) as is_open
    from core.fct_payments
    where not is_internal
),

lines as (
    select payments.*, paid.days_to_pay, paid.days_late, owing.days_overdue,
        coalesce(owing.open_amount > 0, false) as is_owing,
        is_paid_lately(paid.paid_on, $as_of) as is_lately_paid
    from open_lines as payments
    left join metrics.paid_lines as paid
        on payments.load_id = paid.load_id and payments.row_number = paid.row_number
    left join metrics.open_invoices($as_of) as owing
        on payments.client_key = owing.client_key and payments.document = owing.document and payments.is_open
),

told as (
    select lines.*, clients.client, loads.file_name,
        case coalesce($subset, '')
            when 'overdue' then if(days_overdue > 0, owed, 0)
            when 'paid' then owed * days_to_pay
            when 'late' then if(days_late > 0, owed, 0)
            else if(is_open, owed, 0)
        end as part
    from lines
    left join core.dim_clients as clients on lines.client_key = clients.client_key
    left join raw.loads as loads on lines.load_id = loads.load_id
    where ($client is null or clients.client = $client)
        and case coalesce($subset, '')
            when '' then lines.invoiced_on <= $as_of
            when 'open' then is_open
            when 'overdue' then is_open and is_owing
            when 'past_due' then is_open and days_overdue > 0
            when 'paid' then is_lately_paid
            when 'late' then is_lately_paid and days_late is not null
            else false
        end
)

select load_id, row_number, client, invoice_number, invoiced_on, due_on, paid_on, owed, days_to_pay, days_overdue,
    file_name, count(*) over () as rows_in_all, cast(sum(owed) over () as decimal(38, 9)) as whole_in_all,
    cast(sum(part) over () as decimal(38, 9)) as part_in_all
from told
order by days_overdue desc nulls last, days_to_pay desc nulls last, load_id asc, row_number asc
limit $at_most
