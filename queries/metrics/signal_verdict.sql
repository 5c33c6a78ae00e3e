-- name: metrics.signal_verdict
-- purpose: What the signals that could be tested say together on a day.
-- grain: one row
-- params: as_of DATE
-- needs: invoice_lines, time_entries|tickets
-- uses: clients, technicians, agreements, tickets, time_off, holidays
-- columns:
--   fired         BIGINT   signals that fire
--   tested        BIGINT   signals that could be tested
--   not_testable  BIGINT   those that couldn't
--   reading       VARCHAR  none, watch (one), structural (two or more) or redesign (all five); empty if none was tested
--   firing        VARCHAR  names of those that fire, in their order

select count(*) filter (where state = 'fires') as fired, count(*) filter (where state != 'not_testable') as tested,
    count(*) filter (where state = 'not_testable') as not_testable,
    case
        when count(*) filter (where state != 'not_testable') = 0 then null
        when count(*) filter (where state = 'fires') = 0 then 'none'
        when count(*) filter (where state = 'fires') = 1 then 'watch'
        when count(*) filter (where state = 'fires') = count(*) then 'redesign'
        else 'structural'
    end as reading,
    string_agg(signal, ', ' order by place asc) filter (where state = 'fires') as firing
from metrics.signals($as_of)
