-- name: metrics.labour_costs
-- purpose: Cost of the hours that each client, technician and month took, at the technician's rate on those days.
-- grain: client_key, technician_key, version_from, month_start, is_on_payroll
-- columns:
--   client_key           VARCHAR        key of the client
--   technician_key       VARCHAR        key of the technician; empty if the entry names none
--   version_from         DATE           the technician's terms that held; empty where no file lists the technician
--   month_start          DATE           month of the work
--   is_on_payroll        BOOLEAN        by a service technician while employed
--   hours                DECIMAL(28,9)  hours that aren't internal
--   managed_hours        DECIMAL(28,9)  of them neither project nor billable on top
--   unsaid_hours         DECIMAL(28,9)  of them billable by their mark alone; managed where assumed to be covered
--   billable_hours       DECIMAL(28,9)  of them covered by an agreement or billable
--   assumed_rate_hours   DECIMAL(28,9)  of them costed at the assumption
--   labour_cost          DECIMAL(28,8)  hours x rate
--   managed_labour_cost  DECIMAL(28,8)  managed hours x rate
--   unsaid_labour_cost   DECIMAL(28,8)  unsaid hours x rate

with rated as (
    select labour.* replace (
            labour.managed_hours + case when assumption.billable_work = 'agreement' then labour.unsaid_hours else 0 end
            as managed_hours
        ), hour_cost(rates.hourly_rate, assumption.loaded_hourly_cost) as rate,
        coalesce(rates.is_assumed, true) as is_assumed
    from core.fct_labour_monthly as labour
    left join metrics.technician_rates as rates
        on labour.technician_key = rates.technician_key and labour.version_from = rates.version_from
    cross join core.assumption as assumption
    where not labour.is_internal
)

select client_key, technician_key, version_from, month_start, is_on_payroll, hours,
    cast(managed_hours as decimal(28, 9)) as managed_hours, unsaid_hours, billable_hours,
    case when is_assumed then hours else 0 end as assumed_rate_hours,
    cast(hours * rate as decimal(28, 8)) as labour_cost,
    cast(managed_hours * rate as decimal(28, 8)) as managed_labour_cost,
    cast(unsaid_hours * rate as decimal(28, 8)) as unsaid_labour_cost
from rated
