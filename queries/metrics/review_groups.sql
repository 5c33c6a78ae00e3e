-- name: metrics.review_groups
-- purpose: Reviews by account manager and tier, quarter by quarter over two years up to a day: how many were owed at
--   each quarter's end, how many of those had been held, and how many were held in it.
-- grain: group_kind, group_name, quarter_start
-- params: as_of DATE
-- needs: reviews
-- uses: clients, agreements, invoice_lines
-- columns:
--   group_kind         VARCHAR  all, account_manager or service_tier
--   group_name         VARCHAR  the manager or the tier; (no manager), (no tier) without one
--   quarter_start      DATE     first day of the quarter
--   clients_due        BIGINT   clients that owed a review at its end, or on the day, and of which it is known
--   clients_completed  BIGINT   of them with one held inside their cadence
--   completion_pct     DOUBLE   completed / due
--   reviews_held       BIGINT   days in it on which a review was held with a client of the group

with judged as (
    select terms.client_key, coalesce(terms.account_manager, '(no manager)') as account_manager, tiers.service_tier,
        quarters.quarter_start,
        is_review_known(terms.cadence_days, terms.started_on, span.first_on, quarters.judged_on)
        and is_review_due(terms.cadence_days, terms.started_on, terms.ends_on, quarters.judged_on) as is_owed,
        is_review_held(
            max(history.held_on) filter (where history.held_on <= quarters.judged_on), terms.cadence_days,
            quarters.judged_on
        ) as is_held,
        count(history.held_on) filter (where history.held_on between quarters.quarter_start and quarters.judged_on)
            as reviews_held
    from metrics.review_terms as terms
    inner join metrics.client_tiers(cast(date_trunc('month', $as_of) as date)) as tiers using (client_key)
    cross join core.reviews_span as span
    inner join metrics.review_quarters($as_of) as quarters on quarters.judged_on >= span.first_on
    left join metrics.review_history as history on terms.client_key = history.client_key
    group by terms.client_key, terms.account_manager, tiers.service_tier, quarters.quarter_start, quarters.judged_on,
        terms.cadence_days, terms.started_on, terms.ends_on, span.first_on
),

grouped as (
    select 'all' as group_kind, 'All clients' as group_name, * from judged
    union all
    select 'account_manager', account_manager, * from judged
    union all
    select 'service_tier', service_tier, * from judged
)

select group_kind, group_name, quarter_start, count(*) filter (where is_owed) as clients_due,
    count(*) filter (where is_owed and is_held) as clients_completed,
    completion_pct(count(*) filter (where is_owed and is_held), count(*) filter (where is_owed)) as completion_pct,
    cast(sum(reviews_held) as bigint) as reviews_held
from grouped
group by group_kind, group_name, quarter_start
order by list_position(['all', 'account_manager', 'service_tier'], group_kind) asc, group_name like '(no %' asc,
    group_name asc, quarter_start asc
