-- name: metrics.actions
-- purpose: At most five things to do: first what brings money, by how much a year, then at most two that bring none of
--   their own: hours to move, and a review to hold.
-- grain: place
-- params: month_from DATE, month_to DATE, as_of DATE
-- needs: invoice_lines, time_entries|tickets
-- uses: tickets, technicians, clients, agreements, time_off, holidays, reviews
-- columns:
--   place            BIGINT         its place, from 1
--   kind             VARCHAR        reach_tier, reach_target, cover_cost, bill_out_of_scope, move_hours or hold_review
--   page             VARCHAR        the page of its evidence
--   subject          VARCHAR        the client or the technician
--   partner          VARCHAR        who takes the hours, for move_hours
--   money_a_year     DECIMAL(28,2)  what it would bring a year; empty where it brings none of its own
--   money_a_month    DECIMAL(28,2)  the same a month
--   exposed_a_month  DECIMAL(28,2)  recurring revenue a month that waits for the review: no gain, so it ranks nothing
--   months           BIGINT         covered months that the amount rests on
--   reason           VARCHAR        what costs most against the tier
--   ratio            DOUBLE         in that, the client / its tier
--   hours            DOUBLE         hours out of scope in these months, or hours to move a week
--   more             BIGINT         other clients whose review is overdue, for hold_review
--   fee              DECIMAL(28,2)  what the client pays a month; empty where its fee needn't rise
--   new_fee          DECIMAL(28,2)  what it would pay
--   fee_rise_pct     DOUBLE         by what share that is more
--   is_steep         BOOLEAN        whether that is more than one renewal carries
--   clients_in_all   BIGINT         clients that would bring money, those beyond the list too
--   money_in_all     DECIMAL(28,2)  what they would bring a year together, each counted once
--   losing_beyond    BIGINT         billed clients that lost money and aren't listed

with valued as materialized (
    select *, row_number() over (order by money_a_year desc, client asc) as rank
    from metrics.client_actions($month_from, $month_to)
    where money_a_month >= 1
),

reviews as (
    select client, mrr, count(*) over () - 1 as more
    from metrics.qbr_status($as_of)
    where is_due and not is_completed
    order by mrr desc, days_overdue desc, client asc
    limit 1
),

unvalued as materialized (
    (select 'move_hours' as kind, 'technician' as page, technician as subject, to_technician as partner,
        cast(null as decimal(28, 2)) as exposed, hours_a_week as hours, cast(null as bigint) as more
    from metrics.hour_moves($month_from, $month_to) where hours_a_week >= 1 limit 1)
    union all
    select 'hold_review', 'qbr', client, null, nullif(mrr, 0), null, more from reviews
),

listed as (
    select kind, 'client' as page, client as subject, cast(null as varchar) as partner, money_a_year, money_a_month,
        cast(null as decimal(28, 2)) as exposed_a_month, months, reason, ratio, hours, cast(null as bigint) as more,
        fee, new_fee, fee_rise_pct, is_steep
    from valued
    where rank <= 5 - (select count(*) from unvalued)
    union all
    select kind, page, subject, partner, null, null, exposed, null, null, null, hours, more, null, null, null, null
    from unvalued
),

losing as (
    select count(*) as clients
    from metrics.client_margin($month_from, $month_to)
    where gross_margin < 0 and not is_unbilled and client not in (select subject from listed where page = 'client')
)

select row_number() over (order by listed.money_a_year desc nulls last, kind desc, subject asc) as place, listed.*,
    totals.clients as clients_in_all, totals.money as money_in_all, losing.clients as losing_beyond
from listed
cross join losing
cross join (select count(*) as clients, cast(sum(money_a_year) as decimal(28, 2)) as money from valued) as totals
order by place asc
