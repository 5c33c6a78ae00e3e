-- name: metrics.behind_labour
-- purpose: The work that hours and labour cost of some months are made of, or that one number counts, at the
--   technician's rate on that day.
-- grain: load_id, row_number, entity, technician
-- params: month_from DATE, month_to DATE, client VARCHAR, technician VARCHAR, subset VARCHAR, at_most BIGINT
-- needs: time_entries|tickets
-- uses: technicians, invoice_lines
-- columns:
--   load_id        INTEGER        the load that brought the row
--   row_number     BIGINT         the row's place in its file
--   entity         VARCHAR        time_entries, or tickets in the months before and after them
--   client         VARCHAR        the client; empty if neither the entry nor its ticket names one
--   technician     VARCHAR        who did the work
--   hours          DECIMAL(18,9)  hours worked
--   labour_cost    DECIMAL(28,8)  hours x rate; empty for internal work, which no client bears
--   worked_on      DATE           the day
--   is_internal    BOOLEAN        no client, the MSP itself, or covered as internal
--   is_managed     BOOLEAN        neither project nor billable on top
--   is_billable    BOOLEAN        covered by an agreement or billable
--   is_project     BOOLEAN        on a project
--   file_name      VARCHAR        the file
--   rows_in_all    BIGINT         pieces of work behind the numbers, however many are shown
--   whole_in_all   DECIMAL(38,9)  what is counted: their hours for clients, or what the number counts
--   part_in_all    DECIMAL(38,9)  the part that is told of it

with told as (
    select labour.* replace (
            labour.is_managed or (labour.is_unsaid and coalesce(assumption.billable_work = 'agreement', false))
            as is_managed
        ), counted.whole, counted.part, clients.client, technicians.technician, loads.file_name,
        case
            when not labour.is_internal
                then cast(
                    labour.hours * cast(coalesce(rates.hourly_rate, assumption.loaded_hourly_cost) as decimal(38, 8))
                    as decimal(28, 8)
                )
        end as labour_cost
    from metrics.counted_labour($month_from, $month_to, $subset) as counted
    inner join core.fct_labour as labour using (entity, load_id, row_number, share)
    left join core.dim_clients as clients using (client_key)
    left join core.dim_technicians as technicians using (technician_key)
    left join raw.loads as loads on labour.load_id = loads.load_id
    left join metrics.technician_rates as rates
        on labour.technician_key = rates.technician_key and labour.version_from = rates.version_from
    cross join core.assumption as assumption
    where ($client is null or clients.client = $client)
        and ($technician is null or technicians.technician = $technician)
)

select load_id, row_number, entity, client, technician, hours, labour_cost, worked_on, is_internal, is_managed,
    is_billable, is_project, file_name, count(*) over () as rows_in_all,
    cast(sum(whole) over () as decimal(38, 9)) as whole_in_all,
    cast(sum(if($subset = 'cost', labour_cost, part)) over () as decimal(38, 9)) as part_in_all
from told
order by hours desc, load_id asc, row_number asc, share asc
limit $at_most
