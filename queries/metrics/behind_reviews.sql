-- name: metrics.behind_reviews
-- purpose: The reviews up to the end of a month, with whether each counts as held, and if not why.
-- grain: load_id, row_number
-- params: month_to DATE, client VARCHAR, at_most BIGINT
-- needs: reviews
-- columns:
--   load_id           INTEGER  the load that brought the row
--   row_number        BIGINT   the row's place in its file
--   client            VARCHAR  the client
--   scheduled_on      DATE     when it was planned
--   held_on           DATE     when it was held
--   is_held           BOOLEAN  whether it counts as held
--   not_held_because  VARCHAR  why it doesn't
--   file_name         VARCHAR  the file
--   rows_in_all       BIGINT   reviews behind the numbers, however many are shown
--   part_in_all       BIGINT   of them those that count as held

with told as (
    select reviews.*, clients.client, loads.file_name
    from core.fct_reviews as reviews
    left join core.dim_clients as clients using (client_key)
    left join raw.loads as loads using (load_id)
    where coalesce(coalesce(reviews.held_on, reviews.scheduled_on) < $month_to + interval 1 month, true)
        and ($client is null or clients.client = $client)
)

select load_id, row_number, client, scheduled_on, held_on, is_held,
    replace(not_held_because, '_', ' ') as not_held_because, file_name, count(*) over () as rows_in_all,
    count(*) filter (where is_held) over () as part_in_all
from told
order by coalesce(held_on, scheduled_on) desc nulls last, load_id asc, row_number asc
limit $at_most
