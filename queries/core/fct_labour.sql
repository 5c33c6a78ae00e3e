-- name: core.fct_labour
-- purpose: Every piece of work with its client, its technician's terms on that day, and what kind of work it was.
-- grain: entity, load_id, row_number, share
-- columns:
--   entity             VARCHAR        time_entries, or tickets in the months before and after them
--   load_id            INTEGER        the load that brought the row
--   row_number         BIGINT         the row's place in its file
--   share              BIGINT         which of a ticket's technicians, from 1
--   worked_on          DATE           the day; empty for undated ticket hours
--   month_start        DATE           its month
--   client_key         VARCHAR        its own client, else its ticket's; empty if neither names one
--   technician_key     VARCHAR        key of the technician
--   version_from       DATE           the technician's terms on the day; empty where no file lists them
--   hours              DECIMAL(18,9)  hours worked
--   is_internal        BOOLEAN        no client, the MSP itself, or covered as internal
--   is_on_payroll      BOOLEAN        by a service technician while employed
--   is_project         BOOLEAN        work type says project
--   is_managed         BOOLEAN        neither project nor billable on top
--   is_unsaid          BOOLEAN        billable on top by its mark alone: nothing says that no fee covers it; no project
--   is_billable        BOOLEAN        the entry says so, or that an agreement covers it, by naming one too
--   is_out_of_scope    BOOLEAN        out of scope and not billed
--   is_stated          BOOLEAN        the entry itself says how it is covered
--   is_account         BOOLEAN        work type says account management or sales
--   agreement_key      VARCHAR        key of the agreement that the entry names; empty if it names none
--   category           VARCHAR        of its ticket, (none) where that has none; empty without a ticket
--   is_ticket_unknown  BOOLEAN        it names a ticket that is in no file
--   billed_amount      DECIMAL(18,4)  invoiced for client work that no agreement covers; empty where no file says so

with work as (
    select 'time_entries' as entity, entries.load_id, entries.row_number, 1 as share, entries.worked_on,
        coalesce(entries.client_key, tickets.client_key) as client_key, entries.technician_key, entries.hours,
        coalesce(types.kind = 'project', false) as is_project, coalesce(types.is_account, false) as is_account,
        entries.coverage as stated, entries.agreement, entries.billed_amount,
        entries.ticket_id is not null and tickets.ticket_id is null as is_ticket_unknown,
        case when tickets.ticket_id is not null then coalesce(tickets.category, '(none)') end as category,
        -- what pays for the work; the last is presumed where the entry says nothing
        case when entries.coverage is not null then entries.coverage
            when entries.agreement is not null then 'agreement'
            when entries.billable and entries.billed_amount = 0 then 'agreement'
            when entries.billable then if(entries.billed_amount is null, 'marked', 'billable')
            when types.kind = 'internal' then 'internal'
            else 'presumed'
        end as covered
    from staging.time_entries as entries
    left join staging.tickets as tickets on entries.ticket_id = tickets.ticket_id
    left join staging.work_types as types on entries.work_type = types.work_type
    union all
    select 'tickets' as entity, load_id, row_number, share, worked_on, client_key, technician_key, hours,
        false as is_project, false as is_account, null as stated, null as agreement,
        null as billed_amount, false as is_ticket_unknown, category, 'presumed' as covered
    from core.fct_ticket_labour where is_counted
),

judged as (
    select work.*, client_key is null or coalesce(clients.is_internal, false) or covered = 'internal' as is_internal
    from work
    left join core.dim_clients as clients using (client_key)
)

select judged.entity, judged.load_id, judged.row_number, cast(judged.share as bigint) as share, judged.worked_on,
    cast(date_trunc('month', judged.worked_on) as date) as month_start, judged.client_key, judged.technician_key,
    versions.version_from, judged.hours, judged.is_internal,
    coalesce(versions.is_service, false) and judged.worked_on between coalesce(versions.starts_on, judged.worked_on)
    and coalesce(versions.ends_on, judged.worked_on) as is_on_payroll,
    judged.is_project, not judged.is_project and judged.covered not in ('billable', 'marked') as is_managed,
    not judged.is_project and judged.covered = 'marked' as is_unsaid,
    not judged.is_internal and judged.covered in ('agreement', 'billable', 'marked') as is_billable,
    judged.covered = 'out_of_scope_unbilled' as is_out_of_scope, judged.stated is not null as is_stated,
    judged.is_account, name_key(spelling(judged.agreement)) as agreement_key, judged.category, judged.is_ticket_unknown,
    case when not judged.is_internal and judged.covered = 'billable' then judged.billed_amount end as billed_amount
from judged
left join staging.technician_versions as versions
    on judged.technician_key = versions.technician_key
    and judged.worked_on >= versions.version_from and judged.worked_on < versions.version_until
