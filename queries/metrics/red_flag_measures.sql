-- name: metrics.red_flag_measures
-- purpose: What buyers of an MSP judge it by, as far as exports say it: over the chosen months, on a day, and of
--   retention over the year up to the last of the months.
-- grain: one row
-- params: month_from DATE, month_to DATE, as_of DATE
-- needs: invoice_lines
-- uses: time_entries, tickets, technicians, clients, agreements, time_off, holidays
-- columns:
--   recurring_share                       DOUBLE    recurring / all revenue
--   managed_customers_share               DOUBLE    revenue of clients that pay for managed services / all
--   one_off_share                         DOUBLE    projects and work by the hour / all revenue
--   recurring_growth                      DOUBLE    recurring revenue against a year before, less 1
--   gross_revenue_retention               DOUBLE    recurring revenue of a year before that was kept
--   logo_churn                            DOUBLE    clients lost over a year / those at its start
--   lost_of_largest                       DOUBLE    of the five largest clients before the chosen months, those lost
--   month_to_month_share                  DOUBLE    recurring revenue that can be left within a month / all
--   no_agreement_share                    DOUBLE    recurring revenue without an agreement in force / all
--   contract_gap_share                    DOUBLE    what billed and contracted fees differ by / billed
--   top1_share                            DOUBLE    the largest client or group / revenue without products
--   gross_margin_after_bench_pct          DOUBLE    margin after bench / revenue; empty where no line states a direct
--                                                   cost, and with the two next where hours carry no margin
--   service_gross_margin_after_bench_pct  DOUBLE    the same without products
--   iqr_gross_margin_pct                  DOUBLE    spread of margins in the tier that spreads most
--   exposed_share                         DOUBLE    recurring revenue on one technician / all; empty without 40 h
--   owner_escalation_share                DOUBLE    escalations that land on an owner / all; empty under ten
--   auto_resolved_share                   DOUBLE    tickets resolved by automation / opened
--   time_capture                          DOUBLE    hours logged / net hours
--   days_to_pay                           DOUBLE    days from invoice to payment, by money
--   classed_share                         DOUBLE    revenue whose class is stated or confirmed / all
--   counts                                BIGINT[]  of how many clients, technicians, tickets or invoices each is

select mix.recurring_share, mix.managed_customers_share, mix.one_off_share,
    share(bridge.closing - kept.first_seen_mrr, kept.opening_mrr) - 1 as recurring_growth,
    kept.gross_revenue_retention, kept.logo_churn,
    case when spans.clients > 0 then lost.largest end as lost_of_largest, terms.month_to_month_share,
    terms.no_agreement_share, terms.contract_gap_share, shares.top1_share, book.gross_margin_after_bench_pct,
    book.service_gross_margin_after_bench_pct, spread.iqr as iqr_gross_margin_pct, people.exposed_share,
    case when owners.escalations >= 10 then owners.owner_escalation_share end as owner_escalation_share,
    bots.rate as auto_resolved_share, team.time_capture, paid.days_to_pay,
    classed_share(
        mix.revenue - classes.unclassified_revenue, classes.suggested_revenue, classes.unclassified_revenue
    ) as classed_share,
    [
        mix.clients, mix.clients, mix.clients, kept.clients_opening, kept.clients_opening, kept.clients_opening,
        least(spans.clients, 5), terms.clients, terms.clients, terms.fee_clients, shares.clients,
        margins.clients, margins.clients, spread.clients, people.clients_judged, owners.escalations,
        bots.tickets, team.technicians, paid.paid_invoices, mix.clients
    ] as counts
from metrics.revenue_mix_summary($month_from, $month_to) as mix
cross join metrics.yearly_retention($month_to) as kept
left join metrics.mrr_bridge as bridge on kept.month_start = bridge.month_start
cross join (
    select cast(count(*) filter (where place <= 5) as double) as largest
    from metrics.lost_clients($month_from, $month_to)
) as lost
cross join (
    select coalesce(max(clients), 0) as clients from metrics.mrr_bridge
    where month_start = $month_from - interval 1 month
) as spans
left join metrics.contract_profile($as_of) as terms on true
left join metrics.concentration($month_from, $month_to) as shares on true
left join metrics.margin_reading($month_from, $month_to) as reading on true
left join metrics.client_margin_summary($month_from, $month_to) as margins on reading.unread_because is null
left join metrics.company_margin($month_from, $month_to) as book on margins.has_direct_cost
left join (
    select max(iqr_gross_margin_pct) as iqr, max_by(clients, iqr_gross_margin_pct) as clients
    from metrics.tier_dispersion($month_from, $month_to)
    where service_tier != '(no tier)'
) as spread on reading.unread_because is null
left join metrics.dependence($month_from, $month_to) as people on people.clients_judged > 0
left join metrics.owner_dependence($month_from, $month_to) as owners on true
left join metrics.service_quality($month_from, $month_to) as bots on bots.measure = 'automated, with alerts'
left join metrics.utilisation($month_from, $month_to) as team on true
left join metrics.receivables($as_of) as paid on true
left join metrics.revenue_classes($month_from, $month_to) as classes on true
