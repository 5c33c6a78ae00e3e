-- name: metrics.contract_profile
-- purpose: How firmly agreements bind the recurring revenue of the last complete month up to a day; nothing where no
--   agreement is loaded.
-- grain: one row
-- params: as_of DATE
-- needs: invoice_lines, agreements
-- uses: clients
-- columns:
--   mrr                   DECIMAL(28,2)  recurring revenue of the month
--   clients               BIGINT         clients with any
--   month_to_month_mrr    DECIMAL(28,2)  of it, of clients whose agreements can be left within a month
--   month_to_month_share  DOUBLE         that / all
--   no_agreement_mrr      DECIMAL(28,2)  of it, of clients without an agreement in force
--   no_agreement_clients  BIGINT         those clients
--   no_agreement_share    DOUBLE         their recurring revenue / all
--   remaining_months      DOUBLE         months until the next renewal or end, weighted by recurring revenue
--   auto_renew_share      DOUBLE         recurring revenue of agreements that renew by themselves / all
--   billed                DECIMAL(28,2)  managed recurring revenue of clients whose agreements say a fee
--   contracted            DECIMAL(28,2)  those fees
--   fee_clients           BIGINT         clients of both
--   contract_gap_share    DOUBLE         what billed and contracted differ by / billed

with clients as (
    from metrics.contract_clients($as_of)
),

summed as (
    select sum(mrr) as mrr, count(mrr) as clients,
        coalesce(sum(mrr) filter (where binding = 'month_to_month'), 0) as month_to_month,
        coalesce(sum(mrr) filter (where binding = 'none'), 0) as without,
        count(mrr) filter (where binding = 'none') as clients_without,
        share(sum(mrr * remaining_months order by client_key asc), sum(mrr) filter (where remaining_months is not null))
            as remaining_months,
        coalesce(sum(mrr) filter (where comes_as = 'renews'), 0) as renewing,
        sum(managed_mrr) filter (where contracted is not null) as billed,
        sum(contracted) filter (where mrr is not null) as contracted, sum(agreements) as agreements,
        count(contract_gap) as fee_clients
    from clients
)

select cast(mrr as decimal(28, 2)) as mrr, clients, cast(month_to_month as decimal(28, 2)) as month_to_month_mrr,
    share(month_to_month, mrr) as month_to_month_share, cast(without as decimal(28, 2)) as no_agreement_mrr,
    clients_without as no_agreement_clients, share(without, mrr) as no_agreement_share, remaining_months,
    share(renewing, mrr) as auto_renew_share, cast(billed as decimal(28, 2)) as billed,
    cast(contracted as decimal(28, 2)) as contracted, fee_clients,
    share(abs(billed - contracted), billed) as contract_gap_share
from summed
where agreements > 0
