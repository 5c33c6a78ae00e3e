-- name: client_safe.agreements
-- purpose: The client's agreements in force at the end of the period, with what each is about and when it next renews.
-- grain: load_id, row_number
-- params: client_key VARCHAR, month_to DATE
-- needs: agreements
-- columns:
--   load_id       INTEGER        the load that brought the row
--   row_number    BIGINT         the row's place in its file
--   name          VARCHAR        its name
--   service_tier  VARCHAR        the tier sold
--   monthly_fee   DECIMAL(18,4)  the monthly fee
--   starts_on     DATE           first day
--   renews_on     DATE           its next renewal, or its end if that comes first; may be empty
--   comes_as      VARCHAR        renews or ends
--   notice_by     DATE           last day of notice; empty where none is agreed

select agreements.load_id, agreements.row_number, agreements.name, agreements.service_tier, agreements.monthly_fee,
    agreements.starts_on, coming.renews_on, coming.comes_as, coming.notice_by
from core.dim_agreements as agreements
inner join metrics.agreement_renewals(last_day($month_to)) as coming using (load_id, row_number)
where agreements.client_key = $client_key
order by coming.renews_on asc nulls last, agreements.monthly_fee desc nulls last, agreements.name asc nulls last
