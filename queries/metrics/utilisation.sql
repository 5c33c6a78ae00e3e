-- name: metrics.utilisation
-- purpose: How much of all service technicians' contracted time went to clients over the chosen months that are
--   complete for labour.
-- grain: one row
-- params: month_from DATE, month_to DATE
-- needs: time_entries|tickets, technicians
-- uses: time_off, holidays
-- columns:
--   technicians           BIGINT   service technicians with any capacity
--   gross_hours           DOUBLE   employed weekdays x hours per week / 5
--   net_hours             DOUBLE   gross less holidays and time off
--   logged_hours          DOUBLE   all their hours; empty if no labour is loaded at all
--   client_hours          DOUBLE   of them not internal
--   billable_hours        DOUBLE   covered by an agreement or billable; empty where no entry says how it is covered
--   owners_unlogged       VARCHAR  owners who logged no hour: what they worked isn't known, so they are in none of this
--   is_on_top_alone       BOOLEAN  whether these are billed on top alone, as no entry says what an agreement covers
--   utilisation_gross     DOUBLE   client hours / gross hours
--   utilisation_net       DOUBLE   client hours / net hours
--   billable_utilisation  DOUBLE   billable hours / net hours
--   time_capture          DOUBLE   logged hours / net hours

with owners as (
    select technician_key, any_value(technician) as owner
    from core.dim_technician_versions
    group by technician_key
    having bool_or(is_owner)
),

people as (
    select technician_key, sum(gross_hours) as gross_hours, sum(net_hours) as net_hours,
        sum(logged_hours) as logged_hours, sum(client_hours) as client_hours, sum(billable_hours) as billable_hours,
        any_value(owners.owner) as owner, coalesce(any_value(owners.owner) is null or sum(logged_hours) > 0, true)
            as is_counted
    from metrics.utilisation_months
    left join owners using (technician_key)
    where month_start between $month_from and $month_to and is_known
    group by technician_key
),

team as (
    select count(*) filter (where is_counted) as technicians, sum(gross_hours) filter (where is_counted) as gross_hours,
        sum(net_hours) filter (where is_counted) as net_hours,
        sum(logged_hours) filter (where is_counted) as logged_hours,
        sum(client_hours) filter (where is_counted) as client_hours,
        sum(billable_hours) filter (where is_counted) as billable_hours,
        string_agg(owner, ', ' order by owner asc) filter (where not is_counted) as owners_unlogged
    from people
    -- hours without a known capacity, or of somebody who had none in the months, belong in no ratio
    where gross_hours > 0
)

select technicians, cast(gross_hours as double) as gross_hours, cast(net_hours as double) as net_hours,
    cast(logged_hours as double) as logged_hours, cast(client_hours as double) as client_hours,
    cast(billable_hours as double) as billable_hours,
    owners_unlogged, span.has_coverage and not span.has_agreement_work as is_on_top_alone,
    utilisation_gross(client_hours, gross_hours) as utilisation_gross,
    utilisation_net(client_hours, net_hours) as utilisation_net,
    billable_utilisation(billable_hours, net_hours) as billable_utilisation,
    time_capture(logged_hours, net_hours) as time_capture
from team
cross join core.data_span as span
