-- name: metrics.client_actions
-- purpose: What each client that still pays would bring more at its tier's margin, or at the target margin where no
--   tier compares it, without its loss, or with its unbilled work billed. One would bring part of another, so the
--   largest stands alone.
-- grain: client_key
-- params: month_from DATE, month_to DATE
-- needs: invoice_lines, time_entries|tickets
-- uses: tickets, technicians, clients, agreements
-- columns:
--   client_key     VARCHAR        key of the client
--   client         VARCHAR        the client
--   kind           VARCHAR        reach_tier, reach_target, cover_cost or bill_out_of_scope
--   months         BIGINT         covered months with revenue or client hours
--   money_a_month  DECIMAL(28,2)  the amount / these months
--   money_a_year   DECIMAL(28,2)  twelve times the amount / these months
--   reason         VARCHAR        what costs most against the tier, for reach_tier
--   ratio          DOUBLE         in that, the client / its tier
--   hours          DOUBLE         hours out of scope and not billed, for bill_out_of_scope
--   fee            DECIMAL(28,2)  what it pays a month without products; empty where its fee needn't rise
--   new_fee        DECIMAL(28,2)  that and the amount
--   fee_rise_pct   DOUBLE         the amount / what it pays
--   is_steep       BOOLEAN        whether that is more than one renewal carries

with compared as (
    select paying.*, gap.gap, gap.main_reason,
        case gap.main_reason
            when 'price' then gap.price_ratio when 'demand' then gap.demand_ratio
            when 'handling' then gap.handling_ratio when 'seniority' then gap.rate_ratio
        end as ratio
    from metrics.paying_clients($month_from, $month_to) as paying
    left join metrics.client_margin_gap($month_from, $month_to) as gap using (client_key)
),

offered as (
    select compared.*, kinds.kind,
        case kinds.kind
            when 'reach_tier' then cast(-gap as double)
            when 'cover_cost' then cast(-margin as double)
            when 'bill_out_of_scope' then unbilled_hours * assumption.bill_rate
            when 'reach_target' then case
                when gap is null
                    then share(service - service_margin, 1 - assumption.target_gross_margin) - cast(service as double)
            end
        end as amount, if(kinds.kind != 'bill_out_of_scope' and fee > 0, fee, null) as fee_now,
        assumption.renewal_rise
    from compared
    cross join (values ('reach_tier'), ('reach_target'), ('cover_cost'), ('bill_out_of_scope')) as kinds (kind)
    cross join core.assumption as assumption
),

most as (
    select *
    from offered
    where amount > 0
    qualify row_number() over (partition by client_key order by amount desc, kind asc) = 1
)

select client_key, client, kind, months, cast(share(amount, months) as decimal(28, 2)) as money_a_month,
    cast(12 * share(amount, months) as decimal(28, 2)) as money_a_year,
    case when kind = 'reach_tier' then main_reason end as reason, case when kind = 'reach_tier' then ratio end as ratio,
    case when kind = 'bill_out_of_scope' then unbilled_hours end as hours,
    cast(fee_now as decimal(28, 2)) as fee, cast(fee_now + share(amount, months) as decimal(28, 2)) as new_fee,
    fee_rise(fee_now + share(amount, months), fee_now) as fee_rise_pct,
    is_steep(fee_rise(fee_now + share(amount, months), fee_now), renewal_rise) as is_steep
from most
order by money_a_year desc, client asc
