-- name: metrics.block_hours
-- purpose: How far each block of hours in force on a day is used up, and in which month it runs out at the pace of its
--   last three whole months; those that run out first come first.
-- grain: load_id, row_number
-- params: as_of DATE
-- needs: agreements, time_entries
-- uses: clients
-- columns:
--   load_id          INTEGER  the load that brought the row
--   row_number       BIGINT   the row's place in its file
--   client_key       VARCHAR  key of the client
--   client           VARCHAR  the client
--   agreement        VARCHAR  its name, else its number
--   term_from        DATE     first day of the term
--   term_to          DATE     last day of it; empty if open
--   included_hours   DOUBLE   hours of the block
--   burnt_hours      DOUBLE   hours worked on it in the term so far
--   burnt_share      DOUBLE   burnt / included
--   left_hours       DOUBLE   included - burnt, negative where more was worked than bought
--   hours_per_month  DOUBLE   hours worked on it a month over the last three whole months of the term; empty with fewer
--   month_used_up    DATE     month in which the hours reached the block, or will at that pace; empty where nobody can
--                             say
--   state            VARCHAR  used_up, runs_out (in its term), lasts, nothing_booked, too_early (less than
--                             three whole months) or hours_begin_later (than the term)

with paced as (
    select *, cast(included_hours as decimal(28, 9)) - burnt_hours as left_hours,
        case when whole_months = 3 then share(paced_hours, 3) end as hours_per_month
    from metrics.block_pace($as_of)
),

reckoned as (
    -- a month has 30.4375 days
    select *, case
            when hours_per_month > 0 and left_hours > 0
                then $as_of + cast(least(ceil(share(left_hours, hours_per_month) * 30.4375), 36500) as integer)
        end as runs_out_on
    from paced
),

judged as (
    select *, case
            when used_up_on is not null then 'used_up'
            when not is_followed then 'hours_begin_later'
            when burnt_hours <= 0 then 'nothing_booked'
            when whole_months < 3 then 'too_early'
            when runs_out_on <= coalesce(term_to, runs_out_on) then 'runs_out'
            else 'lasts'
        end as state
    from reckoned
)

select judged.load_id, judged.row_number, judged.client_key, clients.client,
    coalesce(agreements.name, agreements.agreement_id) as agreement, judged.term_from, judged.term_to,
    judged.included_hours, cast(judged.burnt_hours as double) as burnt_hours,
    share(judged.burnt_hours, judged.included_hours) as burnt_share, cast(judged.left_hours as double) as left_hours,
    judged.hours_per_month,
    cast(
        date_trunc('month', case judged.state
            when 'used_up' then judged.used_up_on when 'runs_out' then judged.runs_out_on
        end) as date
    ) as month_used_up, judged.state
from judged
inner join core.dim_agreements as agreements using (load_id, row_number)
inner join core.dim_clients as clients on judged.client_key = clients.client_key and not clients.is_internal
order by list_position(
        ['used_up', 'runs_out', 'hours_begin_later', 'too_early', 'nothing_booked', 'lasts'], judged.state
    ) asc, month_used_up asc, burnt_share desc, clients.client asc, judged.row_number asc
