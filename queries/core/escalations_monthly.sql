-- name: core.escalations_monthly
-- purpose: The escalated tickets of each month, and how many of them landed on an owner's desk.
-- grain: month_start
-- columns:
--   month_start        DATE    month in which they were opened
--   escalations        BIGINT  tickets of people that say they were escalated
--   owner_escalations  BIGINT  of them those whose technician was an owner on that day

select cast(date_trunc('month', tickets.opened_at) as date) as month_start, count(*) as escalations,
    count(*) filter (where owners.is_owner) as owner_escalations
from core.fct_tickets as tickets
left join staging.technician_versions as owners
    on tickets.technician_key = owners.technician_key
    and tickets.opened_at >= owners.version_from
    and tickets.opened_at < owners.version_until
where tickets.is_followed and not tickets.is_auto_resolved and tickets.escalated and tickets.opened_at is not null
group by date_trunc('month', tickets.opened_at)
