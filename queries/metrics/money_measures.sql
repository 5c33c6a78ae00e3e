-- name: metrics.money_measures
-- purpose: What prices, relations and the books are judged by, over the twelve months that the signals close with on a
--   day.
-- grain: one row
-- params: as_of DATE
-- needs: invoice_lines
-- uses: time_entries, tickets, technicians, clients, agreements, reviews
-- columns:
--   iqr_gross_margin_pct     DOUBLE  spread of the margins in a tier, over the tiers by their clients
--   target_revenue_share     DOUBLE  revenue without products of clients at the target margin or above / of all
--   loss_client_share        DOUBLE  billed clients that lose money / billed clients
--   recurring_share          DOUBLE  recurring revenue / revenue that has a class
--   out_of_scope_share       DOUBLE  hours out of scope and not billed / hours whose entry says how they are covered
--   completion_pct           DOUBLE  reviews held / owed
--   gross_revenue_retention  DOUBLE  recurring revenue of a year before that was kept
--   classed_share            DOUBLE  revenue whose class is stated or confirmed / revenue, credits without a class
--                                    counted as amounts without one

with span as (
    from metrics.signal_window($as_of)
),

clients as (
    from metrics.client_margin((select twelve_from from span), (select closing_month from span))
),

book as (
    select
        share(
            coalesce(
                sum(clients.service_revenue)
                filter (where clients.service_gross_margin_pct >= assumption.target_gross_margin), 0
            ),
            sum(clients.service_revenue) filter (where clients.service_gross_margin_pct is not null)
        ) as on_target,
        share(count(*) filter (where clients.gross_margin < 0), count(clients.gross_margin)) as losing,
        sum(clients.revenue) - sum(clients.unclassified_revenue) as classed,
        sum(clients.unclassified_revenue) as unclassified,
        sum(clients.suggested_revenue) as suggested
    from clients
    cross join core.assumption as assumption
    where not clients.is_unbilled
),

recurring as (
    select sum(recurring) as revenue
    from metrics.recurring_scope((select twelve_from from span), (select closing_month from span))
),

spread as (
    select share(sum(iqr_gross_margin_pct * clients), sum(clients)) as iqr
    from metrics.tier_dispersion((select twelve_from from span), (select closing_month from span))
    where iqr_gross_margin_pct is not null and service_tier != '(no tier)'
),

creep as (
    select share(sum(out_of_scope_hours), sum(stated_hours)) as beyond from metrics.scope_creep_year($as_of)
)

select case when told.is_legible then spread.iqr end as iqr_gross_margin_pct,
    case when told.is_legible then book.on_target end as target_revenue_share,
    case when told.is_legible then book.losing end as loss_client_share,
    share(recurring.revenue, book.classed) as recurring_share,
    case when kinds.has_out_of_scope then creep.beyond end as out_of_scope_share, reviews.completion_pct,
    kept.gross_revenue_retention,
    classed_share(book.classed, book.suggested, book.unclassified) as classed_share
from book
cross join recurring
cross join spread
cross join creep
cross join metrics.time_told((select twelve_from from span), (select closing_month from span)) as told
cross join core.work_kinds as kinds
cross join metrics.qbr_completion($as_of) as reviews
cross join metrics.retention((select year_before from span), (select closing_month from span)) as kept
