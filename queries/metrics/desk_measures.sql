-- name: metrics.desk_measures
-- purpose: What the desk's components are judged by, over the twelve months that the signals close with on a day.
-- grain: one row
-- params: as_of DATE
-- needs: tickets
-- uses: time_entries, clients, invoice_lines
-- columns:
--   resolution_attainment_pct     DOUBLE  tickets resolved within their target / judged
--   technician_share_of_variance  DOUBLE  how far effort hangs on who does it, over the categories by their tickets
--   auto_resolved_share           DOUBLE  resolved by automation / opened
--   tickets_per_user_month        DOUBLE  tickets that a user opens in a month
--   hours_per_ticket              DOUBLE  hours of an ended ticket
--   csat_positive_pct             DOUBLE  rated above 0 / rated; empty under ten ratings
--   filled_share                  DOUBLE  tickets whose category and first response are known / opened, by people;
--                                        empty where no ticket has the one or the other

with span as (
    from metrics.signal_window($as_of)
),

unlike as (
    select share(sum(cast(technician_share_of_variance * tickets as decimal(28, 9))), sum(tickets)) as found
    from metrics.resolution_consistency((select twelve_from from span), (select closing_month from span))
    where technician_share_of_variance is not null
),

opened as (
    select sum(answered) filter (where category != '(none)') as filled,
        case when sum(answered) > 0 and count(*) filter (where category != '(none)' and by_people > 0) > 0
            then sum(by_people) end as tickets
    from core.opened_monthly as tickets
    inner join span on tickets.month_start between span.twelve_from and span.closing_month
)

select levels.resolution_attainment_pct, unlike.found as technician_share_of_variance, desk.auto_resolved_share,
    desk.tickets_per_user_month, desk.hours_per_ticket,
    case when desk.csat_responses >= 10 then desk.csat_positive_pct end as csat_positive_pct,
    share(opened.filled, opened.tickets) as filled_share
from metrics.service_levels((select twelve_from from span), (select closing_month from span)) as levels
cross join metrics.desk_health((select twelve_from from span), (select closing_month from span)) as desk
cross join unlike
cross join opened
