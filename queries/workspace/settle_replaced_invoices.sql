-- name: workspace.settle_replaced_invoices
-- purpose: Of an invoice that is to be replaced, the lines of the later file count.
-- takes: keyed: the stored invoice lines with their keys

insert into raw.unused_rows
with told as (
    select
        line.invoice_number,
        line.load_id,
        count(*) as lines,
        sum(line.alike_hash::hugeint) as content,
        min(line.row_number) as row_number,
        bool_or(line.row_key is null) as is_loose,
        coalesce(bool_or(json_extract_string(load.answers, '$.replace_invoice') = 'replace'), false) as is_meant
    from keyed as line
    inner join raw.loads as load using (load_id)
    where line.invoice_number is not null
    group by line.invoice_number, line.load_id
),
followed as (
    -- told again in the same words, an invoice replaces nothing
    select
        *,
        is_meant and not coalesce(
            lag(lines) over one = lines and lag(content) over one = content
            and (lag(is_meant) over one or row_number() over one = 2),
            false
        ) as is_replacing
    from told
    window one as (partition by invoice_number order by load_id)
),
replacing as (
    select * from followed
    where is_replacing
    qualify row_number() over (partition by invoice_number order by load_id desc) = 1
)
select
    line.load_id,
    'invoice_lines',
    line.row_number,
    'replaced_invoice',
    replacing.load_id as by_load_id,
    replacing.row_number as by_row_number
from keyed as line
inner join replacing using (invoice_number)
where
    (line.row_key is null or replacing.is_loose)
    and line.load_id < replacing.load_id
