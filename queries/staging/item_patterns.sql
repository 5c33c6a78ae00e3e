-- name: staging.item_patterns
-- purpose: How each distinct invoice item is billed: how often, and whether alike every month.
-- grain: item_key
-- columns:
--   item_key   VARCHAR        the item NFC, case-folded, with single blanks
--   lines      BIGINT         invoice lines
--   clients    BIGINT         clients that are billed it
--   amount     DECIMAL(28,2)  sum of the lines' amounts, credits taken off
--   first_on   DATE           first invoice
--   last_on    DATE           last invoice
--   is_steady  BOOLEAN        whether most clients are billed nearly alike, month after month

with client_items as (
    select item_key, client_key, count(*) as lines,
        sum(signed(amount, coalesce(is_credit, false))) as amount,
        min(invoiced_on) as first_on, max(invoiced_on) as last_on,
        count(distinct date_trunc('month', invoiced_on)) as months,
        date_diff('month', min(invoiced_on), max(invoiced_on)) + 1 as months_spanned,
        count(distinct amount) as prices
    from staging.invoice_lines
    where item_key is not null
    group by item_key, client_key
),

judged as (
    -- one new price a year, as seats come and go, is still the same fee every month
    select *, months >= 3 and months = months_spanned and prices <= 1 + months // 6 as is_steady from client_items
)

select item_key, cast(sum(lines) as bigint) as lines, count(*) as clients,
    cast(sum(amount) as decimal(28, 2)) as amount,
    min(first_on) as first_on, max(last_on) as last_on,
    coalesce(sum(lines) filter (where is_steady), 0) * 2 > sum(lines) as is_steady
from judged
group by item_key
