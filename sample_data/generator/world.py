"""The invented MSP as data: its clients, people, tiers and items, read from world.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

SEED = 20261031
WORLD_FILE = Path(__file__).parent / "world.toml"


def stream(name: str) -> Random:
    """A random stream of its own for each part, so that one part's change leaves the others as they were."""
    return Random(f"{SEED}:{name}")


def day_of(text: str) -> date | None:
    """An ISO date, or None for an empty cell."""
    return date.fromisoformat(text) if text else None


@dataclass(frozen=True)
class Client:
    """A client of the invented MSP and how it behaves."""

    name: str
    tier: str
    segment: str
    since: str
    until: str
    users: int
    growth: float
    effort: float
    price: float
    project: float
    cadence: str
    reviews: float
    spend: int
    extras: str

    def is_active(self, day: date) -> bool:
        """Whether the client is served on the day."""
        return self.since <= day.isoformat() <= (self.until or "9999")

    def users_in(self, month: int) -> int:
        """People served in the month counted from the first month of the files."""
        return max(3, round(self.users * (1 + self.growth) ** month))


@dataclass(frozen=True)
class Person:
    """A technician: pay, employment, and how the days are spent."""

    name: str
    level: str
    role: str
    wage: int
    burden: str
    hourly: str
    week: str
    starts: str
    ends: str
    busy: float
    capture: float
    mix: str

    @property
    def day_hours(self) -> float:
        """Contracted hours of a day; an empty cell is the usual forty-hour week."""
        return float(self.week or 40) / 5

    def is_employed(self, day: date) -> bool:
        """Whether the person is employed on the day."""
        return self.starts <= day.isoformat() <= (self.ends or "9999")


@cache
def world() -> dict[str, Any]:
    """The whole of world.toml."""
    with WORLD_FILE.open("rb") as file:
        return tomllib.load(file)


@cache
def clients() -> tuple[Client, ...]:
    """Every client that is served, in the order of the file."""
    table = world()["clients"]
    return tuple(Client(**dict(zip(table["columns"], row, strict=True))) for row in table["rows"])


@cache
def people() -> tuple[Person, ...]:
    """Every technician of the service desk."""
    table = world()["people"]
    return tuple(Person(**dict(zip(table["columns"], row, strict=True))) for row in table["rows"])


@cache
def holidays() -> frozenset[date]:
    """The days on which the MSP is closed."""
    return frozenset(day for table in world()["holidays"] for day in table["days"])


def first_month() -> date:
    """The first month of the files."""
    first: date = world()["first_month"]
    return first


def last_day() -> date:
    """The last day of the files."""
    last: date = world()["last_day"]
    return last


def month_number(day: date) -> int:
    """Months from the first month of the files to the day's."""
    first = first_month()
    return (day.year - first.year) * 12 + day.month - first.month


def months() -> list[date]:
    """The first day of each month of the files."""
    first = first_month()
    return [date(first.year + (first.month - 1 + n) // 12, (first.month - 1 + n) % 12 + 1, 1) for n in range(24)]
