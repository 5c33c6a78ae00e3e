-- name: metrics.signal_new_clients
-- purpose: Do new clients add complexity? What they took in their fourth to ninth month against older clients of their
--   tier.
-- grain: one row
-- params: as_of DATE
-- needs: clients, invoice_lines, time_entries|tickets
-- uses: agreements
-- columns:
--   signal            VARCHAR  its name
--   value             DOUBLE   their hours / what older clients would have taken; empty where it can't be tested
--   threshold         DOUBLE   fires at or above
--   second_value      DOUBLE   none
--   second_threshold  DOUBLE   none
--   fires             BOOLEAN  whether it is met; empty where it can't be tested
--   evidence          VARCHAR  what was found, in words
--   needs             VARCHAR  what is missing to test it; empty if nothing is

with sums as (
    select count(*) as clients, sum(hours) as hours, sum(usual_hours) as usual_hours,
        share(sum(hours), sum(usual_hours)) as found
    from metrics.new_client_effort($as_of)
),

judged as (
    select sums.*,
        all_of_them([
            case when span.closing_month is null then 'a month that invoices and hours cover' end,
            case when not data.has_labour then 'time entries, or tickets with hours' end,
            case
                when span.closing_month is not null and clients < 2
                    then 'two clients that started in the last twelve months, four full months on, with users; older '
                    || 'clients of their tier'
            end,
            case
                when clients >= 2 and data.has_labour and found is null then 'hours of older clients of their tiers'
            end
        ]) as needs
    from sums
    cross join metrics.signal_window($as_of) as span
    cross join core.data_span as data
)

select 'new_clients_add_complexity' as signal, case when needs is null then found end as value,
    assumption.new_client_effort as threshold, cast(null as double) as second_value,
    cast(null as double) as second_threshold,
    case when needs is null then reaches(found, assumption.new_client_effort) end as fires,
    case
        when needs is null then concat(
            clients, ' new clients took ', format('{:.1f}', hours), ' hours from the fourth month on; older clients of '
            'their tiers with as many users would have taken ', format('{:.1f}', usual_hours), '.'
        )
    end as evidence, needs
from judged
cross join core.assumption as assumption
