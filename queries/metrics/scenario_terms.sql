-- name: metrics.scenario_terms
-- purpose: The terms of service credits under a proposal, where they are the same for all clients that it is about; of
--   several proposals each is asked with its own terms.
-- grain: one row
-- params: client_key VARCHAR
-- columns:
--   response_target    DOUBLE   share of tickets to be answered in time; empty, as below, where clients differ
--   resolution_target  DOUBLE   share of tickets to be resolved in time
--   critical           DOUBLE   share below which a miss is critical
--   credit             DOUBLE   given back for a missed measure, of the month's fee
--   credit_critical    DOUBLE   given back for a critical miss
--   credit_cap         DOUBLE   the most that a month gives back
--   min_tickets        DOUBLE   tickets below which months are judged together
--   chance_rule        BOOLEAN  whether tickets must miss by more than chance for the right to leave
--   termination_right  BOOLEAN  whether the client may leave where it is missed on and on
--   earn_back          BOOLEAN  whether two good months win a credit back

select where_alike(response_target) as response_target, where_alike(resolution_target) as resolution_target,
    where_alike(critical) as critical, where_alike(credit) as credit, where_alike(credit_critical) as credit_critical,
    where_alike(credit_cap) as credit_cap, where_alike(min_tickets) as min_tickets,
    where_alike(chance_rule) as chance_rule, where_alike(termination_right) as termination_right,
    where_alike(earn_back) as earn_back
from metrics.contract_terms
where client_key = coalesce($client_key, client_key)
