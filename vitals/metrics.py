"""The catalogue of numbers: what each is called, how it is made in words, and what it is compared with."""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from functools import cache

from vitals import currency, formats
from vitals.errors import VitalsError
from vitals.queries import CATALOGUE_FILE

FORMATS = ("money", "percent", "hours", "count", "days", "rate")
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
        foreign = currency.unconverted(self.currency)
        return f"{self.text} ({foreign})" if foreign else self.text


@dataclass(frozen=True)
class Metric:
    """One number that a page may show."""

    id: str
    label: str
    query: str
    column: str
    formula: str
    format: str
    better: str
    leaves_out: str = ""
    benchmark: Benchmark | None = None

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
        """From where to where a share is as it should be, in words: 70-80 %."""
        return f"{formats.percent_whole(self.low).split(formats.NO_BREAK)[0]}–{formats.percent_whole(self.high)}"


def _metric(name: str, spec: dict) -> Metric:
    compared = spec.pop("benchmark", None)
    benchmark = Benchmark(**compared) if compared else None
    return Metric(id=name, column=spec.pop("column", name), benchmark=benchmark, **spec)


@cache
def metrics() -> dict[str, Metric]:
    """Every metric by id, in the order of the catalogue."""
    with CATALOGUE_FILE.open("rb") as file:
        return {name: _metric(name, spec) for name, spec in tomllib.load(file).items()}


def metric(name: str) -> Metric:
    """The metric of that id; VitalsError if the catalogue has none."""
    if name not in metrics():
        raise VitalsError(f"There is no number called {name}.", "queries/catalog.toml lists them.")
    return metrics()[name]


def metrics_of(query: str) -> tuple[Metric, ...]:
    """The metrics that a query returns, in the order of the catalogue."""
    return tuple(item for item in metrics().values() if item.query == query)
