-- name: staging.item_months
-- purpose: Over how many months each client's lines of an item are taken to be earned where no file says so: what its
--   words say, unless the client is billed it more often than that.
-- grain: item_key, client_key
-- columns:
--   item_key          VARCHAR  the item's key
--   client_key        VARCHAR  key of the client
--   suggested_months  INTEGER  months that one line pays for; 1 where nothing speaks for more

with stated as (
    select distinct item_key from staging.invoice_lines where service_months is not null
),

billed as (
    select distinct item_key, client_key, date_trunc('month', coalesce(service_from, invoiced_on)) as month_start
    from staging.invoice_lines
    where item_key is not null and amount >= 0 and not coalesce(is_credit, false)
),

spaced as (
    select item_key, client_key, date_diff('month', lag(month_start) over (
        partition by item_key, client_key order by month_start asc
    ), month_start) as months_apart
    from billed
),

closest as (
    select item_key, client_key, min(months_apart) as months_apart from spaced group by item_key, client_key
)

select closest.item_key, closest.client_key,
    case
        when stated.item_key is null and coalesce(closest.months_apart >= words.word_months, true)
            then words.word_months
        else 1
    end as suggested_months
from closest
inner join staging.item_words as words using (item_key)
left join stated on closest.item_key = stated.item_key
