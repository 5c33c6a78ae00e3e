-- name: staging.item_classes
-- purpose: What class of revenue each distinct item is and how many months it pays for: confirmed by the user, else
--   suggested from other lines that say so, from its words and from its price pattern.
-- grain: item_key
-- columns:
--   item_key              VARCHAR  the item NFC, in lower case, with single blanks
--   item                  VARCHAR  the item in its most frequent spelling
--   revenue_class         VARCHAR  managed, other_recurring, project, tm or product; empty if nothing speaks for one
--   service_months        INTEGER  months that one line of it pays for
--   suggested_class       VARCHAR  what words and prices suggest, also where the user has decided
--   suggested_months      INTEGER  what words and prices suggest, also where the user has decided
--   basis                 VARCHAR  confirmed, suggested or unclassified
--   are_months_confirmed  BOOLEAN  whether the user has said how many months a line pays for

with items as (
    select item_key, mode(item order by item) as item, mode(revenue_class) as stated_class
    from staging.invoice_lines
    where item_key is not null
    group by item_key
),

worded as (
    select items.*, item_words.word_class, item_words.word_months, coalesce(patterns.is_steady, false) as is_steady
    from items
    left join staging.item_words as item_words using (item_key)
    left join staging.item_patterns as patterns using (item_key)
),

suggested as (
    select item_key, item,
        case
            when stated_class is not null then stated_class
            -- hardware that is billed alike every month is a service
            when word_class = 'product' and is_steady then 'other_recurring'
            when word_class is not null then word_class
            when is_steady then 'managed'
        end as suggested_class,
        case
            when is_steady or coalesce(word_class, '') not in ('managed', 'other_recurring', '') then 1
            else word_months
        end as suggested_months
    from worded
)

select suggested.item_key, suggested.item,
    coalesce(confirmed.revenue_class, suggested.suggested_class) as revenue_class,
    coalesce(nullif(confirmed.service_months, 0), suggested.suggested_months) as service_months,
    suggested.suggested_class, suggested.suggested_months,
    case
        when confirmed.revenue_class is not null then 'confirmed'
        when suggested.suggested_class is not null then 'suggested'
        else 'unclassified'
    end as basis,
    coalesce(confirmed.service_months, 0) > 0 as are_months_confirmed
from suggested
left join raw.item_classes as confirmed using (item_key)
