-- name: workspace.quarantine_rivals
-- purpose: Let the other versions of a row's key wait in the quarantine again, since none is chosen.
-- params: load INTEGER, row BIGINT

update raw.loads
set
    rows_quarantined = rows_quarantined + moved.rows,
    rows_set_aside = rows_set_aside - moved.rows,
    money_quarantined = money_quarantined + moved.money,
    money_set_aside = money_set_aside - moved.money,
    hours_quarantined = hours_quarantined + moved.hours,
    hours_set_aside = hours_set_aside - moved.hours
from (
    select
        count(*) as rows,
        coalesce(sum(money), 0) as money,
        coalesce(sum(hours), 0) as hours
    from raw.set_aside
    where
        load_id = $load
        and reason = 'other_version_chosen'
        and row_number in (select rival.row_number from rivals_of($load, $row) as rival)
) as moved
where loads.load_id = $load;

insert into raw.quarantine
select
    load_id,
    entity,
    row_number,
    'conflicting_duplicate',
    '',
    '',
    raw_text,
    money,
    hours
from raw.set_aside
where
    load_id = $load
    and reason = 'other_version_chosen'
    and row_number in (select rival.row_number from rivals_of($load, $row) as rival);

delete from raw.set_aside
where
    load_id = $load
    and reason = 'other_version_chosen'
    and row_number in (select rival.row_number from rivals_of($load, $row) as rival)
