-- name: metrics.renewal_dates
-- purpose: When each client's agreements next renew, and by when notice must be given.
-- grain: client_key
-- params: as_of DATE
-- needs: agreements
-- columns:
--   client_key      VARCHAR  key of the client
--   renews_on       DATE     the earliest renewal of an agreement in force, on or after the day
--   notice_by       DATE     that less the days of notice; empty where none are agreed
--   is_notice_past  BOOLEAN  whether that day has gone by

with agreed as (
    select client_key, notice_days, coalesce(renews_on, ends_on) as first_on,
        greatest(date_diff('year', coalesce(renews_on, ends_on), $as_of), 0) as years
    from core.dim_agreements
    where coalesce(starts_on <= $as_of, true) and coalesce(ends_on >= $as_of, true)
        and coalesce(renews_on, ends_on) is not null
),

rolled as (
    -- counted from the first date on, so that 29 February comes back in leap years
    select client_key, notice_days,
        cast(first_on + to_years(cast(years as integer)) as date) as this_year,
        cast(first_on + to_years(cast(years + 1 as integer)) as date) as next_year,
        if(this_year >= $as_of, this_year, next_year) as renews_on
    from agreed
)

select client_key, renews_on, renews_on - cast(notice_days as integer) as notice_by,
    renews_on - cast(notice_days as integer) < $as_of as is_notice_past
from rolled
-- of several on one day that with the longest notice
qualify row_number() over (partition by client_key order by renews_on asc, notice_days desc nulls last) = 1
