"""Several workspaces side by side: the same numbers over the same months, ranked, and what each of them lacks."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import isclose, isfinite
from typing import Any

from vitals import formats, warehouse
from vitals.catalogue import Number, number
from vitals.contract import entities
from vitals.errors import VitalsError
from vitals.results import rows_of

MOST = 10
UNREAD = "can't be read"
"""What stands instead of a number that the hours on file don't carry."""
Connections = Mapping[str, warehouse.Connection]
"""Each target by its name."""


@dataclass(frozen=True)
class Line:
    """A number that is compared: what it tells of, and its name where the catalogue's needs its own page around it."""

    group: str
    name: str
    own_label: str = ""

    @property
    def number(self) -> Number:
        """What the catalogue says of it."""
        return number(self.name)

    @property
    def label(self) -> str:
        """What it is called beside numbers of other pages."""
        return self.own_label or self.number.label


LINES = (
    Line("Revenue", "company_revenue"),
    Line("Revenue", "monthly_recurring_revenue"),
    Line("Revenue", "recurring_share"),
    Line("Revenue", "gross_revenue_retention"),
    Line("Revenue", "net_revenue_retention"),
    Line("Revenue", "top1_share", "Largest client, of revenue without products"),
    Line("Margin", "company_gross_margin_pct"),
    Line("Margin", "gross_margin_after_bench_pct"),
    Line("Margin", "scored_iqr_gross_margin_pct", "Spread of margins within a tier"),
    Line("People", "team_utilisation_net", "Utilisation of the team, net"),
    Line("People", "exposed_share", "Recurring revenue on one person, of all"),
    Line("Service", "all_resolution_attainment_pct", "Tickets resolved in time"),
    Line("Service", "completion_pct"),
    Line("Outcome", "median_score", "Readiness for an outcome, middle score"),
)
TIME = "team_utilisation_net"
COVERED = (
    Line("Coverage", "months_covered", "Of the compared months covered"),
    Line("Coverage", "team_time_capture", "Hours written down"),
    Line("Coverage", "scored_classed_share"),
    Line("Coverage", "assumed_share"),
)
"""What a reader must know before believing a difference."""


@dataclass(frozen=True)
class Months:
    """The months that are compared, both ends included, as first days."""

    month_from: date
    month_to: date
    is_common: bool = True
    """Whether every target has them; else each is taken over its own last ones."""

    @property
    def label(self) -> str:
        """The months in words."""
        first, last = formats.month(self.month_from), formats.month(self.month_to)
        return first if first == last else f"{first} – {last}"


@dataclass(frozen=True)
class Target:
    """One workspace as it is compared."""

    name: str
    currency: str
    months: Months
    held: Months
    """From the first to the last month that invoices and hours cover."""
    values: Mapping[str, Any]
    """Number -> its value; missing is None."""
    lacks: tuple[str, ...] = ()
    """What kinds of rows it does not hold."""
    unread: Mapping[str, str] = field(default_factory=dict)
    """Number that its hours don't carry -> why; it has no value and no place by it."""
    is_before_tools: bool = False
    """Whether its margins are before what tools and resale cost, which no line states."""


@dataclass(frozen=True)
class Comparison:
    """Targets over the same months."""

    targets: tuple[Target, ...]
    months: Months

    @property
    def is_one_currency(self) -> bool:
        """Whether amounts may be compared: those of different currencies are never converted."""
        return len({target.currency for target in self.targets}) == 1

    def is_ranked(self, line: Line) -> bool:
        """Whether the number of one target can be called better than another's."""
        return line.number.better != "neither" and (self.is_one_currency or line.number.format not in formats.MONEY)

    def places(self, line: Line) -> dict[str, int]:
        """Target -> its place, 1 for the best; unknown ones have none, and nobody has where all are equally good."""
        known = {target.name: target.values[line.name] for target in self.targets}
        off = {name: _off(line.number, float(value)) for name, value in known.items() if value is not None}
        if not self.is_ranked(line) or len(off) < 2:
            return {}
        places = {name: 1 + sum(_is_less(other, own) for other in off.values()) for name, own in off.items()}
        return places if len(set(places.values())) > 1 else {}

    def ranked(self, line: Line) -> list[Target]:
        """The targets, the best first; those of whom it is not known last."""
        places = self.places(line)
        return sorted(self.targets, key=lambda target: places.get(target.name, MOST + 1))


def _off(item: Number, value: float) -> float:
    """How far a number is from the best: the less, the better."""
    if item.better == "band":
        return max(item.low - value, value - item.high, 0)
    return -value if item.better == "higher" else value


def _is_less(one: float, other: float) -> bool:
    return one < other and not isclose(one, other, rel_tol=1e-9, abs_tol=1e-12)


def _covered(con: warehouse.Connection) -> list[date]:
    """The months that invoices and hours cover; where none is, those complete for either."""
    found = warehouse.rows(con, "metrics.months")
    covered = [row["month_start"] for row in found if row["is_covered"]]
    return sorted(covered or [row["month_start"] for row in found if row["is_complete"]])


def _last_of(months: Sequence[date]) -> tuple[date, date]:
    """From where to where the last twelve of them reach, or as many as there are in a row of twelve."""
    last = months[-1]
    begin = date(last.year - 1, last.month, 1)
    return min(month for month in months if month > begin), last


def _common(held: Mapping[str, Sequence[date]]) -> Months | None:
    shared = set.intersection(*map(set, held.values()))
    return Months(*_last_of(sorted(shared))) if shared else None


def _value(con: warehouse.Connection, name: str, asked: Mapping[str, Any]) -> Any:
    item = number(name)
    rows = rows_of(con, item.query, asked)
    value = rows[0][item.column] if len(rows) == 1 else None
    return None if value is None or not isfinite(value) else value


def _target(name: str, con: warehouse.Connection, held: Sequence[date], common: Months | None) -> Target:
    months = common or Months(*_last_of(held), is_common=False)
    last_day = months.month_to.replace(day=monthrange(months.month_to.year, months.month_to.month)[1])
    through = warehouse.rows(con, "metrics.default_period")[0]["data_through"]
    asked = {"month_from": months.month_from, "month_to": months.month_to, "as_of": min(last_day, through)}
    contents = warehouse.rows(con, "metrics.workspace_contents")
    unread = _unread(con, asked)
    return Target(
        name, warehouse.currency(con), months, Months(held[0], held[-1]),
        {line.name: None if line.name in unread else _value(con, line.name, asked) for line in (*LINES, *COVERED)},
        tuple(entities()[row["entity"]].label for row in contents if not row["has_rows"]),
        unread, _is_before_tools(con, asked),
    )  # fmt: skip


def _unread(con: warehouse.Connection, asked: Mapping[str, Any]) -> dict[str, str]:
    """The numbers that the hours on file don't carry over the compared months, each with why."""
    (reading,) = rows_of(con, "metrics.margin_reading", asked)
    because, capture = reading["unread_because"], reading["time_capture"]
    margins = {line.name: because for line in LINES if line.group == "Margin" and because}
    is_low = capture is not None and capture < number("read_time_capture").low
    return {**margins, **({TIME: because} if is_low else {})}


def _is_before_tools(con: warehouse.Connection, asked: Mapping[str, Any]) -> bool:
    (company,) = rows_of(con, "metrics.company_margin", asked)
    return company["gross_margin"] is not None and company["direct_cost"] is None


def compare(connections: Connections) -> Comparison:
    """The same numbers of several workspaces, over the last twelve months that all of them cover.

    Raises VitalsError for none, for more than ten, and for one that has no complete month.
    """
    if not connections or len(connections) > MOST:
        raise VitalsError(f"From one to {MOST} workspaces are compared, not {len(connections)}.", "Choose fewer.")
    held = {name: _covered(con) for name, con in connections.items()}
    if empty := [name for name, months in held.items() if not months]:
        raise VitalsError(f"{empty[0]} has no complete month of data.", "Load its files first, or leave it out.")
    common = _common(held)
    found = tuple(_target(name, con, held[name], common) for name, con in connections.items())
    return Comparison(found, common or Months(found[0].months.month_from, found[0].months.month_to, False))


def rows(found: Comparison) -> list[dict[str, Any]]:
    """A row for each number of each target, as a script reads it."""
    return [
        {
            "group": line.group, "number": line.name, "label": line.label, "target": target.name,
            "value": target.values[line.name], "place": found.places(line).get(target.name),
            "format": line.number.format, "currency": target.currency, "month_from": target.months.month_from,
            "month_to": target.months.month_to,
        }
        for line in (*LINES, *COVERED)
        for target in found.targets
    ]  # fmt: skip


def apart(found: Comparison) -> list[str]:
    """What keeps the targets from being alike, in sentences."""
    said = []
    if not found.months.is_common:
        said.append("No month is covered by all of them: each is taken over its own last months.")
    if not found.is_one_currency:
        codes = formats.listed(sorted({target.currency or "an unstated one" for target in found.targets}))
        said.append(f"Their currencies differ ({codes}): amounts are neither converted nor ranked.")
    for target in found.targets:
        said += [f"{target.name}: {sentence}" for sentence in _unread_of(target)]
    missing = [f"{target.name} has no {_few(target.lacks)}" for target in found.targets if target.lacks]
    return [*said, *(f"{sentence}." for sentence in missing)]


def _unread_of(target: Target) -> list[str]:
    """What hours and costs on file say too little of."""
    said = [f"no margin can be read, since {why}; it has no place by one." for why in [*target.unread.values()][:1]]
    if target.is_before_tools and not target.unread:
        said.append("no invoice line states a direct cost, so its margins are before tools and resale.")
    return said


def _few(lacks: Sequence[str]) -> str:
    return formats.listed([label.lower() for label in lacks]).replace(" and ", " or ")
