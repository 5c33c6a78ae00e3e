-- name: metrics.signal_verdict
-- purpose: What the signals that could be tested say together on a day, and what of it hangs on a limit that is only
--   just reached.
-- grain: one row
-- params: as_of DATE
-- needs: invoice_lines, time_entries|tickets
-- uses: clients, technicians, agreements, tickets, time_off, holidays
-- columns:
--   fired          BIGINT   signals that fire
--   tested         BIGINT   signals that could be tested
--   not_testable   BIGINT   those that couldn't
--   reading        VARCHAR  none, watch (one), structural (two or more) or redesign (all); empty if none was tested
--   firing         VARCHAR  names of those that fire, in their order
--   just_firing    VARCHAR  of them those on their limit or just above it
--   just_clear     VARCHAR  names of those that are clear, just below it
--   clear_reading  VARCHAR  the reading without those that only just fire

with counted as (
    select count(*) filter (where state = 'fires') as fired,
        count(*) filter (where state = 'fires' and nearness is null) as fired_clearly,
        count(*) filter (where state != 'not_testable') as tested,
        count(*) filter (where state = 'not_testable') as not_testable,
        string_agg(signal, ', ' order by place asc) filter (where state = 'fires') as firing,
        string_agg(signal, ', ' order by place asc) filter (where state = 'fires' and nearness is not null)
            as just_firing,
        string_agg(signal, ', ' order by place asc) filter (where state = 'clear' and nearness is not null)
            as just_clear
    from metrics.signals($as_of)
)

select fired, tested, not_testable, reading_of(fired, tested) as reading, firing, just_firing, just_clear,
    reading_of(fired_clearly, tested) as clear_reading
from counted
