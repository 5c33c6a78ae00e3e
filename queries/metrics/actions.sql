-- name: metrics.actions
-- purpose: At most five things to do, by the money a year that they bring, that is at stake or overdue; at their end at
--   most two that bring none of their own, hours to move and a review to hold, where four others leave room.
-- grain: place
-- params: month_from DATE, month_to DATE, as_of DATE
-- needs: invoice_lines, time_entries|tickets
-- uses: tickets, technicians, clients, agreements, time_off, holidays, reviews
-- columns:
--   place            BIGINT         its place, from 1
--   kind             VARCHAR        reach_tier, reach_target, cover_cost, bill_out_of_scope, settle_notice, collect,
--                                   move_hours or hold_review
--   page             VARCHAR        the page of its evidence
--   subject          VARCHAR        the client or the technician
--   partner          VARCHAR        who takes the hours, for move_hours
--   money_a_year     DECIMAL(28,2)  what it would bring a year, what could be lost, or what is overdue, once; empty
--                                   where it brings none of its own
--   money_a_month    DECIMAL(28,2)  the same a month
--   exposed_a_month  DECIMAL(28,2)  recurring revenue a month that waits for the review: no gain, so it ranks nothing
--   months           BIGINT         covered months that the amount rests on
--   reason           VARCHAR        what costs most against the tier
--   ratio            DOUBLE         in that, the client / its tier
--   hours            DOUBLE         hours out of scope in these months, or hours to move a week
--   more             BIGINT         other clients whose review is overdue, or that owe; other contracts
--   of_subject       DECIMAL(28,2)  the subject's part of what is at stake a month, or of what is overdue
--   notice_by        DATE           the first last day of notice, for settle_notice
--   fee              DECIMAL(28,2)  what the client pays a month; empty where its fee needn't rise
--   new_fee          DECIMAL(28,2)  what it would pay
--   fee_rise_pct     DOUBLE         by what share that is more
--   is_steep         BOOLEAN        whether that is more than one renewal carries
--   clients_in_all   BIGINT         clients that would bring money, those beyond the list too
--   money_in_all     DECIMAL(28,2)  what they would bring a year together, each counted once
--   losing_beyond    BIGINT         billed clients that lost money and of which no gain is reckoned

with valued as materialized (
    select * from metrics.client_actions($month_from, $month_to) where money_a_month >= 1
),

offered as (
    select kind, 'client' as page, client as subject, cast(null as varchar) as partner, money_a_year, money_a_month,
        cast(null as decimal(28, 2)) as exposed_a_month, months, reason, ratio, hours, cast(null as bigint) as more,
        cast(null as decimal(28, 2)) as of_subject, cast(null as date) as notice_by, fee, new_fee, fee_rise_pct,
        is_steep
    from valued
    union all
    select kind, page, subject, partner, money_a_year, money_a_month, exposed_a_month, null, null, null, hours, more,
        of_subject, notice_by, null, null, null, null
    from metrics.other_actions($month_from, $month_to, $as_of)
),

ranked as (
    select *, count(money_a_year) over () as valued, least(count(*) over () - count(money_a_year) over (), 1) as kept,
        row_number() over (partition by money_a_year is null order by money_a_year desc, kind desc, subject asc) as rank
    from offered
),

listed as (
    select * exclude (rank, valued, kept)
    from ranked
    where rank <= 5 - if(money_a_year is null, least(valued, 5 - kept), kept)
),

losing as (
    select count(*) as clients
    from metrics.client_margin($month_from, $month_to)
    where gross_margin < 0 and not is_unbilled and client not in (select client from valued)
)

select row_number() over (order by listed.money_a_year desc nulls last, kind desc, subject asc) as place, listed.*,
    totals.clients as clients_in_all, totals.money as money_in_all, losing.clients as losing_beyond
from listed
cross join losing
cross join (select count(*) as clients, cast(sum(money_a_year) as decimal(28, 2)) as money from valued) as totals
order by place asc
