"""The catalogue of numbers: what each is called, how it is made in words, and what it is compared with."""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from vitals import formats
from vitals.errors import VitalsError
from vitals.queries import CATALOGUE_FILE

FORMATS = ("money", "percent", "hours", "count", "number", "days", "rate")
BETTER = ("higher", "lower", "band", "neither")


@dataclass(frozen=True)
class Benchmark:
    """What a number is compared with, who says so, and on which cost basis they say it."""

    text: str
    source: str
    basis: str = ""
    currency: str = ""
    """That of the amounts in it, if it names any: they are never converted."""
    low: float | None = None
    high: float | None = None

    @property
    def said(self) -> str:
        """Its text, and that its amounts are in another currency than those on screen where they are."""
        foreign = formats.unconverted(self.currency)
        return f"{self.text} ({foreign})" if foreign else self.text

    def holds(self, value: float) -> bool:
        """Whether a value lies where it should, as far as the benchmark has bounds; a missing one doesn't."""
        if self.low is None and self.high is None:
            return False
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)


@dataclass(frozen=True)
class Rows:
    """The rows behind a number: of which kind, which of them, and what they add up to in words."""

    kind: str
    says: str
    """What is said after how many there are; {whole} and {part} are the sums that make the number."""
    only: str = ""
    """Which of the kind, by the name that its query knows them by; empty for all."""
    form: str = ""
    """How the sums are written, where not as the kind's are."""


@dataclass(frozen=True)
class Number:
    """One number that a page may show."""

    name: str
    label: str
    query: str
    column: str
    formula: str
    format: str
    better: str
    leaves_out: str = ""
    benchmark: Benchmark | None = None
    trend: str = ""
    """The query that has it month by month, in a column of the same name."""
    short: str = ""
    """Its name on a card, where the label would be too long."""
    is_compared: bool = True
    """Whether what it was in the period before says anything."""
    is_of_last_month: bool = False
    """Whether it is of the period's last month, and not of all of them."""
    instead: str = ""
    """The number that stands in where this one isn't known, and that one is."""
    also: str = ""
    """The kind of rows that it can't do without, beside those that its query needs."""
    like: str = ""
    """The number with whose words it is explained, and that another query has of something else."""
    rows: Rows | None = None
    parts: tuple[str, ...] = ()
    """The numbers of which it is a difference or a share: each of them has rows."""

    @property
    def low(self) -> float:
        """From where on the number is as it should be; without a benchmark everything is."""
        known = self.benchmark.low if self.benchmark else None
        return -math.inf if known is None else known

    @property
    def high(self) -> float:
        """Up to where the number is as it should be."""
        known = self.benchmark.high if self.benchmark else None
        return math.inf if known is None else known

    @property
    def band(self) -> str:
        """From where to where a share is as it should be, in words: 70–80 %."""
        return f"{formats.percent_whole(self.low).split(formats.NO_BREAK)[0]}–{formats.percent_whole(self.high)}"


def _number(name: str, entries: dict[str, dict[str, Any]]) -> Number:
    own = entries[name]
    shared = entries[own["like"]] if "like" in own else {}
    # each is asked of its own query, month by month too
    spec = {"column": own.get("like", name), **shared, "trend": "", **own}
    compared, behind = spec.pop("benchmark", None), spec.pop("rows", None)
    parts = tuple(spec.pop("parts", ()))
    return Number(
        name=name,
        benchmark=Benchmark(**compared) if compared else None,
        rows=Rows(**behind) if behind else None,
        parts=parts,
        **spec,
    )


@cache
def numbers() -> dict[str, Number]:
    """Every number by name, in the order of the catalogue."""
    with CATALOGUE_FILE.open("rb") as file:
        entries = tomllib.load(file)
    return {name: _number(name, entries) for name in entries}


def number(name: str) -> Number:
    """The number of that name; VitalsError if the catalogue has none."""
    if name not in numbers():
        raise VitalsError(f"There is no number called {name}.", "queries/catalog.toml lists them.")
    return numbers()[name]


def numbers_of(query: str) -> tuple[Number, ...]:
    """The numbers that a query returns, in the order of the catalogue."""
    return tuple(item for item in numbers().values() if item.query == query)
