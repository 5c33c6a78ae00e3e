-- name: client_safe.satisfaction_quarters
-- purpose: How the client's users rated tickets in the quarter of the period and the seven before it, and within which
--   bounds the true share of happy answers lies.
-- grain: quarter_start
-- params: client_key VARCHAR, month_to DATE
-- needs: tickets
-- columns:
--   quarter_start  DATE    first day of the quarter
--   responses      BIGINT  tickets ended in it that were rated
--   positive       BIGINT  of them those above 0
--   positive_pct   DOUBLE  positive / responses
--   positive_low   DOUBLE  lower end of the interval that holds the true share in 95 of 100 cases
--   positive_high  DOUBLE  its upper end

with rated as (
    select date_trunc('quarter', month_start) as quarter_start, cast(sum(csat_responses) as bigint) as responses,
        cast(sum(csat_positive) as bigint) as positive
    from core.desk_monthly
    where client_key = $client_key
    group by date_trunc('quarter', month_start)
)

select quarters.quarter_start, coalesce(rated.responses, 0) as responses, coalesce(rated.positive, 0) as positive,
    share(rated.positive, rated.responses) as positive_pct, wilson_low(rated.positive, rated.responses) as positive_low,
    wilson_high(rated.positive, rated.responses) as positive_high
from metrics.review_quarters(last_day($month_to)) as quarters
left join rated using (quarter_start)
order by quarters.quarter_start asc
