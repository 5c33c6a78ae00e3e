-- name: metrics.behind_reviews_owed
-- purpose: The clients that are owed a review on a day, or those that one number counts, with the last one held and
--   whether that lies inside the cadence.
-- grain: client_key
-- params: as_of DATE, client VARCHAR, subset VARCHAR, at_most BIGINT
-- needs: reviews
-- uses: clients, invoice_lines
-- columns:
--   client_key       VARCHAR        key of the client
--   client           VARCHAR        the client
--   account_manager  VARCHAR        who looks after the client
--   cadence_days     INTEGER        days between reviews
--   started_on       DATE           client since
--   last_held_on     DATE           last review held on or before the day
--   is_completed     BOOLEAN        whether that was inside the cadence; empty before any is on file
--   days_overdue     BIGINT         days since the last review, else the start, beyond the cadence
--   mrr              DECIMAL(28,2)  recurring revenue of the last month up to the day that is complete for invoices
--   rows_in_all      BIGINT         clients behind the number, however many are shown
--   whole_in_all     DECIMAL(38,9)  as many, or their recurring revenue
--   part_in_all      DECIMAL(38,9)  of it that of the clients whose review was held, or is overdue

with owed as (
    select *, $subset in ('mrr', 'overdue') as is_in_money, $subset = 'overdue' as is_of_overdue
    from metrics.qbr_status($as_of)
    where is_due and ($client is null or client = $client)
),

counted as (
    select *, if(coalesce(is_in_money, false), mrr, 1) as whole,
        case when is_completed != coalesce(is_of_overdue, false) then whole else 0 end as part
    from owed
    where not is_completed or not coalesce(is_of_overdue, false)
)

select client_key, client, account_manager, cadence_days, started_on, last_held_on, is_completed, days_overdue, mrr,
    count(*) over () as rows_in_all, cast(sum(whole) over () as decimal(38, 9)) as whole_in_all,
    cast(sum(part) over () as decimal(38, 9)) as part_in_all
from counted
order by is_completed asc nulls first, mrr desc, client asc
limit $at_most
