-- name: metrics.outcome_fee_parts
-- purpose: What a client's target fee of a month is made of: hours, tools, a bad year, credits and margin, together
--   exactly the fee.
-- grain: client_key, part
-- params: month_from DATE, month_to DATE, client_key VARCHAR
-- needs: invoice_lines, time_entries|tickets
-- uses: technicians, clients, agreements, tickets, outcomes
-- columns:
--   client_key  VARCHAR        key of the client
--   client      VARCHAR        the client
--   place       INTEGER        where the part stands, from 1
--   part        VARCHAR        labour, tools, risk, credits, margin or target
--   name        VARCHAR        the part in words
--   amount      DECIMAL(28,2)  of the fee a month; what rounding leaves is in the margin; empty for credits of which
--                              none can be measured
--   share       DOUBLE         of the fee
--   is_total    BOOLEAN        whether it is the fee, the sum of the others

with priced as (
    select client_key, client, cast(target_fee as decimal(28, 2)) as target,
        cast((expected_cost - annual_tools_cost) / 12 as decimal(28, 2)) as labour,
        cast(annual_tools_cost / 12 as decimal(28, 2)) as tools, cast(risk_load / 12 as decimal(28, 2)) as risk,
        cast(if(is_measured, target_fee * expected_credit_pct, null) as decimal(28, 2)) as credits
    from metrics.outcome_terms($month_from, $month_to)
    where client_key = $client_key and target_fee is not null
),

parted as (
    select priced.client_key, priced.client, priced.target, parts.place, parts.part, parts.name,
        case parts.part
            when 'labour' then labour when 'tools' then tools when 'risk' then risk when 'credits' then credits
            when 'target' then target
            else target - labour - tools - risk - coalesce(credits, 0)
        end as amount
    from priced
    cross join (
        values (1, 'labour', 'Expected hours'), (2, 'tools', 'Tools'), (3, 'risk', 'A bad year'),
        (4, 'credits', 'Credits to expect'), (5, 'margin', 'Margin'), (6, 'target', 'Target fee')
    ) as parts (place, part, name)
)

select client_key, client, place, part, name, cast(amount as decimal(28, 2)) as amount, share(amount, target) as share,
    part = 'target' as is_total
from parted
order by place asc
