-- name: core.buyer_offers
-- purpose: The offers of providers that the user wrote down with a fee, for the buyer's side.
-- grain: offer
-- columns:
--   offer         VARCHAR        A, B or C
--   provider      VARCHAR        the letter, and who offers it
--   monthly_fee   DECIMAL(18,4)  what it asks a month
--   term_months   BIGINT         for how many months it binds
--   overlap_days  BIGINT         how long two providers would be paid at the exit
--   exit_cost     DECIMAL(18,4)  what the move away would cost

select offer, offer || coalesce(': ' || provider, '') as provider, monthly_fee, term_months,
    coalesce(overlap_days, 0) as overlap_days, exit_cost
from staging.buyer_offers
where monthly_fee > 0
