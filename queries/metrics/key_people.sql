-- name: metrics.key_people
-- purpose: How many clients hang on one technician over the chosen months.
-- grain: one row
-- params: month_from DATE, month_to DATE
-- needs: time_entries|tickets
-- columns:
--   clients             BIGINT   clients with hours
--   clients_on_one      BIGINT   of them those of whose hours one technician worked at least half
--   highest_client      VARCHAR  the client that hangs most on one technician
--   highest_share       DOUBLE   that technician's share of its hours
--   highest_technician  VARCHAR  that technician

select count(*) as clients, count(*) filter (where bus_factor = 1) as clients_on_one,
    first(client order by top_share desc, client_hours desc, client asc) filter (where top_share is not null)
        as highest_client,
    max(top_share) as highest_share,
    first(top_technician order by top_share desc, client_hours desc, client asc) filter (where top_share is not null)
        as highest_technician
from metrics.key_person($month_from, $month_to)
