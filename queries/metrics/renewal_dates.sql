-- name: metrics.renewal_dates
-- purpose: When each client's agreements next renew, and by when notice must be given.
-- grain: client_key
-- params: as_of DATE
-- needs: agreements
-- columns:
--   client_key      VARCHAR  key of the client
--   renews_on       DATE     the earliest renewal of an agreement in force, on or after the day
--   notice_by       DATE     that less the days of notice; empty where none are agreed
--   is_notice_past  BOOLEAN  whether that day has gone by

select client_key, renews_on, notice_by, is_notice_past
from metrics.agreement_renewals($as_of)
where renews_on is not null
-- of several on one day that with the longest notice
qualify row_number() over (partition by client_key order by renews_on asc, notice_by asc nulls last) = 1
