"""The health of a workspace's data: both sides of every balance, and every check with the rows that offend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from vitals import formats, warehouse
from vitals.formats import percent_whole
from vitals.queries import all_queries


@dataclass(frozen=True)
class Check:
    """What one check looks for, in words, and how many rows it found."""

    name: str
    statement: str
    offending: int


@dataclass(frozen=True)
class Health:
    """Both sides of every balance of a workspace, and its checks."""

    loads: list[dict[str, Any]]
    steps: list[dict[str, Any]]
    checks: list[Check]
    currency: str = formats.UNSTATED

    @property
    def is_balanced(self) -> bool:
        """Whether nothing was lost between the files and the numbers."""
        return all(row["is_balanced"] for row in (*self.in_use, *self.steps))

    @property
    def in_use(self) -> list[dict[str, Any]]:
        """The loads that were not taken back."""
        return [row for row in self.loads if row["undone_at"] is None]


def _check(con: warehouse.Connection, name: str) -> Check:
    return Check(name, all_queries()[name].purpose, warehouse.count(con, name))


def checks(con: warehouse.Connection) -> list[Check]:
    """Every check of the workspace, the ones that found rows first."""
    names = sorted(name for name, query in all_queries().items() if query.layer == "checks" and not query.params)
    return sorted((_check(con, name) for name in names), key=lambda check: check.offending == 0)


def examine(con: warehouse.Connection) -> Health:
    """Read the health of a workspace: loads, steps from raw rows to roll-ups, checks."""
    loads = warehouse.rows(con, "metrics.load_balances")
    return Health(loads, warehouse.rows(con, "metrics.step_balances"), checks(con), warehouse.currency(con))


MEASURES = {"rows": ("row", "rows"), "money": ("money", "money"), "hours": ("hour", "hours")}
"""What is balanced, as one and as several of it are called."""


def _figure(value: Any) -> str:
    """A number as people write it: thousands apart, no more decimals than it has."""
    text = f"{value or 0:,}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _load_line(row: dict[str, Any]) -> str:
    sides = (_sides(row, measure) for measure in MEASURES if row[f"{measure}_read"] is not None)
    mark = "balanced" if row["is_balanced"] else "NOT BALANCED"
    return f"load {row['load_id']}, {row['file_name']} ({_recognised(row)}): {'; '.join(sides)}. {mark}"


def _recognised(row: dict[str, Any]) -> str:
    """What a load was taken for, by whose captions, how well those are known and how surely they were met."""
    system = "" if row["system"] in (None, "canonical") else f" of {row['system']}"
    known = f"; {row['evidence'][:1].lower()}{row['evidence'][1:]}" if row["evidence"] else ""
    sure = "" if row["confidence"] is None else f"; {percent_whole(row['confidence'])} sure"
    return f"{row['label']}{system}{known}{sure}"


def _sides(row: dict[str, Any], measure: str) -> str:
    read, *fates = (_figure(row[f"{measure}_{fate}"]) for fate in ("read", "loaded", "quarantined", "set_aside"))
    what = MEASURES[measure][row[f"{measure}_read"] != 1]
    return f"{read} {what} read = {fates[0]} loaded + {fates[1]} quarantined + {fates[2]} set aside"


def _step_line(row: dict[str, Any]) -> str:
    mark = "balanced" if row["is_balanced"] else f"NOT BALANCED, difference {_figure(row['difference'])}"
    return f"{row['step']}, {row['measure']}: {_figure(row['left_side'])} = {_figure(row['right_side'])}. {mark}"


def _check_line(check: Check) -> str:
    return f"{_figure(check.offending) if check.offending else 'none'}: {check.statement} [{check.name}]"


def lines(health: Health) -> list[str]:
    """The report as lines of text: loads, steps, checks, currency, and the verdict last."""
    verdict = "Nothing was lost." if health.is_balanced else "Something does not balance: see the lines above."
    return [
        *map(_load_line, health.in_use),
        *map(_step_line, health.steps),
        *map(_check_line, health.checks),
        formats.currency_said(health.currency),
        verdict,
    ]
