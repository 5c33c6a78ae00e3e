"""Tickets: those that the technicians worked, with their times, and alerts that cleared themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import exp
from random import Random

from .clock import minute_of, moment
from .effort import Entry, Thread
from .world import Client, clients, last_day, months, stream, world

PAUSE_REASONS = ("Waiting Customer", "Waiting Vendor", "Scheduled")
PECULIAR = "Line-of-business application"
ORDINARY = tuple(name for name in world()["categories"] if name != PECULIAR)
SOURCES = ("Phone", "Email", "Email", "Email", "Client Portal", "Client Portal", "Walk-in")


@dataclass
class Ticket:
    """A ticket as the export shows it."""

    client: str
    opened: datetime
    responded: datetime | None
    resolved: datetime | None
    priority: str
    category: str
    title: str
    kind: str
    status: str
    source: str
    person: str
    hours: float
    in_scope: bool
    escalated: bool = False
    reopened: int = 0
    touches: int = 0
    csat: str = ""
    pause: tuple[datetime, datetime | None, str] | None = None
    thread: Thread | None = None
    number: str = ""


def _times(thread: Thread, priority: str, draw: Random) -> tuple[int, int, int]:
    """Business minutes of opening, first response and resolution, reckoned back from the work."""
    target = world()["priorities"][priority]
    first = minute_of(thread.entries[0].day, draw.randint(20, 330))
    response = max(1, round(target["response"] * 0.3 * exp(0.7 * draw.gauss(0, 1))))
    wait = round(draw.random() ** 2 * target["resolution"] * 0.5)
    last = thread.entries[-1]
    start = first if last.day == thread.entries[0].day else minute_of(last.day, draw.randint(20, 330))
    done = min(start + round(last.hours * 60), minute_of(last.day, 479))
    opened = first - response - wait
    return opened, opened + response, max(done, first + 1)


def _priority(thread: Thread, draw: Random) -> str:
    """Work that took several days was seldom critical."""
    table = world()["priorities"]
    found = draw.choices(list(table), [row["share"] for row in table.values()])[0]
    return "Medium" if len({entry.day for entry in thread.entries}) > 1 and found in ("Critical", "High") else found


def _is_open(thread: Thread, draw: Random) -> bool:
    """Part of the last week's tickets are still being worked."""
    return draw.random() < 0.4 and (last_day() - thread.entries[-1].day).days <= 6


def _csat(draw: Random) -> str:
    """About one ticket in six is rated, and nearly all of them well."""
    return draw.choices(("1", "0", "-1"), (90, 6, 4))[0] if draw.random() < 0.17 else ""


def _pause(first: int, done: int, draw: Random) -> tuple[datetime, datetime | None, str] | None:
    """A wait between the first response and the resolution."""
    if done - first < 60 or draw.random() > 0.12:
        return None
    start = draw.randint(first + 1, first + (done - first) // 3)
    end = draw.randint(start + 15, done - 10)
    return moment(start), moment(end), draw.choice(PAUSE_REASONS)


def _title(category: str, draw: Random) -> str:
    words: str = draw.choice(world()["categories"][category])
    return words


def _category(thread: Thread, draw: Random) -> str:
    """What the ticket is about; one application takes long unless somebody who knows it has the ticket."""
    hours, name = sum(entry.hours for entry in thread.entries), thread.person.name
    knows, learns = (
        name in ("Ingrid Solheim", "Fatima El-Sayed"),
        name in ("Marcus Bell", "Diego Fuentes", "Yuki Tanabe"),
    )
    found: str = draw.choice(list(world()["categories"]))
    is_odd = (knows and hours > 0.75) or (learns and hours < 1.5)
    return draw.choice(ORDINARY) if found == PECULIAR and is_odd else found


def _worked(thread: Thread, draw: Random) -> Ticket:
    """The ticket behind a technician's entries."""
    priority, category = _priority(thread, draw), _category(thread, draw)
    opened, responded, done = _times(thread, priority, draw)
    still_open = _is_open(thread, draw)
    return Ticket(
        client=thread.client.name, opened=moment(opened), responded=moment(responded),
        resolved=None if still_open else moment(done), priority=priority, category=category,
        title=_title(category, draw), kind=draw.choices(("incident", "request", "change"), (66, 29, 5))[0],
        status=draw.choice(("In Progress", "Waiting Customer")) if still_open else "Complete",
        source=draw.choice(SOURCES), person=thread.person.name,
        hours=sum(entry.hours for entry in thread.entries),
        in_scope=all(entry.coverage == "agreement" for entry in thread.entries),
        escalated=thread.person.level != "1" and draw.random() < 0.14, reopened=int(draw.random() < 0.035),
        touches=len(thread.entries) + draw.randint(0, 3), csat="" if still_open else _csat(draw),
        pause=None if still_open else _pause(responded, done, draw), thread=thread,
    )  # fmt: skip


def _alert(client: Client, month: date, draw: Random) -> Ticket | None:
    """A monitoring alert that cleared itself, at any hour of the week."""
    opened = datetime(month.year, month.month, 1) + timedelta(minutes=draw.randint(0, 31 * 24 * 60 - 60))
    if opened.month != month.month or not client.is_active(opened.date()):
        return None
    resolved = opened + timedelta(minutes=draw.randint(3, 55))
    title = draw.choice(("Disk space low", "Service stopped", "Backup retried", "Device offline"))
    return Ticket(
        client=client.name, opened=opened, responded=None, resolved=resolved, priority="Low",
        category="Monitoring alert", title=title, kind="alert", status="Complete", source="Monitoring",
        person="", hours=0.0, in_scope=True,
    )  # fmt: skip


def _alerts() -> list[Ticket]:
    """All alerts that cleared themselves; more of them each month, as more is watched."""
    draw = stream("alerts")
    found = []
    for number, month in enumerate(months()):
        for client in clients():
            count = round(client.users_in(number) * (0.085 + 0.003 * number) * draw.uniform(0.5, 1.5))
            found += [_alert(client, month, draw) for _ in range(count)]
    return [ticket for ticket in found if ticket]


def _numbered(found: list[Ticket]) -> list[Ticket]:
    """In order of opening, each with the day's next number, which the entries then carry."""
    found.sort(key=lambda ticket: (ticket.opened, ticket.client, ticket.title))
    count: dict[date, int] = defaultdict(int)
    for ticket in found:
        day = ticket.opened.date()
        count[day] += 1
        ticket.number = f"T{day:%Y%m%d}.{count[day]:04}"
        if ticket.thread:
            ticket.thread.number = ticket.number
    return found


def tickets(entries: list[Entry]) -> list[Ticket]:
    """Every ticket, in order of opening."""
    draw = stream("tickets")
    identity: Callable[[Thread], int] = id
    threads = {identity(entry.thread): entry.thread for entry in entries if entry.thread}
    return _numbered([_worked(thread, draw) for thread in threads.values()] + _alerts())
