-- name: core.fct_labour_monthly
-- purpose: Dated hours of each client, technician and month, by the terms on which the technician worked.
-- grain: client_key, technician_key, version_from, month_start, is_internal, is_on_payroll
-- columns:
--   client_key          VARCHAR        key of the client; empty if neither entry nor ticket names one
--   technician_key      VARCHAR        key of the technician; empty if the entry names none
--   version_from        DATE           the technician's terms that held; empty where no file lists the technician
--   month_start         DATE           month of the work
--   is_internal         BOOLEAN        no client, the MSP itself, or covered as internal
--   is_on_payroll       BOOLEAN        by a service technician while employed
--   hours               DECIMAL(28,9)  hours worked
--   managed_hours       DECIMAL(28,9)  of them neither project nor billable on top
--   unsaid_hours        DECIMAL(28,9)  of them billable by their mark alone: nothing says that no fee covers them
--   billable_hours      DECIMAL(28,9)  of them covered by an agreement or billable
--   project_hours       DECIMAL(28,9)  of them on projects
--   out_of_scope_hours  DECIMAL(28,9)  of them out of scope and not billed
--   stated_hours        DECIMAL(28,9)  of them those whose entry itself says how they are covered
--   account_hours       DECIMAL(28,9)  of them on account management or sales
--   billed_hours        DECIMAL(28,9)  of them client work that no agreement covers and whose invoiced amount is stated
--   billed_amount       DECIMAL(28,4)  that amount
--   entries             BIGINT         rows that they come from

select client_key, technician_key, version_from, month_start, is_internal, is_on_payroll,
    cast(sum(hours) as decimal(28, 9)) as hours,
    cast(coalesce(sum(hours) filter (where is_managed), 0) as decimal(28, 9)) as managed_hours,
    cast(coalesce(sum(hours) filter (where is_unsaid), 0) as decimal(28, 9)) as unsaid_hours,
    cast(coalesce(sum(hours) filter (where is_billable), 0) as decimal(28, 9)) as billable_hours,
    cast(coalesce(sum(hours) filter (where is_project), 0) as decimal(28, 9)) as project_hours,
    cast(coalesce(sum(hours) filter (where is_out_of_scope), 0) as decimal(28, 9)) as out_of_scope_hours,
    cast(coalesce(sum(hours) filter (where is_stated), 0) as decimal(28, 9)) as stated_hours,
    cast(coalesce(sum(hours) filter (where is_account), 0) as decimal(28, 9)) as account_hours,
    cast(coalesce(sum(hours) filter (where billed_amount is not null), 0) as decimal(28, 9)) as billed_hours,
    cast(coalesce(sum(billed_amount), 0) as decimal(28, 4)) as billed_amount,
    count(*) as entries
from core.fct_labour
where month_start is not null
group by client_key, technician_key, version_from, month_start, is_internal, is_on_payroll
