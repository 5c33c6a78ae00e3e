-- name: core.ticket_span
-- purpose: The months that the tickets speak of, also where there is neither an invoice nor an hour.
-- grain: one row
-- columns:
--   first_month      DATE     month of the first ticket that people handle and that can be followed; empty without any
--   begins_on        DATE     day of that ticket, where it comes after its month's third business day: the month is
--                             known in part alone; empty otherwise
--   last_month       DATE     last month whose third-last business day the tickets reach
--   says_escalated   BOOLEAN  whether any ticket says if it was escalated
--   says_automation  BOOLEAN  whether any ticket says if automation resolved it
--   says_kind        BOOLEAN  whether any ticket says its type, or whether it is reactive
--   says_type        BOOLEAN  whether any ticket says its type

with opened as (
    select cast(date_trunc('month', min(opened_at)) as date) as first_month, cast(min(opened_at) as date) as first_day
    from core.fct_tickets
    where is_followed and not is_auto_resolved
),

complete as (
    select max(months.month_start) as last_month
    from core.calendar_months as months
    inner join core.data_span as span on months.third_last_business_day <= span.tickets_through
),

filled as (
    select count(escalated) > 0 as says_escalated, count(auto_resolved) > 0 as says_automation,
        count(is_reactive) + count(ticket_type) > 0 as says_kind, count(ticket_type) > 0 as says_type
    from staging.tickets
)

select opened.first_month,
    case when opened.first_day > months.third_business_day then opened.first_day end as begins_on,
    complete.last_month, filled.says_escalated, filled.says_automation, filled.says_kind,
    filled.says_type
from opened
cross join complete
left join core.calendar_months as months on opened.first_month = months.month_start
cross join filled
