-- name: core.category_labour_monthly
-- purpose: Hours of each technician and month on tickets of each category, by the terms on which the technician worked.
-- grain: category, technician_key, version_from, month_start
-- columns:
--   category        VARCHAR        the ticket's category; never empty
--   technician_key  VARCHAR        key of the technician
--   version_from    DATE           the technician's terms that held; empty where no file lists the technician
--   month_start     DATE           month of the work
--   hours           DECIMAL(28,9)  hours on these tickets, neither internal nor account work
--   tickets         BIGINT         tickets worked on

with worked as (
    select labour.technician_key, labour.version_from, labour.month_start, labour.hours,
        coalesce(entries.ticket_id, own.ticket_id) as ticket_id
    from core.fct_labour as labour
    left join staging.time_entries as entries
        on labour.entity = 'time_entries'
        and labour.load_id = entries.load_id
        and labour.row_number = entries.row_number
    left join staging.tickets as own
        on labour.entity = 'tickets' and labour.load_id = own.load_id and labour.row_number = own.row_number
    where not labour.is_internal and not labour.is_account and labour.technician_key is not null
        and labour.month_start is not null
)

select tickets.category, worked.technician_key, worked.version_from, worked.month_start,
    cast(sum(worked.hours) as decimal(28, 9)) as hours, count(distinct worked.ticket_id) as tickets
from worked
inner join staging.tickets as tickets using (ticket_id)
where tickets.category is not null
group by tickets.category, worked.technician_key, worked.version_from, worked.month_start
