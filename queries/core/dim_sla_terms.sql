-- name: core.dim_sla_terms
-- purpose: The terms of service credits that count: one row for all clients and one for each that has its own; of two
--   spellings of one client the later row.
-- grain: client_key
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
--   is_written         BOOLEAN  true

select client_key, response_target, resolution_target, critical, credit, credit_critical, credit_cap, min_tickets,
    chronic_rule, chance_rule, termination_right, earn_back, true as is_written
from staging.sla_terms
qualify row_number() over (partition by client_key order by place desc) = 1
