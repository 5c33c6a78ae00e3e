-- name: core.agreement_labour_monthly
-- purpose: Dated client hours whose entries name an agreement, by technician and terms.
-- grain: client_key, agreement_key, technician_key, version_from, month_start
-- columns:
--   client_key      VARCHAR        key of the client
--   agreement_key   VARCHAR        key of the agreement's name
--   technician_key  VARCHAR        key of the technician; empty if the entry names none
--   version_from    DATE           the technician's terms that held; empty where no file lists the technician
--   month_start     DATE           month of the work
--   hours           DECIMAL(28,9)  hours that aren't internal

select labour.client_key, names.agreement_key, labour.technician_key, labour.version_from, labour.month_start,
    cast(sum(labour.hours) as decimal(28, 9)) as hours
from core.fct_labour as labour
inner join core.agreement_names as names
    on labour.client_key = names.client_key and labour.agreement_key = names.written_key
where labour.month_start is not null and not labour.is_internal
group by all
