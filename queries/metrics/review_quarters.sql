-- name: metrics.review_quarters
-- purpose: The quarter of a day and the seven before it, with the day on which the reviews of each are judged.
-- grain: quarter_start
-- params: as_of DATE
-- columns:
--   quarter_start  DATE  its first day
--   judged_on      DATE  its last day, or the day asked about where that comes first

select cast(starts.generate_series as date) as quarter_start,
    least(cast(starts.generate_series + interval 3 month as date) - 1, $as_of) as judged_on
from generate_series(
    date_trunc('quarter', $as_of) - interval 21 month, date_trunc('quarter', $as_of), interval 3 month
) as starts
