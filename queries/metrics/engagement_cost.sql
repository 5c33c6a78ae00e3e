-- name: metrics.engagement_cost
-- purpose: What each offer would cost in all: its fee and what comes on top over the term, what leaving takes, how much
--   of that the reserve covers, and how it scores.
-- grain: offer
-- columns:
--   offer              VARCHAR        A, B or C
--   provider           VARCHAR        who offers it
--   monthly_fee        DECIMAL(28,2)  what it asks a month
--   whole_cost         DECIMAL(28,2)  all of it over the term, a month
--   beyond_fee         DECIMAL(28,2)  of it beyond the fee, a month
--   beyond_fee_pct     DOUBLE         that, of the fee
--   term_months        BIGINT         for how many months it binds
--   term_cost          DECIMAL(28,2)  fee and all else over the term
--   exit_need          DECIMAL(28,2)  what leaving takes: both fees during the overlap, and the move
--   exit_reserve       DECIMAL(28,2)  what the reserve holds at the end of the term; 0 without an item of that name
--   exit_gap           DECIMAL(28,2)  what it lacks, at least 0
--   weighted_score     DOUBLE         from 0 to 5, over the points that were scored, by weight; empty without any
--   points_scored      BIGINT         points with a score, of fifteen
--   terms_held         BIGINT         ways against lock-in that the contract holds, of six

with costs as (
    select offer, sum(term_cost) as term_cost, sum(term_cost) filter (where item != 'Fee') as beyond,
        coalesce(sum(term_cost) filter (where lower(item) = 'exit reserve'), 0) as reserve
    from metrics.engagement_parts
    group by offer
),

scores as (
    select offer, share(sum(weight * score) filter (where score is not null),
        sum(weight) filter (where score is not null)) as score, count(score) as scored
    from core.vendor_scores
    group by offer
),

offers as (
    select offers.*, costs.term_cost, coalesce(costs.beyond, 0) as beyond, costs.reserve, scores.score, scores.scored,
        offers.monthly_fee * offers.overlap_days * 12 / 365 + coalesce(offers.exit_cost, 0) as exit_need
    from core.buyer_offers as offers
    inner join costs using (offer)
    left join scores using (offer)
)

select offer, provider, cast(monthly_fee as decimal(28, 2)) as monthly_fee,
    cast(share(term_cost, term_months) as decimal(28, 2)) as whole_cost,
    cast(share(beyond, term_months) as decimal(28, 2)) as beyond_fee,
    share(beyond, monthly_fee * term_months) as beyond_fee_pct, term_months,
    cast(term_cost as decimal(28, 2)) as term_cost, cast(exit_need as decimal(28, 2)) as exit_need,
    cast(reserve as decimal(28, 2)) as exit_reserve,
    cast(greatest(exit_need - reserve, 0) as decimal(28, 2)) as exit_gap,
    score as weighted_score, coalesce(scored, 0) as points_scored,
    (select count(*) from core.lock_in_terms where is_held) as terms_held
from offers
order by whole_cost asc, offer asc
