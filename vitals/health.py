"""The health of a workspace's data: both sides of every balance, and every check with the rows that offend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from vitals import warehouse
from vitals.queries import catalogue


@dataclass(frozen=True)
class Check:
    """One statement about the data and how many rows speak against it."""

    name: str
    statement: str
    offending: int


@dataclass(frozen=True)
class Health:
    """Both sides of every balance of a workspace, and its checks."""

    loads: list[dict[str, Any]]
    steps: list[dict[str, Any]]
    checks: list[Check]

    @property
    def is_balanced(self) -> bool:
        """Whether nothing was lost between the files and the numbers."""
        return all(row["is_balanced"] for row in (*self.in_use, *self.steps))

    @property
    def in_use(self) -> list[dict[str, Any]]:
        """The loads that were not taken back."""
        return [row for row in self.loads if row["undone_at"] is None]


def _check(con: warehouse.Connection, name: str) -> Check:
    found = con.execute(f"select count(*) from {name}").fetchall()[0][0]
    return Check(name, catalogue()[name].purpose, found)


def checks(con: warehouse.Connection) -> list[Check]:
    """Every check of the workspace, the ones that rows speak against first."""
    names = sorted(name for name, query in catalogue().items() if query.layer == "checks" and not query.params)
    return sorted((_check(con, name) for name in names), key=lambda check: check.offending == 0)


def examine(con: warehouse.Connection) -> Health:
    """Read the health of a workspace: loads, steps from raw rows to roll-ups, checks."""
    loads = warehouse.rows(con, "metrics.load_balances")
    return Health(loads, warehouse.rows(con, "metrics.step_balances"), checks(con))


MEASURES = ("rows", "money", "hours")


def _load_line(row: dict[str, Any]) -> str:
    sides = (_sides(row, measure) for measure in MEASURES if row[f"{measure}_read"] is not None)
    mark = "balanced" if row["is_balanced"] else "NOT BALANCED"
    return f"load {row['load_id']}, {row['file_name']} ({row['label']}): {'; '.join(sides)}. {mark}"


def _sides(row: dict[str, Any], measure: str) -> str:
    loaded, quarantined, aside = (row[f"{measure}_{fate}"] or 0 for fate in ("loaded", "quarantined", "set_aside"))
    left = f"{row[f'{measure}_read']:,} {measure} read"
    return f"{left} = {loaded:,} loaded + {quarantined:,} quarantined + {aside:,} set aside"


def _step_line(row: dict[str, Any]) -> str:
    mark = "balanced" if row["is_balanced"] else f"NOT BALANCED, difference {row['difference']:,}"
    return f"{row['step']}, {row['measure']}: {row['left_side']:,} = {row['right_side']:,}. {mark}"


def _check_line(check: Check) -> str:
    said = f"{check.offending:,} rows against" if check.offending else "holds"
    return f"{said}: {check.statement} [{check.name}]"


def lines(health: Health) -> list[str]:
    """The report as lines of text: loads, steps, checks, and the verdict last."""
    verdict = "Nothing was lost." if health.is_balanced else "Something does not balance: see the lines above."
    return [
        *map(_load_line, health.in_use),
        *map(_step_line, health.steps),
        *map(_check_line, health.checks),
        verdict,
    ]
