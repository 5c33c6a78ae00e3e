-- name: metrics.other_actions
-- purpose: What there is to do beside what clients would bring: contracts whose last day of notice comes soon, with the
--   recurring revenue that could be lost; what is overdue; and, without money of their own, hours to move and a review
--   to hold.
-- grain: kind
-- params: month_from DATE, month_to DATE, as_of DATE
-- needs: invoice_lines, time_entries|tickets
-- uses: agreements, clients, technicians, time_off, holidays, reviews
-- columns:
--   kind             VARCHAR        settle_notice, collect, move_hours or hold_review
--   page             VARCHAR        the page of its evidence
--   subject          VARCHAR        the client whose notice comes first, that owes most of what is overdue, or waits
--                                   for a review with the most revenue; or the technician
--   partner          VARCHAR        who takes the hours, for move_hours
--   money_a_year     DECIMAL(28,2)  the recurring revenue of the contracts x 12, or what is overdue, once
--   money_a_month    DECIMAL(28,2)  that revenue a month
--   of_subject       DECIMAL(28,2)  of it the subject's a month, or of what is overdue
--   exposed_a_month  DECIMAL(28,2)  recurring revenue a month that waits for the review
--   hours            DOUBLE         hours to move a week
--   more             BIGINT         other contracts, or other clients that owe or whose review is overdue
--   notice_by        DATE           the first last day of notice

with owing as (
    select client, sum(open_amount) as amount
    from metrics.open_invoices((select as_of from metrics.payments_day))
    where days_overdue > 0
    group by client
),

waiting as (
    select client, mrr, count(*) over () - 1 as more
    from metrics.qbr_status($as_of)
    where is_due and not is_completed
    order by mrr desc, days_overdue desc, client asc
    limit 1
)

select 'settle_notice' as kind, 'renewals' as page, next_client as subject, cast(null as varchar) as partner,
    cast(12 * stake_90 as decimal(28, 2)) as money_a_year, stake_90 as money_a_month, next_stake as of_subject,
    cast(null as decimal(28, 2)) as exposed_a_month, cast(null as double) as hours, notices_90 - 1 as more,
    next_notice_by as notice_by
from metrics.renewals($as_of)
where stake_90 > 0
union all
select 'collect', 'receivables', first(client order by amount desc, client asc), null,
    cast(sum(amount) as decimal(28, 2)), null, cast(max(amount) as decimal(28, 2)), null, null, count(*) - 1, null
from owing
having count(*) > 0
union all
(select 'move_hours', 'technician', technician, to_technician, null, null, null, null, hours_a_week, null, null
from metrics.hour_moves($month_from, $month_to) where hours_a_week >= 1 limit 1)
union all
select 'hold_review', 'qbr', client, null, null, null, null, nullif(mrr, 0), null, more, null from waiting
