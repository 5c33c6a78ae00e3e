-- name: metrics.client_dependence
-- purpose: How far each client's work hangs on one technician over the chosen months, and the recurring revenue that
--   hangs with it; the most revenue first.
-- grain: client_key
-- params: month_from DATE, month_to DATE
-- needs: time_entries|tickets
-- uses: invoice_lines
-- columns:
--   client_key      VARCHAR        key of the client
--   client          VARCHAR        the client
--   top_technician  VARCHAR        the one with the most hours
--   top_share       DOUBLE         that technician's share of all hours
--   bus_factor      BIGINT         fewest technicians who hold at least half of the hours
--   technicians     BIGINT         technicians who worked for it
--   client_hours    DOUBLE         hours in those of the months that hours are complete for
--   mrr             DECIMAL(28,2)  recurring revenue of the last of the months that is complete for invoices
--   is_judged       BOOLEAN        whether it has 40 hours or more, in whole months; of fewer it says little
--   is_on_one       BOOLEAN        whether one technician worked at least half of the hours, of 40 or more
--   exposed_mrr     DECIMAL(28,2)  the recurring revenue where that is so, else 0

with billed as (
    select recurring.client_key, greatest(recurring.mrr, 0) as mrr
    from core.recurring_monthly as recurring
    inner join core.data_span as span
        on recurring.month_start = least(cast($month_to as date), span.last_invoice_month)
),

joined as (
    select people.*, coalesce(people.client_hours >= 40 and whole.has_any, false) as is_judged,
        is_judged and coalesce(people.bus_factor = 1, false) as is_on_one,
        case when span.has_invoices then coalesce(billed.mrr, 0) end as mrr
    -- whoever did the one week of a month that hours reach holds nothing yet: only whole months are judged
    from metrics.key_person(
        greatest($month_from, (select min(one.month_start) from core.months as one where one.is_complete_for_labour)),
        least($month_to, (select max(one.month_start) from core.months as one where one.is_complete_for_labour))
    ) as people
    cross join core.data_span as span
    cross join (select bool_or(is_complete_for_labour and has_labour) as has_any from core.months) as whole
    left join billed using (client_key)
)

select client_key, client, top_technician, top_share, bus_factor, technicians, client_hours,
    cast(mrr as decimal(28, 2)) as mrr, is_judged, is_on_one,
    cast(case when is_on_one then mrr when mrr is not null then 0 end as decimal(28, 2)) as exposed_mrr
from joined
order by exposed_mrr desc nulls last, top_share desc nulls last, client asc
