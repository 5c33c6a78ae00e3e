-- name: metrics.people_measures
-- purpose: What the people are judged by, over the twelve months that the signals close with on a day.
-- grain: one row
-- params: as_of DATE
-- needs: time_entries|tickets
-- uses: technicians, tickets, time_off, holidays, invoice_lines
-- columns:
--   clients_on_one_share    DOUBLE  clients of whose hours one technician worked at least half / clients with 40 hours
--                                   or more
--   senior_account_share    DOUBLE  account management and sales / hours of level 3 and owners
--   in_band_share           DOUBLE  technicians inside the healthy band / those whose hours can be read
--   owner_escalation_share  DOUBLE  owners' escalations / all; empty under ten
--   time_capture            DOUBLE  logged hours / net hours of all technicians

with span as (
    from metrics.signal_window($as_of)
),

roles as (
    select share(sum(senior_account_hours), sum(senior_hours)) as account_share
    from metrics.role_conflation((select twelve_from from span), (select closing_month from span))
),

team as (
    select share(
            count(*) filter (where people.utilisation_net between band.low and band.high),
            count(people.utilisation_net)
        ) as in_band
    from metrics.technician_utilisation((select twelve_from from span), (select closing_month from span)) as people
    inner join core.benchmark as band on band.number = 'utilisation_net'
    inner join core.benchmark as legible on legible.number = 'time_capture'
    where people.time_capture >= legible.low
),

captured as (
    select time_capture as found
    from metrics.utilisation((select twelve_from from span), (select closing_month from span))
)

select share(clients.clients_on_one, clients.clients_judged) as clients_on_one_share,
    case when kinds.has_account_work then roles.account_share end as senior_account_share,
    team.in_band as in_band_share,
    case when owners.escalations >= 10 then owners.owner_escalation_share end as owner_escalation_share,
    captured.found as time_capture
from metrics.dependence((select twelve_from from span), (select closing_month from span)) as clients
cross join metrics.owner_dependence((select twelve_from from span), (select closing_month from span)) as owners
cross join roles
cross join team
cross join captured
cross join core.work_kinds as kinds
