"""Invented exports of any size, written by DuckDB: as many tickets as asked for, and three time entries for each.

A firm with more tickets has more clients and more technicians, or it is ten firms: were they the same few whatever the
size, everyone would work hundreds of hours a day, every row would carry a flag, and a build would mostly write flags.
So a client asks for some twenty tickets a month, as thirty users do, is served by one team of eight, and a technician
works six to seven hours on a working day: an hour on a ticket, 130 tickets a month. A stopwatch that nobody stopped is
among them now and then, since some days of every desk are longer than they can be.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

DAYS = 690
HOURS_OF_AN_ENTRY = (0.25, 0.25, 0.25, 0.5, 0.5)
HOURS_OF_A_TECHNICIAN = DAYS * 5 / 7 * 6.5
HOURS_OF_A_TICKET = 3 * sum(HOURS_OF_AN_ENTRY) / len(HOURS_OF_AN_ENTRY)
TICKETS_OF_A_CLIENT = 500
TEAM = 8

# Numbers that look random and are the same in every run.
MACROS = """
create macro below(seed, many) as (hash(seed) % many)::bigint;
create macro pick(seed, words) as words[1 + (hash(seed) % len(words))::bigint];
create macro client(ticket) as below(ticket, {clients});
create macro client_name(client) as 'Client ' || lpad(client::varchar, 5, '0');
create macro technician_name(client, seed) as 'Technician ' || {team} * (client % {teams}) + below(seed, {team});
create macro working_day(seed) as date '2024-01-01' + (7 * (seed // 5) + seed % 5)::integer;
"""

TICKETS = """
select
    'T' || lpad(number::varchar, 8, '0') as ticket_id,
    client_name(client(number)) as client,
    opened_at,
    'Request ' || number || ' about ' || pick(number, ['printing', 'mail', 'network', 'access']) as title,
    opened_at + interval (5 + below(number + 1, 240)) minute as first_response_at,
    opened_at + interval (30 + below(number + 2, 4000)) minute as resolved_at,
    'Complete' as status,
    pick(number + 3, ['Critical', 'High', 'Medium', 'Low']) as priority,
    pick(number + 4, ['Email', 'Network', 'Printing', 'Accounts', 'Computer']) as category,
    'incident' as ticket_type,
    technician_name(client(number), number + 5) as technician,
    240 as sla_response_minutes,
    1440 as sla_resolution_minutes
from (
    select number, working_day(below(number + 6, {days})) + interval (420 + below(number + 7, 660)) minute as opened_at
    from range({tickets}) as numbers(number)
)"""

TIME_ENTRIES = """
select
    'E' || lpad(number::varchar, 9, '0') as entry_id,
    'T' || lpad((number // 3)::varchar, 8, '0') as ticket_id,
    client_name(client(number // 3)) as client,
    technician_name(client(number // 3), number + 5) as technician,
    -- now and then a day later, which may be a Saturday
    working_day(below(number // 3 + 6, {days})) + (below(number + 9, 20) // 19)::integer as worked_on,
    if(below(number + 10, 5000) = 0, 20, pick(number + 7, {hours})) as hours,
    pick(number, ['yes', 'no']) as billable,
    pick(number + 8, ['support', 'project', 'proactive']) as work_type,
    'Worked on it, step ' || number % 3 as notes
from range(3 * {tickets}) as numbers(number)"""

FILES = {"tickets.csv": TICKETS, "time_entries.csv": TIME_ENTRIES}


def clients(tickets: int) -> int:
    """How many clients ask for so many tickets."""
    return max(20, tickets // TICKETS_OF_A_CLIENT)


def _teams(tickets: int) -> int:
    """How many teams have the work of so many tickets."""
    return max(1, round(tickets * HOURS_OF_A_TICKET / HOURS_OF_A_TECHNICIAN / TEAM))


def write(folder: Path, tickets: int) -> list[Path]:
    """Write tickets.csv and time_entries.csv into a folder."""
    with duckdb.connect() as con:
        con.execute(MACROS.format(clients=clients(tickets), team=TEAM, teams=_teams(tickets)))
        for name, statement in FILES.items():
            rows = statement.format(tickets=tickets, days=DAYS * 5 // 7, hours=list(HOURS_OF_AN_ENTRY))
            con.execute(f"copy ({rows}) to '{folder / name}' (header)")
    return [folder / name for name in FILES]
