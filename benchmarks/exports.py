"""Invented exports of any size, written by DuckDB: as many tickets as asked for, and three time entries for each."""

from __future__ import annotations

from pathlib import Path

import duckdb

# Numbers that look random and are the same in every run.
MACROS = """
create macro below(seed, many) as (hash(seed) % many)::bigint;
create macro pick(seed, words) as words[1 + (hash(seed) % len(words))::bigint];
"""

TICKETS = """
select
    'T' || lpad(number::varchar, 8, '0') as ticket_id,
    'Client ' || lpad(below(number, 250)::varchar, 3, '0') as client,
    opened_at,
    'Request ' || number || ' about ' || pick(number, ['printing', 'mail', 'network', 'access']) as title,
    opened_at + interval (5 + below(number + 1, 240)) minute as first_response_at,
    opened_at + interval (30 + below(number + 2, 4000)) minute as resolved_at,
    'Complete' as status,
    pick(number + 3, ['Critical', 'High', 'Medium', 'Low']) as priority,
    pick(number + 4, ['Email', 'Network', 'Printing', 'Accounts', 'Computer']) as category,
    'incident' as ticket_type,
    'Technician ' || below(number + 5, 40) as technician,
    240 as sla_response_minutes,
    1440 as sla_resolution_minutes
from (
    select number, timestamp '2024-01-01 08:00' + interval (below(number + 6, 1000000)) minute as opened_at
    from range({tickets}) as numbers(number)
)"""

TIME_ENTRIES = """
select
    'E' || lpad(number::varchar, 9, '0') as entry_id,
    'T' || lpad((number // 3)::varchar, 8, '0') as ticket_id,
    'Client ' || lpad(below(number // 3, 250)::varchar, 3, '0') as client,
    'Technician ' || below(number + 5, 40) as technician,
    date '2024-01-01' + below(number // 3 + 6, 690)::integer as worked_on,
    (1 + below(number + 7, 16)) / 4.0 as hours,
    pick(number, ['yes', 'no']) as billable,
    pick(number + 8, ['support', 'project', 'proactive']) as work_type,
    'Worked on it, step ' || number % 3 as notes
from range(3 * {tickets}) as numbers(number)"""

FILES = {"tickets.csv": TICKETS, "time_entries.csv": TIME_ENTRIES}


def write(folder: Path, tickets: int) -> list[Path]:
    """Write tickets.csv and time_entries.csv into a folder."""
    with duckdb.connect() as con:
        con.execute(MACROS)
        for name, statement in FILES.items():
            con.execute(f"copy ({statement.format(tickets=tickets)}) to '{folder / name}' (header)")
    return [folder / name for name in FILES]
