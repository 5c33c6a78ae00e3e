-- name: metrics.behind_tickets
-- purpose: The tickets opened in some months, or those that one number counts, with what they are judged by.
-- grain: load_id, row_number
-- params: month_from DATE, month_to DATE, client VARCHAR, technician VARCHAR, priority VARCHAR,
--   category VARCHAR, subset VARCHAR, at_most BIGINT
-- needs: tickets
-- uses: technicians
-- columns:
--   load_id             INTEGER        the load that brought the ticket
--   row_number          BIGINT         the ticket's place in its file
--   ticket_id           VARCHAR        the ticket's number
--   client              VARCHAR        the client; empty if it names none
--   technician          VARCHAR        who worked on it; empty if it names none or several
--   priority            VARCHAR        its priority
--   category            VARCHAR        its category
--   opened_at           TIMESTAMP      when it was opened
--   responded_at        TIMESTAMP      first response
--   resolved_at         TIMESTAMP      resolved, else closed
--   response_minutes    DOUBLE         business minutes from opening to first response
--   response_target     DOUBLE         promised business minutes to the first response
--   resolution_minutes  DOUBLE         business minutes from opening to resolution, pauses taken off
--   resolution_target   DOUBLE         promised business minutes to the resolution
--   effort_hours        DECIMAL(38,9)  hours on it
--   is_auto_resolved    BOOLEAN        resolved by automation
--   escalated           BOOLEAN        whether it was escalated; empty where the file is silent
--   reopened_count      BIGINT         how often it was reopened
--   csat                DOUBLE         satisfaction: above 0 happy, 0 neutral, below unhappy
--   file_name           VARCHAR        the file
--   rows_in_all         BIGINT         tickets behind the numbers, however many are shown
--   whole_in_all        DECIMAL(38,9)  what is counted: as many, unless the number counts something else
--   part_in_all         DECIMAL(38,9)  the part that is told of it: those without an end, or what the number counts

with told as (
    select tickets.*, clients.client, technicians.technician, loads.file_name, counted.whole, counted.part
    from metrics.counted_tickets($month_from, $month_to, $subset) as counted
    inner join core.fct_tickets as tickets using (load_id, row_number)
    left join core.dim_clients as clients using (client_key)
    left join core.dim_technicians as technicians using (technician_key)
    left join raw.loads as loads using (load_id)
    where ($client is null or clients.client = $client)
        and ($technician is null or technicians.technician = $technician)
        and ($priority is null or tickets.priority = $priority)
        and ($category is null or tickets.category = $category)
)

select load_id, row_number, ticket_id, client, technician, priority, category, opened_at, responded_at, resolved_at,
    response_minutes, response_target, resolution_minutes, resolution_target, effort_hours, is_auto_resolved,
    escalated, reopened_count, csat, file_name, count(*) over () as rows_in_all,
    cast(sum(whole) over () as decimal(38, 9)) as whole_in_all,
    cast(sum(part) over () as decimal(38, 9)) as part_in_all
from told
order by opened_at desc, load_id asc, row_number asc
limit $at_most
