-- name: staging.time_entry_flags
-- purpose: Time entries that are remarkable beside the other files: no rate on the day, outside employment, another
--   client than their ticket's, a ticket in no file, part of a day of over 24 hours, or a work type that no rule knows.
-- grain: load_id, row_number, flag
-- columns:
--   load_id     INTEGER  the load that brought the row
--   row_number  BIGINT   the row's place in its file
--   flag        VARCHAR  the flag's name, as metrics.flag_words has it
--   detail      VARCHAR  the technician and day, the two clients, the ticket or the work type

with days as (
    select technician_key, worked_on
    from staging.time_entries
    where technician_key is not null
    group by technician_key, worked_on
    having sum(hours) > 24
)

select entries.load_id, entries.row_number, 'no_cost_rate' as flag, entries.technician as detail
from staging.time_entries as entries
left join staging.technician_versions as versions
    on entries.technician_key = versions.technician_key
    and entries.worked_on >= versions.version_from
    and entries.worked_on < versions.version_until
where entries.technician_key is not null
    and not coalesce(versions.has_rate, false)
    and exists (select 1 from staging.technician_versions as rated where rated.has_rate)
union all
select entries.load_id, entries.row_number, 'outside_employment' as flag,
    concat(entries.technician, ', ', entries.worked_on) as detail
from staging.time_entries as entries
inner join staging.technician_versions as employed
    on entries.technician_key = employed.technician_key
    and entries.worked_on >= employed.version_from
    and entries.worked_on < employed.version_until
where entries.worked_on < employed.starts_on or entries.worked_on > employed.ends_on
union all
-- either its ticket is in no file, or it is another client's: looked up once
select entries.load_id, entries.row_number,
    if(listed.ticket_id is null, 'ticket_not_loaded', 'client_differs_from_ticket') as flag,
    if(listed.ticket_id is null, entries.ticket_id, concat(entries.client, ', its ticket: ', listed.client)) as detail
from staging.time_entries as entries
left join staging.tickets as listed on entries.ticket_id = listed.ticket_id
where entries.ticket_id is not null and exists (select 1 from staging.tickets)
    and (
        listed.ticket_id is null
        or (entries.client_key != listed.client_key and listed.client_key != '(no client)')
    )
union all
select entries.load_id, entries.row_number, 'over_24_hours_in_a_day' as flag,
    concat(entries.technician, ', ', entries.worked_on) as detail
from staging.time_entries as entries
inner join days on entries.technician_key = days.technician_key and entries.worked_on = days.worked_on
where entries.hours <= 24
union all
select entries.load_id, entries.row_number, 'unknown_work_type' as flag, entries.work_type as detail
from staging.time_entries as entries
inner join staging.work_types as types on entries.work_type = types.work_type
where types.kind is null
