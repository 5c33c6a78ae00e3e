-- name: core.fct_ticket_labour
-- purpose: Hours on tickets by technician; they are the labour of the months before the first and after the last that
--   has a time entry.
-- grain: load_id, row_number, share
-- columns:
--   load_id         INTEGER        the load that brought the ticket
--   row_number      BIGINT         the ticket's place in its file
--   share           BIGINT         which of the ticket's technicians, from 1
--   worked_on       DATE           day of resolution, else of closing, else of opening; empty if the ticket has no date
--   client_key      VARCHAR        key of the client
--   technician_key  VARCHAR        key of the technician
--   category        VARCHAR        the ticket's category; (none) if empty
--   hours           DECIMAL(18,9)  the technician's even share of the ticket's hours
--   is_counted      BOOLEAN        labour: in no month for which time entries speak; also where the ticket has no date

with worked as (
    select *, coalesce(nullif(string_split(technician, '; '), []), [null]) as people
    from staging.tickets
    where hours is not null
),

shares as (
    select load_id, row_number, client_key, coalesce(category, '(none)') as category, hours,
        cast(coalesce(resolved_at, closed_at, opened_at) as date) as worked_on,
        len(people) as sharing, unnest(people) as raw_technician, unnest(range(1, len(people) + 1)) as share
    from worked
)

select shares.load_id, shares.row_number, shares.share, shares.worked_on, shares.client_key,
    coalesce(names.technician_key, keys.technician_key) as technician_key, shares.category,
    -- the last share takes what rounding left over, so that a ticket's shares add up to it
    cast(case
        when shares.share < shares.sharing then round(shares.hours / nullif(shares.sharing, 0), 9)
        else shares.hours - (shares.sharing - 1) * round(shares.hours / nullif(shares.sharing, 0), 9)
    end as decimal(18, 9)) as hours,
    coalesce(
        shares.worked_on < entries.first_month or date_trunc('month', shares.worked_on) > entries.last_month, true
    ) as is_counted
from shares
cross join core.time_entry_span as entries
left join staging.technician_names as names on shares.raw_technician = names.raw_technician
left join staging.tickets as keys
    on shares.load_id = keys.load_id and shares.row_number = keys.row_number and shares.sharing = 1
