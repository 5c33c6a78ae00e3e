-- name: staging.item_classes
-- purpose: What class of revenue each distinct item is and how many months it pays for: confirmed by the user, else
--   suggested from other lines that say so, from its words and from its price pattern.
-- grain: item_key
-- columns:
--   item_key              VARCHAR  the item NFC, case-folded, with single blanks
--   item                  VARCHAR  the item in its most frequent spelling
--   revenue_class         VARCHAR  managed, other_recurring, project, tm or product; empty if nothing speaks for one
--   suggested_class       VARCHAR  what words and prices suggest, also where the user has decided
--   suggested_months      INTEGER  what words and billing suggest for some client, also where the user has decided
--   confirmed_months      INTEGER  what the user has said; empty if nothing
--   basis                 VARCHAR  confirmed, suggested or unclassified

with items as (
    select item_key, mode(item order by item) as item, mode(revenue_class) as stated_class
    from staging.invoice_lines
    where item_key is not null
    group by item_key
),

confirmed as (
    -- an older workspace may hold a key that is not case-folded
    select name_key(item_key) as item_key, revenue_class, service_months
    from raw.item_classes
    qualify row_number() over (partition by name_key(item_key) order by item_key asc) = 1
),

worded as (
    select items.*, item_words.word_class, coalesce(patterns.is_steady, false) as is_steady, spread.months
    from items
    left join staging.item_words as item_words using (item_key)
    left join staging.item_patterns as patterns using (item_key)
    left join (
        select item_key, max(suggested_months) as months from staging.item_months group by item_key
    ) as spread using (item_key)
),

suggested as (
    select item_key, item, months,
        case
            when stated_class is not null then stated_class
            -- hardware that is billed alike every month is a service
            when word_class = 'product' and is_steady then 'other_recurring'
            when word_class is not null then word_class
            when is_steady then 'managed'
        end as suggested_class
    from worded
)

select suggested.item_key, suggested.item,
    coalesce(confirmed.revenue_class, suggested.suggested_class) as revenue_class,
    suggested.suggested_class,
    case
        when coalesce(suggested.suggested_class, 'managed') in ('managed', 'other_recurring')
            then coalesce(suggested.months, 1)
        else 1
    end as suggested_months,
    nullif(confirmed.service_months, 0) as confirmed_months,
    case
        when confirmed.revenue_class is not null then 'confirmed'
        when suggested.suggested_class is not null then 'suggested'
        else 'unclassified'
    end as basis
from suggested
left join confirmed using (item_key)
