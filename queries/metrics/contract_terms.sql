-- name: metrics.contract_terms
-- purpose: The terms by which each client's service credits are reckoned: its own where they are written down, else
--   those of all clients, else the assumptions.
-- grain: client_key
-- columns:
--   client_key         VARCHAR  key of the client
--   client             VARCHAR  the client
--   response_target    DOUBLE   share of tickets to be answered in time
--   resolution_target  DOUBLE   share of tickets to be resolved in time
--   critical           DOUBLE   share below which a miss is critical
--   credit             DOUBLE   given back for a missed measure, of the month's fee
--   credit_critical    DOUBLE   given back for a critical miss
--   credit_cap         DOUBLE   the most that a month gives back
--   min_tickets        DOUBLE   tickets below which months are judged together
--   chronic_rule       BOOLEAN  whether a measure missed in three of six months is chronic
--   chance_rule        BOOLEAN  whether tickets must miss by more than chance for that
--   termination_right  BOOLEAN  whether the client may leave where it is missed on and on
--   earn_back          BOOLEAN  whether two good months win a credit back
--   basis              VARCHAR  own terms, terms of all or assumptions

select clients.client_key, clients.client,
    coalesce(own.response_target, everyone.response_target, assumption.sla_target) as response_target,
    coalesce(own.resolution_target, everyone.resolution_target, assumption.sla_target) as resolution_target,
    coalesce(own.critical, everyone.critical, assumption.sla_critical) as critical,
    coalesce(own.credit, everyone.credit, assumption.sla_credit) as credit,
    coalesce(own.credit_critical, everyone.credit_critical, assumption.sla_credit_critical) as credit_critical,
    coalesce(own.credit_cap, everyone.credit_cap, assumption.sla_credit_cap) as credit_cap,
    coalesce(own.min_tickets, everyone.min_tickets, assumption.sla_min_tickets) as min_tickets,
    coalesce(own.chronic_rule, everyone.chronic_rule, true) as chronic_rule,
    coalesce(own.chance_rule, everyone.chance_rule, true) as chance_rule,
    coalesce(own.termination_right, everyone.termination_right, true) as termination_right,
    coalesce(own.earn_back, everyone.earn_back, false) as earn_back,
    case when own.is_written then 'own terms' when everyone.is_written then 'terms of all' else 'assumptions' end
        as basis
from core.dim_clients as clients
left join core.dim_sla_terms as own on clients.client_key = own.client_key
left join core.dim_sla_terms as everyone on everyone.client_key is null
cross join core.assumption as assumption
where not coalesce(clients.is_internal, false)
