-- name: core.category_labour_monthly
-- purpose: Hours of each technician and month on tickets of each category, by the terms on which the technician worked.
-- grain: category, technician_key, version_from, month_start
-- columns:
--   category        VARCHAR        the ticket's category; never empty
--   technician_key  VARCHAR        key of the technician
--   version_from    DATE           the technician's terms that held; empty where no file lists the technician
--   month_start     DATE           month of the work
--   hours           DECIMAL(28,9)  hours on these tickets, neither internal nor account work

select category, technician_key, version_from, month_start, cast(sum(hours) as decimal(28, 9)) as hours
from core.fct_labour
where not is_internal and not is_account and technician_key is not null and month_start is not null
    and category != '(none)'
group by category, technician_key, version_from, month_start
