-- name: metrics.agreement_renewals
-- purpose: When each agreement that is in force on a day next renews or ends, and by when notice must be given.
-- grain: load_id, row_number
-- params: as_of DATE
-- needs: agreements
-- columns:
--   load_id         INTEGER  the load that brought the row
--   row_number      BIGINT   the row's place in its file
--   client_key      VARCHAR  key of the client
--   renews_on       DATE     its next renewal, or its end if that comes first, on or after the day; may be empty
--   comes_as        VARCHAR  renews, or ends where it has no renewal date or ends before it
--   notice_by       DATE     that less the days of notice; empty where none are agreed
--   is_notice_past  BOOLEAN  whether that day has gone by
--   term_from       DATE     first day of the term: its start, or its last renewal
--   agreements      BIGINT   agreements of the client in force on the day

with agreed as (
    select load_id, row_number, client_key, notice_days, starts_on, ends_on, coalesce(renews_on, ends_on) as first_on,
        renews_on is null as never_renews, count(*) over (partition by client_key) as agreements,
        greatest(date_diff('year', coalesce(renews_on, ends_on), $as_of), 0) as years
    from core.dim_agreements
    where coalesce(starts_on <= $as_of, true) and coalesce(ends_on >= $as_of, true)
),

rolled as (
    -- counted from the first date on, so that 29 February comes back in leap years
    select *, cast(first_on + to_years(cast(years as integer)) as date) as this_year,
        cast(first_on + to_years(cast(years + 1 as integer)) as date) as next_year,
        if(this_year >= $as_of, this_year, next_year) as rolled_on, least(rolled_on, ends_on) as coming_on
    from agreed
)

select load_id, row_number, client_key, coming_on as renews_on,
    case
        when coming_on is null then null
        when never_renews or ends_on < rolled_on then 'ends'
        else 'renews'
    end as comes_as,
    coming_on - cast(notice_days as integer) as notice_by,
    coming_on - cast(notice_days as integer) < $as_of as is_notice_past,
    -- a first renewal more than a year ahead ends a longer term
    if(
        never_renews or rolled_on is null or rolled_on - interval 1 year > $as_of, starts_on,
        greatest(starts_on, cast(rolled_on - interval 1 year as date))
    ) as term_from, agreements
from rolled
