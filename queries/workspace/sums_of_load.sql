-- name: workspace.sums_of_load
-- purpose: Both sides of a load's money and hours: what is loaded, can't be read, and is no data.
-- entity: any
-- params: load INTEGER

select
    (select coalesce(sum({money}), 0) from raw.{entity} where load_id = $load) as money_loaded,
    (select coalesce(sum(money), 0) from raw.quarantine where load_id = $load) as money_quarantined,
    (select coalesce(sum(money), 0) from raw.set_aside where load_id = $load) as money_set_aside,
    (select coalesce(sum({hours}), 0) from raw.{entity} where load_id = $load) as hours_loaded,
    (select coalesce(sum(hours), 0) from raw.quarantine where load_id = $load) as hours_quarantined,
    (select coalesce(sum(hours), 0) from raw.set_aside where load_id = $load) as hours_set_aside
