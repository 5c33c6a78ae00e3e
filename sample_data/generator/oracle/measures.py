"""Service levels month by month, the credits they would have cost, and who could have left."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from fractions import Fraction
from math import sqrt
from typing import Any

from .backlog import CLOSED
from .book import Book, money
from .desk import Clock, Pauses, net_minutes, pauses
from .ledger import Ledger, span
from .loading import Row, month_of
from .reach import reach_of

TARGET, CRITICAL, FEWEST = Fraction(95, 100), Fraction(85, 100), 20
CREDIT, CREDIT_CRITICAL, CAP = Fraction(5, 100), Fraction(10, 100), Fraction(15, 100)
BAD = ("missed", "critical")
LESS_IS_BETTER = {
    "downtime", "mttr", "incidents", "tickets", "breaches", "errors", "defects", "overdue", "backlog", "age", "minutes",
    "hours", "days",
}  # fmt: skip


@dataclass
class Judged:
    """Tickets of a client and month that met a target, and those that missed it."""

    met: int = 0
    missed: int = 0

    @property
    def count(self) -> int:
        """All that could be judged."""
        return self.met + self.missed


@dataclass
class Levels:
    """What is known of each client's service levels."""

    tickets: dict[tuple[str, str], dict[date, Judged]] = field(default_factory=dict)
    """By client and measure, then month."""
    results: dict[str, dict[date, dict[str, dict[str, Any]]]] = field(default_factory=dict)
    """By client, month and measure."""


def _resolution(clock: Clock, row: Row, end: datetime, waits: Pauses) -> bool | None:
    """Whether the target to resolve was met by the end; nothing while it is still open in time."""
    target, done = row["sla_resolution_minutes"], row["resolved_at"]
    if target is None or (done is None and (row["status"] or "").lower() in CLOSED):
        return None
    if done and done < end:
        return bool(net_minutes(clock, row, done, waits) <= target)
    return False if net_minutes(clock, row, end, waits) > target else None


def _response(clock: Clock, row: Row, end: datetime) -> bool | None:
    """Whether the target to respond was met by the end."""
    target, first, done = row["sla_response_minutes"], row["first_response_at"], row["resolved_at"]
    if target is None:
        return None
    if first and first < end:
        return bool(clock.between(row["opened_at"], first) <= target)
    is_late = (done and done < end) or clock.between(row["opened_at"], end) > target
    return False if is_late else None


def _judge(book: Book) -> dict[tuple[str, str], dict[date, Judged]]:
    """Every ticket of people, by the targets it had, as things stood on the last day of the tickets."""
    clock, waits, through = Clock(book), pauses(book), reach_of(book).tickets
    end = datetime(through.year, through.month, through.day) + timedelta(days=1)
    found: dict[tuple[str, str], dict[date, Judged]] = defaultdict(lambda: defaultdict(Judged))
    for row in book.rows("tickets"):
        is_odd = row["resolved_at"] and row["resolved_at"] < row["opened_at"]
        if row["auto_resolved"] == "Yes" or is_odd or not row.get("client_key"):
            continue
        fates = {"response": _response(clock, row, end), "resolution": _resolution(clock, row, end, waits)}
        for measure, is_met in fates.items():
            if is_met is not None:
                judged = found[row["client_key"], measure][month_of(row["opened_at"].date())]
                judged.met, judged.missed = judged.met + is_met, judged.missed + (not is_met)
    return found


def _result(judged: Judged) -> str:
    if not judged.missed:
        return "met"
    if judged.count < FEWEST:
        return "too_few" if judged.missed == 1 else "missed"
    attained = Fraction(judged.met, judged.count)
    return "critical" if attained < CRITICAL else "missed" if attained < TARGET else "met"


def _measured(judged: dict[date, Judged], month: date) -> dict[str, Any]:
    """What the month's tickets say, or those of three months where they are too few."""
    counts = judged[month]
    if counts.count < FEWEST:
        three = [judged[one] for one in span(month, 3) if one in judged]
        counts = Judged(sum(one.met for one in three), sum(one.missed for one in three))
    return {
        "n": counts.count, "met": counts.met, "attainment": counts.met / counts.count, "target": float(TARGET),
        "result": _result(counts),
    }  # fmt: skip


def _is_kept(row: Row) -> bool:
    """Whether a measured outcome kept its target."""
    name = row["measure"].lower()
    excused = any(word in name for word in ("%", "within", "under", "inside"))
    is_less = LESS_IS_BETTER & set(name.replace(",", " ").split()) or "false positives" in name
    is_lower = row["direction"] == "lower" if row["direction"] else bool(is_less) and not excused
    return bool(row["value"] <= row["target"] if is_lower else row["value"] >= row["target"])


def levels(book: Book) -> Levels:
    """Every measure of every client and month that has one."""
    found = Levels(_judge(book), defaultdict(lambda: defaultdict(dict)))
    for (client, measure), judged in found.tickets.items():
        for month in judged:
            found.results[client][month][measure] = _measured(judged, month)
    for row in book.rows("outcomes"):
        if row["target"] is not None:
            result = {"result": "met" if _is_kept(row) else "missed", "target": float(row["target"])}
            found.results[row["client_key"]][month_of(row["month"])][row["measure"]] = result
    return found


def measures(ledger: Ledger, known: Levels, months: list[date]) -> dict[str, Any]:
    """The measures of the months as the query names them."""
    return {
        f"{ledger.book.shown[client]}/{month}/{measure}": result
        for client, by_month in known.results.items()
        for month, results in by_month.items() if month in months
        for measure, result in results.items()
    }  # fmt: skip


def _bad_months(known: Levels, client: str, measure: str, months: list[date]) -> int:
    """In how many of the months a measure was missed, by more than chance where tickets are counted."""
    by_month = known.results[client]
    bad = [month for month in months if by_month.get(month, {}).get(measure, {}).get("result") in BAD]
    judged = known.tickets.get((client, measure))
    if judged is None:
        return len(bad)
    own = {month: judged[month] for month in months if month in judged}
    count, missed = sum(one.count for one in own.values()), sum(one.missed for one in own.values())
    target = float(TARGET)
    if missed <= count * (1 - target) + 2 * sqrt(count * target * (1 - target)):
        return 0
    return sum(own[month].missed > 0 for month in bad if month in own)


def _credit(results: dict[str, dict[str, Any]]) -> Fraction:
    given = Counter(result["result"] for result in results.values())
    return min(CAP, CREDIT * given["missed"] + CREDIT_CRITICAL * given["critical"])


@dataclass(frozen=True)
class Month:
    """A client's month under the terms."""

    missed: int
    credit: Fraction
    is_chronic: bool
    may_leave: bool


def _month(known: Levels, client: str, month: date) -> Month:
    by_month = known.results[client]
    names = {name for one in span(month, 6) for name in by_month.get(one, {})}
    worst = max((_bad_months(known, client, name, span(month, 6)) for name in names), default=0)
    is_capped = all(one in by_month and _credit(by_month[one]) == CAP for one in span(month, 3))
    missed = sum(result["result"] in BAD for result in by_month[month].values())
    return Month(missed, _credit(by_month[month]), worst >= 3, worst >= 4 or is_capped)


def backtest(known: Levels, months: list[date]) -> dict[str, dict[date, Month]]:
    """Every client's months under the terms, had they been promised."""
    return {
        client: {month: _month(known, client, month) for month in months if month in by_month}
        for client, by_month in known.results.items()
    }


def credits_of(ledger: Ledger, tested: dict[str, dict[date, Month]]) -> dict[str, Any]:
    """The backtest as the query names it."""
    found = {}
    for client, by_month in tested.items():
        for month, row in by_month.items():
            billed = max(Fraction(0), ledger.of(client, [month]).recurring[0])
            found[f"{ledger.book.shown[client]}/{month}"] = {
                "missed_measures": row.missed, "credit_pct": float(row.credit),
                "credit_amount": money(row.credit * billed), "is_chronic": row.is_chronic,
                "has_termination_right": row.may_leave,
            }  # fmt: skip
    return found
