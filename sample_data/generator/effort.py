"""How each technician spends each day: the time entries, and the tickets that they work on."""

from __future__ import annotations

from bisect import bisect
from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate
from random import Random

from .absences import hours_away
from .clock import workdays
from .world import Client, Person, clients, last_day, month_number, months, people, stream, world

KINDS = ("support", "proactive", "project", "account_mgmt")
LENGTHS = {
    "support": (0.25, 0.5, 0.5, 0.75, 1.0, 1.0, 1.25, 1.5, 2.0, 2.5, 3.0),
    "proactive": (1.0, 1.5, 2.0, 3.0),
    "project": (2.0, 3.0, 4.0, 5.0),
    "account_mgmt": (1.0, 1.5, 2.0),
}
SEASON = (1.02, 1.0, 1.02, 0.99, 1.01, 1.0, 0.99, 0.97, 0.95, 0.97, 1.04, 1.03)
"""How busy January to December are; the schools' September is the busiest."""


@dataclass
class Thread:
    """A ticket while it is being worked: grows an entry at a time."""

    client: Client
    person: Person
    entries: list[Entry] = field(default_factory=list)
    number: str = ""


@dataclass
class Entry:
    """One time entry as it was worked."""

    day: date
    person: str
    client: str
    hours: float
    kind: str
    coverage: str
    thread: Thread | None = None


def _favours(person: Person, client: Client) -> float:
    """How much more often a technician works for one client than for others; never the same for two pairs."""
    return 1.0 + 5.0 * stream(f"favours:{person.name}:{client.name}").random() ** 4


def _newcomer(client: Client, month: int) -> float:
    """The first two months of a client take about twice the work."""
    since = (int(client.since[:4]) - 2024) * 12 + int(client.since[5:7]) - 11
    return 2.2 if 0 <= month - since <= 1 and since > 0 else 1.0


def _weight(person: Person, client: Client, month: int, kind: str) -> float:
    """A client's share of one technician's work in a month."""
    tier = world()["tiers"][client.tier]["effort"]
    work = client.users_in(month) * client.effort * tier * _newcomer(client, month)
    return work * _favours(person, client) * (client.project / client.effort if kind == "project" else 1.0)


class Chooser:
    """Draws clients for one technician; the weights of a month are worked out once."""

    def __init__(self, person: Person, draw: Random) -> None:
        self.person, self.draw = person, draw
        self.weights: dict[tuple[int, str], list[float]] = {}

    def client(self, day: date, kind: str) -> Client:
        """A client that is served on the day."""
        key = (month_number(day), kind)
        if key not in self.weights:
            self.weights[key] = list(accumulate(_weight(self.person, one, *key) for one in clients()))
        while True:
            sums = self.weights[key]
            found = clients()[bisect(sums, self.draw.random() * sums[-1])]
            if found.is_active(day):
                return found


@dataclass
class Desk:
    """One technician's desk: what is in progress, and internal time not yet written down."""

    person: Person
    draw: Random
    chooser: Chooser
    threads: list[Thread] = field(default_factory=list)
    internal: float = 0.0

    def thread(self, day: date) -> Thread:
        """A ticket in progress, or a new one."""
        self.threads = [one for one in self.threads if (day - one.entries[0].day).days <= 4]
        if self.threads and self.draw.random() < 0.2:
            found = self.draw.choice(self.threads)
            if found.client.is_active(day):
                return found
        new = Thread(self.chooser.client(day, "support"), self.person)
        self.threads.append(new)
        return new


def _coverage(kind: str, draw: Random) -> str:
    """Who pays for the work."""
    if kind == "project":
        return "billable"
    if kind != "support":
        return "agreement"
    chance = draw.random()
    return "billable" if chance < 0.045 else "out_of_scope_unbilled" if chance < 0.085 else "agreement"


def _work(desk: Desk, day: date, left: float) -> Entry:
    """The next piece of client work of a day."""
    kind = desk.draw.choices(KINDS, world()["mixes"][desk.person.mix])[0]
    hours = min(left, desk.draw.choice(LENGTHS[kind]))
    thread = desk.thread(day) if kind == "support" else None
    client = thread.client if thread else desk.chooser.client(day, kind)
    entry = Entry(day, desk.person.name, client.name, hours, kind, _coverage(kind, desk.draw), thread)
    if thread:
        thread.entries.append(entry)
    return entry


def _internal(desk: Desk, day: date) -> list[Entry]:
    """Meetings and training, written down once they come to something."""
    if desk.internal < 2:
        return []
    hours = min(4.0, desk.internal // 0.5 * 0.5)
    desk.internal -= hours
    kind = desk.draw.choice(("meeting", "training", "meeting", "sales"))
    # Half of the technicians leave the client empty for internal work, the others book it on the MSP itself.
    client = world()["msp"] if len(desk.person.name) % 2 else ""
    return [Entry(day, desk.person.name, client, hours, kind, "internal")]


def _day(desk: Desk, day: date, capacity: float) -> list[Entry]:
    """All entries of one technician's day."""
    pace = desk.person.busy * SEASON[day.month - 1] * desk.draw.uniform(0.86, 1.14)
    left = min(capacity * 1.15, round(capacity * pace * 4) / 4)
    desk.internal += max(0.0, capacity * desk.person.capture - left)
    entries = []
    while left >= 0.25:
        entries.append(_work(desk, day, left))
        left -= entries[-1].hours
    return entries + _internal(desk, day)


def entries_of(person: Person, away: dict[tuple[str, date], float]) -> list[Entry]:
    """Everything that one technician did."""
    draw = stream(f"effort:{person.name}")
    desk = Desk(person, draw, Chooser(person, draw))
    days = [day for day in workdays() if months()[0] <= day <= last_day() and person.is_employed(day)]
    found: list[Entry] = []
    for day in days:
        found += _day(desk, day, person.day_hours - away.get((person.name, day), 0.0))
    return found


def entries() -> list[Entry]:
    """Everything that the technicians did, by day."""
    away = hours_away()
    everything = [entry for person in people() for entry in entries_of(person, away)]
    return sorted(everything, key=lambda entry: entry.day)
