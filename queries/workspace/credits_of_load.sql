-- name: workspace.credits_of_load
-- purpose: What credit notes come to that stand in a load with an amount above 0: their lines are taken off revenue.
-- params: load INTEGER

select coalesce(sum(stored.amount), 0) as money
from raw.invoice_lines as stored
where
    stored.load_id = $load
    and stored.is_credit
    and stored.amount > 0
    and not exists (
        select 1
        from raw.unused_rows as unused
        where
            unused.entity = 'invoice_lines'
            and unused.load_id = stored.load_id
            and unused.row_number = stored.row_number
    )
