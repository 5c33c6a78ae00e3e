-- name: metrics.product_or_retainer
-- purpose: Four questions that tell an engagement run as a product from a retainer, client by client: is success
--   agreed on, was the last review about outcomes, does the work change from stage to stage, is there an end.
-- grain: client_key
-- params: as_of DATE
-- needs: invoice_lines, time_entries|tickets
-- uses: tickets, clients, technicians, agreements
-- columns:
--   client_key         VARCHAR  key of the client
--   client             VARCHAR  the client
--   success            VARCHAR  product, retainer or not_answered
--   last_review        VARCHAR  product, retainer or not_answered
--   stages             VARCHAR  product, retainer or not_testable: whether two quarters' work can be told apart
--   endpoint           VARCHAR  product, retainer or not_answered: as said, else whether all agreements in force end
--   says_retainer      BIGINT   questions that say retainer
--   says_product       BIGINT   questions that say product
--   verdict            VARCHAR  retainer (three say so, or four), product (two or more say that) or open
--   work_mix_distance  DOUBLE   how far the work of the two quarters lies apart, from 0 to 1
--   chance_distance    DOUBLE   what chance rarely exceeds
--   tickets            BIGINT   tickets of the last quarter that it is judged by
--   compared_tickets   BIGINT   those of the quarter two before

with agreed as (
    select client_key, bool_and(ends_on is not null) as has_end
    from core.dim_agreements
    where coalesce(starts_on <= $as_of, true) and coalesce(ends_on >= $as_of, true)
    group by client_key
),

answered as (
    select clients.client_key, clients.client,
        case answers.success
            when 'yes' then 'product' when 'no' then 'retainer' else 'not_answered'
        end as success,
        case answers.last_review
            when 'outcomes' then 'product' when 'activity' then 'retainer' else 'not_answered'
        end as last_review,
        case
            when mixes.is_distinguishable then 'product' when not mixes.is_distinguishable then 'retainer'
            else 'not_testable'
        end as stages,
        case coalesce(answers.endpoint = 'yes', agreed.has_end)
            when true then 'product' when false then 'retainer' else 'not_answered'
        end as endpoint,
        mixes.work_mix_distance, mixes.chance_distance, mixes.tickets, mixes.compared_tickets
    from metrics.outcome_clients(
        (select year.month_from from metrics.year_to($as_of) as year),
        (select year.month_to from metrics.year_to($as_of) as year)
    ) as clients
    left join core.retainer_answers as answers using (client_key)
    left join agreed using (client_key)
    left join metrics.work_mix($as_of) as mixes using (client_key)
),

counted as (
    select *, cast(len(list_filter([success, last_review, stages, endpoint], lambda said: said = 'retainer')) as bigint)
            as says_retainer,
        cast(len(list_filter([success, last_review, stages, endpoint], lambda said: said = 'product')) as bigint)
            as says_product
    from answered
)

select client_key, client, success, last_review, stages, endpoint, says_retainer, says_product,
    case when says_retainer >= 3 then 'retainer' when says_product >= 2 then 'product' else 'open' end as verdict,
    work_mix_distance, chance_distance, tickets, compared_tickets
from counted
order by says_retainer desc, says_product asc, client asc
