-- name: staging.sla_terms
-- purpose: The terms of service credits that were written down, one row for all clients and one for each that has its
--   own; what is empty is not agreed apart.
-- grain: place
-- columns:
--   client_key         VARCHAR  key of the client; empty for the terms of all
--   response_target    DOUBLE   share of tickets to be answered in time
--   resolution_target  DOUBLE   share of tickets to be resolved in time
--   critical           DOUBLE   share below which a miss is critical
--   credit             DOUBLE   given back for a missed measure, of the month's fee
--   credit_critical    DOUBLE   given back for a critical miss
--   credit_cap         DOUBLE   the most that a month gives back
--   min_tickets        BIGINT   tickets below which months are judged together
--   chronic_rule       BOOLEAN  whether a measure missed in three of six months is chronic
--   chance_rule        BOOLEAN  whether tickets must miss by more than chance for that
--   termination_right  BOOLEAN  whether the client may leave where it is missed on and on
--   earn_back          BOOLEAN  whether two good months win a credit back
--   place              INTEGER  the row's place in the register

select name_key(spelling(client)) as client_key, response_target, resolution_target, critical, credit, credit_critical,
    credit_cap, min_tickets, chronic_rule, chance_rule, termination_right, earn_back, place
from raw.sla_terms
