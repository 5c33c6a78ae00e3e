-- name: metrics.renewal_wall
-- purpose: In which quarter agreements in force on a day renew or end, and the recurring revenue at stake in each.
-- grain: quarter_start
-- params: as_of DATE
-- needs: agreements
-- uses: invoice_lines, clients
-- columns:
--   quarter_start  DATE           first day of the quarter; empty of agreements without a date
--   agreements     BIGINT         agreements
--   renewing       BIGINT         of them those that renew
--   at_stake       DECIMAL(28,2)  recurring revenue a month, where it is known

select cast(date_trunc('quarter', renews_on) as date) as quarter_start, count(*) as agreements,
    count(*) filter (where comes_as = 'renews') as renewing, cast(sum(at_stake) as decimal(28, 2)) as at_stake
from metrics.renewal_calendar($as_of)
group by quarter_start
order by quarter_start asc
