-- name: metrics.margin_reading
-- purpose: Whether the hours on file carry a margin over the chosen months, and why not: too little of the time at work
--   is written down, or most of it is for clients without an invoice.
-- grain: one row
-- params: month_from DATE, month_to DATE
-- needs: time_entries|tickets
-- uses: invoice_lines, technicians
-- columns:
--   time_capture          DOUBLE   hours logged / net hours of the technicians; empty without their file
--   unbilled_hours_share  DOUBLE   hours of clients that have no invoice at all / all client hours
--   unread_because        VARCHAR  why no margin can be read, in words; empty where it can be
--   gap_months            BIGINT   covered months in which hours of a technician are probably missing

with clients as (
    select client_key, sum(labour_hours) as hours, not bool_or(is_billed) as is_unbilled
    from metrics.client_months
    where month_start between $month_from and $month_to and is_counted
    group by client_key
),

shares as (
    select share(coalesce(sum(hours) filter (where is_unbilled), 0), sum(hours)) as unbilled
    from clients
)

select told.time_capture, shares.unbilled as unbilled_hours_share,
    case
        when told.time_capture < capture.low
            then concat('only ', whole_percent(told.time_capture), ' of the time at work is written down')
        when span.labour_basis = 'tickets' and told.assumed_capture < capture.low then concat(
            'tickets hold ', format('{:.1f}', told.hours_a_technician), chr(160), 'h for each technician and month, ',
            whole_percent(told.assumed_capture), ' of what a contract would be, and nothing tells of the rest'
        )
        when shares.unbilled > most.high
            then concat(whole_percent(shares.unbilled), ' of client hours belong to clients without an invoice')
    end as unread_because,
    (
        select count(distinct gaps.month_start)
        from core.technician_gaps as gaps
        inner join core.covered_months as covered using (month_start)
        where gaps.month_start between $month_from and $month_to
    ) as gap_months
from shares
cross join core.data_span as span
cross join metrics.time_told($month_from, $month_to) as told
inner join core.benchmark as capture on capture.number = 'read_time_capture'
inner join core.benchmark as most on most.number = 'read_unbilled_hours'
