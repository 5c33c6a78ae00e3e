-- name: workspace.differing_invoices
-- purpose: Invoices of a load whose lines differ from those of the same number that were loaded before.
-- params: load INTEGER
-- takes: keyed: the stored invoice lines with their keys

with told as (
    select
        line.invoice_number,
        line.load_id,
        count(*) as lines,
        sum(line.alike_hash::hugeint) as content,
        count(*) filter (gone.fate is null) as living_lines,
        bool_or(line.row_key is null) as is_loose,
        sum(line.alike_hash::hugeint) filter (gone.fate is null) as living_content,
        coalesce(bool_or(gone.fate = 'replaced_invoice'), false) as is_replaced,
        sum(line.amount) as amount,
        sum(line.amount) filter (gone.fate is null) as living_amount
    from keyed as line
    left join raw.unused_rows as gone
        on
            gone.entity = 'invoice_lines'
            and gone.load_id = line.load_id
            and gone.row_number = line.row_number
    where line.invoice_number is not null
    group by line.invoice_number, line.load_id
),
stored as (
    select
        invoice_number,
        sum(living_lines) as lines,
        sum(living_content) as content,
        bool_or(is_loose) as is_loose,
        sum(living_amount) as amount
    from told
    where
        load_id < $load
        and living_lines > 0
    group by invoice_number
)
select
    count(*) as differing,
    min(arriving.invoice_number) as example,
    sum(arriving.amount) as new_amount,
    sum(stored.amount) as old_amount
from told as arriving
inner join stored using (invoice_number)
where
    arriving.load_id = $load
    and (arriving.is_loose or stored.is_loose)
    and (arriving.lines, arriving.content) <> (stored.lines, stored.content)
    and not exists (
        select 1
        from told as same
        where
            same.load_id < $load
            and not same.is_replaced
            and same.invoice_number = arriving.invoice_number
            and (same.lines, same.content) = (arriving.lines, arriving.content)
    )
