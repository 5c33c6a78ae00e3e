-- name: staging.buyer_offers
-- purpose: The register of offers as the user keeps it.
-- grain: offer
-- columns:
--   offer         VARCHAR        offer
--   provider      VARCHAR        provider
--   monthly_fee   DECIMAL(18,4)  fee a month
--   term_months   BIGINT         term (months)
--   overlap_days  BIGINT         overlap at exit (days)
--   exit_cost     DECIMAL(18,4)  cost of moving away

select offer, provider, monthly_fee, term_months, overlap_days, exit_cost
from raw.buyer_offers
