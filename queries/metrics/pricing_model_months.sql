-- name: metrics.pricing_model_months
-- purpose: What each client would pay under each model month by month before automation: together what it pays over the
--   chosen months; not yet rounded.
-- grain: client_key, model, month_start
-- params: month_from DATE, month_to DATE
-- needs: invoice_lines, time_entries|tickets
-- uses: technicians, clients, agreements, outcomes
-- columns:
--   client_key   VARCHAR  key of the client
--   model        VARCHAR  as in metrics.pricing_model_terms
--   month_start  DATE     a month with revenue or client hours, or with cost
--   pays         DOUBLE   paid in the month; a price by the month stands in every month that is active
--   handed       DOUBLE   what of it is no longer paid where all labour is saved
--   has_hours    BOOLEAN  whether the client had managed hours in the chosen months

with months as (
    select months.client_key, months.month_start, months.managed_hours, months.managed_labour_cost as labour,
        months.recurring_cost as tools, months.recurring_revenue as recurring, if(months.is_active, 1, 0) as active,
        coalesce(tickets.tickets, 0) as tickets, fixed.fee
    from metrics.client_months as months
    left join (
        select client_key, month_start, sum(followed) as tickets from core.opened_monthly group by all
    ) as tickets using (client_key, month_start)
    left join metrics.fixed_fee_months($month_from, $month_to) as fixed using (client_key, month_start)
    where months.is_counted and months.month_start between $month_from and $month_to
),

shaped as (
    select months.*, terms.seat_basis = 'seat price' as has_seat_price, assumption.hybrid_share, assumption.gain_share,
        coalesce(sum(managed_hours) over client > 0, false) as has_hours,
        share(active, sum(active) over client) as of_active, share(tickets, sum(tickets) over client) as of_tickets,
        cast(coalesce(price_by_the_hour(managed_hours, assumption.bill_rate), 0) as double) as billed
    from months
    inner join metrics.pricing_terms($month_from, $month_to) as terms using (client_key)
    cross join core.assumption as assumption
    window client as (partition by months.client_key)
)

select models.client_key, models.model, shaped.month_start,
    cast(case models.model
        when 'hourly' then billed + coalesce(shaped.tools, 0)
        when 'per_seat' then if(has_seat_price, models.pays * of_active, recurring)
        when 'per_ticket' then models.pays * coalesce(of_tickets, of_active)
        when 'per_device' then models.pays * of_active
        when 'outcome' then models.pays * of_active
        when 'hybrid'
            then (1 - hybrid_share) * coalesce(fee, 0) + hybrid_share * of_active
                * max(models.pays) filter (where models.model = 'outcome')
                    over (partition by models.client_key, shaped.month_start)
        else coalesce(fee, 0)
    end as double) as pays,
    cast(case models.model
        when 'hourly' then billed when 'gain_share' then gain_share * coalesce(shaped.labour, 0) else 0
    end as double) as handed, has_hours
from metrics.pricing_model_terms($month_from, $month_to) as models
inner join shaped using (client_key)
