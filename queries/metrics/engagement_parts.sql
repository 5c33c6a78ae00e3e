-- name: metrics.engagement_parts
-- purpose: What each offer costs over its term, item by item: the fee, and what comes on top of it.
-- grain: offer, place
-- columns:
--   offer        VARCHAR        A, B or C
--   provider     VARCHAR        who offers it
--   place        BIGINT         the fee first, then the dearest
--   item         VARCHAR        the fee, or what else
--   is_once      BOOLEAN        once in the term; else every year of it
--   yearly_cost  DECIMAL(28,2)  a year; empty for what comes once
--   term_cost    DECIMAL(28,2)  over the term

with items as (
    select offer, provider, true as is_fee, 'Fee' as item, false as is_once, 12 * monthly_fee as cost, term_months
    from core.buyer_offers
    union all
    select offers.offer, offers.provider, false, costs.item, costs.is_once,
        12 * offers.monthly_fee * costs.share + costs.amount, offers.term_months
    from core.buyer_offers as offers
    cross join core.engagement_costs as costs
),

summed as (
    select *, if(is_once, 1, term_months / 12) * cost as over_term from items
)

select offer, provider, row_number() over (partition by offer order by is_fee desc, over_term desc, item asc) as place,
    item, is_once, cast(if(is_once, null, cost) as decimal(28, 2)) as yearly_cost,
    cast(over_term as decimal(28, 2)) as term_cost
from summed
order by offer asc, place asc
