-- name: workspace.set_rivals_aside
-- purpose: Set the other versions of a chosen row's key aside: with a choice nothing waits.
-- params: load INTEGER, row BIGINT

update raw.loads
set
    rows_set_aside = rows_set_aside + moved.rows,
    rows_quarantined = rows_quarantined - moved.rows,
    money_set_aside = money_set_aside + moved.money,
    money_quarantined = money_quarantined - moved.money,
    hours_set_aside = hours_set_aside + moved.hours,
    hours_quarantined = hours_quarantined - moved.hours
from (
    select
        count(*) as rows,
        coalesce(sum(money), 0) as money,
        coalesce(sum(hours), 0) as hours
    from raw.quarantine
    where
        load_id = $load
        and reason = 'conflicting_duplicate'
        and row_number in (select rival.row_number from rivals_of($load, $row) as rival)
) as moved
where loads.load_id = $load;

insert into raw.set_aside
select
    load_id,
    entity,
    row_number,
    'other_version_chosen',
    raw_text,
    money,
    hours
from raw.quarantine
where
    load_id = $load
    and reason = 'conflicting_duplicate'
    and row_number in (select rival.row_number from rivals_of($load, $row) as rival);

delete from raw.quarantine
where
    load_id = $load
    and reason = 'conflicting_duplicate'
    and row_number in (select rival.row_number from rivals_of($load, $row) as rival)
