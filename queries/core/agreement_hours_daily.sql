-- name: core.agreement_hours_daily
-- purpose: Client hours of each day that name an agreement, or say that one covers them without naming it.
-- grain: client_key, agreement_key, worked_on
-- columns:
--   client_key     VARCHAR        key of the client, the entry's own, else its ticket's
--   agreement_key  VARCHAR        key of the agreement's name or number as the entry writes it; empty if it names none
--   worked_on      DATE           the day
--   hours          DECIMAL(28,9)  hours worked

select labour.client_key, name_key(spelling(entries.agreement)) as agreement_key, labour.worked_on,
    cast(sum(labour.hours) as decimal(28, 9)) as hours
from core.fct_labour as labour
inner join staging.time_entries as entries using (load_id, row_number)
where labour.entity = 'time_entries' and not labour.is_internal
    and (entries.agreement is not null or entries.coverage = 'agreement')
group by labour.client_key, name_key(spelling(entries.agreement)), labour.worked_on
