-- name: metrics.flag_counts_by_kind
-- purpose: What is implausible yet loaded, for each kind of row: each flag in words and how many rows carry it.
-- grain: entity, flag
-- columns:
--   entity  VARCHAR  the kind of row
--   flag    VARCHAR  the flag's name
--   label   VARCHAR  what it means
--   rows    BIGINT   rows that carry it

select counts.entity, counts.flag,
    coalesce(any_value(words.label), concat(upper(counts.flag[1]), replace(counts.flag[2:], '_', ' '))) as label,
    cast(sum(counts.rows) as bigint) as rows
from core.flag_counts as counts
left join metrics.flag_words as words on counts.flag = words.flag
group by counts.entity, counts.flag
order by sum(counts.rows) desc, counts.flag asc
