-- name: metrics.behind_reviews
-- purpose: The reviews up to a day, or those that one number counts, with whether each counts as held, and if not why.
-- grain: load_id, row_number
-- params: as_of DATE, client VARCHAR, subset VARCHAR, at_most BIGINT
-- needs: reviews
-- uses: tickets, time_entries, invoice_lines, clients, technicians, ticket_pauses, holidays
-- columns:
--   load_id           INTEGER        the load that brought the row
--   row_number        BIGINT         the row's place in its file
--   client            VARCHAR        the client
--   scheduled_on      DATE           when it was planned
--   held_on           DATE           when it was held
--   is_held           BOOLEAN        whether it counts as held
--   not_held_because  VARCHAR        why it doesn't
--   file_name         VARCHAR        the file
--   rows_in_all       BIGINT         reviews behind the numbers, however many are shown
--   whole_in_all      DECIMAL(38,9)  as many; of a number those that it counts: of two on one day with a client one
--   part_in_all       DECIMAL(38,9)  of them those that count as held, or lie within 60 days after a bad month

with judged as (
    -- on days on which anybody can say whether a month before went badly
    select reviews.load_id, reviews.row_number, reviews.client_key, reviews.held_on,
        row_number() over (
            partition by reviews.client_key, reviews.held_on order by reviews.load_id asc, reviews.row_number asc
        ) as place
    from core.fct_reviews as reviews
    inner join metrics.review_spans($as_of) as spans
        on reviews.client_key = spans.client_key and reviews.held_on between spans.from_day and spans.to_day
    where $subset = 'after' and reviews.is_held
),

after as (
    select distinct judged.load_id, judged.row_number
    from judged
    inner join metrics.bad_months as bad
        on judged.client_key = bad.client_key and bad.is_bad
        and judged.held_on - last_day(bad.month_start) between 1 and 60
),

counted as (
    select load_id, row_number, 1 as whole, if(is_held, 1, 0) as part
    from core.fct_reviews
    where $subset is null and coalesce(coalesce(held_on, scheduled_on) <= $as_of, true)
    union all
    select judged.load_id, judged.row_number, if(judged.place = 1, 1, 0),
        if(judged.place = 1 and after.load_id is not null, 1, 0)
    from judged
    left join after on judged.load_id = after.load_id and judged.row_number = after.row_number
)

select reviews.load_id, reviews.row_number, clients.client, reviews.scheduled_on, reviews.held_on, reviews.is_held,
    replace(reviews.not_held_because, '_', ' ') as not_held_because, loads.file_name,
    count(*) over () as rows_in_all, cast(sum(counted.whole) over () as decimal(38, 9)) as whole_in_all,
    cast(sum(counted.part) over () as decimal(38, 9)) as part_in_all
from counted
inner join core.fct_reviews as reviews
    on counted.load_id = reviews.load_id and counted.row_number = reviews.row_number
left join core.dim_clients as clients on reviews.client_key = clients.client_key
left join raw.loads as loads on reviews.load_id = loads.load_id
where $client is null or clients.client = $client
order by coalesce(reviews.held_on, reviews.scheduled_on) desc nulls last, reviews.load_id asc, reviews.row_number asc
limit $at_most
