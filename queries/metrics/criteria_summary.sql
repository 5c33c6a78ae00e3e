-- name: metrics.criteria_summary
-- purpose: How many success criteria are met, how many can't be told, and how many reviews are past.
-- grain: one row
-- params: as_of DATE
-- uses: tickets, ticket_pauses, holidays, clients, outcomes
-- columns:
--   criteria          BIGINT  criteria of all clients
--   clients           BIGINT  clients that have any
--   criteria_met      BIGINT  of them those that are met
--   criteria_missed   BIGINT  those that are missed
--   criteria_unknown  BIGINT  those whose value isn't known
--   reviews_past      BIGINT  those whose next review has gone by
--   measured          BIGINT  those that the data tells, not somebody's word

select count(*) as criteria, count(distinct client_key) as clients,
    count(*) filter (where state = 'met') as criteria_met, count(*) filter (where state = 'missed') as criteria_missed,
    count(*) filter (where state = 'not_known') as criteria_unknown,
    count(*) filter (where is_review_past) as reviews_past, count(counted) as measured
from metrics.criteria_tracking($as_of)
