-- name: metrics.block_pace
-- purpose: The blocks of hours in force on a day, what was booked on each in its term, and at which pace lately.
-- grain: load_id, row_number
-- params: as_of DATE
-- needs: agreements, time_entries
-- columns:
--   load_id         INTEGER        the load that brought the row
--   row_number      BIGINT         the row's place in its file
--   client_key      VARCHAR        key of the client
--   term_from       DATE           first day of the term
--   term_to         DATE           last day of it: the day before the renewal, or the end; empty if open
--   included_hours  DOUBLE         hours of the block
--   burnt_hours     DECIMAL(28,9)  hours worked on it from the term's first day to the day asked for
--   used_up_on      DATE           the day on which they reached the block; empty if they haven't
--   whole_months    BIGINT         the last whole months in the term that hours are complete for, at most three
--   paced_hours     DECIMAL(28,9)  hours worked on it in those months
--   is_followed     BOOLEAN        whether entries go back to the term's first week

with blocks as (
    select renewals.*, agreements.block_hours, name_key(spelling(agreements.name)) as name_key,
        name_key(spelling(agreements.agreement_id)) as number_key,
        if(renewals.comes_as = 'renews', renewals.renews_on - 1, renewals.renews_on) as term_to
    from metrics.agreement_renewals($as_of) as renewals
    inner join core.dim_agreements as agreements using (load_id, row_number)
    where agreements.block_hours is not null
),

booked as (
    -- hours that name no agreement are those of a client's only one
    select blocks.load_id, blocks.row_number, daily.worked_on, sum(daily.hours) as hours,
        sum(sum(daily.hours)) over (partition by blocks.load_id, blocks.row_number order by daily.worked_on asc)
        >= any_value(blocks.block_hours) as is_used_up
    from blocks
    inner join core.agreement_hours_daily as daily
        on blocks.client_key = daily.client_key and daily.worked_on between blocks.term_from and $as_of
        and (
            daily.agreement_key in (blocks.name_key, blocks.number_key)
            or (daily.agreement_key is null and blocks.agreements = 1)
        )
    group by blocks.load_id, blocks.row_number, daily.worked_on
),

burnt as (
    select load_id, row_number, sum(hours) as hours, min(worked_on) filter (where is_used_up) as used_up_on
    from booked
    group by load_id, row_number
),

months as (
    select blocks.load_id, blocks.row_number, months.month_start
    from blocks
    inner join core.months as months
        on months.month_start >= blocks.term_from and last_day(months.month_start) <= $as_of
        and months.is_complete_for_labour
    qualify row_number() over (partition by blocks.load_id, blocks.row_number order by months.month_start desc) <= 3
),

paced as (
    select months.load_id, months.row_number, count(distinct month_start) as whole_months, sum(booked.hours) as hours
    from months
    left join booked
        on months.load_id = booked.load_id and months.row_number = booked.row_number
        and booked.worked_on between months.month_start and last_day(months.month_start)
    group by months.load_id, months.row_number
)

select blocks.load_id, blocks.row_number, blocks.client_key, blocks.term_from, blocks.term_to,
    blocks.block_hours as included_hours, cast(coalesce(burnt.hours, 0) as decimal(28, 9)) as burnt_hours,
    burnt.used_up_on, coalesce(paced.whole_months, 0) as whole_months,
    cast(coalesce(paced.hours, 0) as decimal(28, 9)) as paced_hours,
    coalesce(entries.first_on <= blocks.term_from + 6, false) as is_followed
from blocks
cross join core.time_entry_span as entries
left join burnt using (load_id, row_number)
left join paced using (load_id, row_number)
