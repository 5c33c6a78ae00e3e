"""The five signals and what they say together, on a day."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from .book import ratio
from .ledger import Ledger, span
from .loading import month_of, months_later
from .margins import tier_of
from .roles import ACCOUNT, dependence, is_owner, is_senior, scope_creep, senior_account_share

NAMES = ("value", "threshold", "second_value", "second_threshold")
Signal = dict[str, Any]


def _signal(fires: bool | None, *values: float | None) -> Signal:
    state = "not_testable" if fires is None else "fires" if fires else "clear"
    return {"state": state} | dict(zip(NAMES, (*values, None, None)[:4], strict=True))


def last_month(ledger: Ledger, as_of: date) -> date:
    """The last covered month whose last weekday has come."""
    return max(month for month in ledger.covered if _last_weekday(month) <= as_of)


def _last_weekday(month: date) -> date:
    day = months_later(month, 1) - timedelta(days=1)
    return day - timedelta(days=max(0, day.weekday() - 4))


def _services(ledger: Ledger, months: Collection[date]) -> tuple[Fraction, Fraction]:
    """Revenue and margin without products."""
    sums = [ledger.of(client, months).total(without="product") for client in ledger.clients(months)]
    return sum((row[0] for row in sums), Fraction(0)), sum((row[1] for row in sums), Fraction(0))


def _margin_falls(ledger: Ledger, last: date) -> Signal:
    now, before = span(last, 3), span(months_later(last, -12), 3)
    if not set(now + before) <= set(ledger.covered):
        return _signal(None, None, -0.02, None, 0.05)
    (revenue, margin), (was, had) = _services(ledger, now), _services(ledger, before)
    change, growth = margin / revenue - had / was, revenue / was - 1
    return _signal(
        change <= Fraction(-2, 100) and growth >= Fraction(5, 100), float(change), -0.02, float(growth), 0.05
    )


def _months_of_newcomer(start: date, end: date | None, last: date) -> list[date]:
    """Its fourth to ninth month after the one it began in."""
    months = [months_later(month_of(start), n) for n in range(4, 10)]
    return [month for month in months if month <= last and month <= (end or date.max)]


def _usual(ledger: Ledger, tier: str, year: list[date]) -> Fraction | None:
    """Managed hours for a user and month of the tier's older clients."""
    hours = user_months = Fraction(0)
    for client in ledger.clients(year):
        start = ledger.started(client)
        if (
            tier_of(ledger.book, client, year[-1]) == tier
            and ledger.users(client) > 0
            and (start is None or start < year[0])
        ):
            hours += ledger.of(client, year).managed_hours
            user_months += ledger.users(client) * len(ledger.active_months(client, year))
    return hours / user_months if user_months else None


def _newcomers(ledger: Ledger, last: date) -> Signal:
    year = [month for month in span(last, 12) if month in ledger.covered]
    found, taken, usual = 0, Fraction(0), Fraction(0)
    for client in sorted({*ledger.known, *ledger.first}):
        start, end = ledger.started(client), ledger.known.get(client, {}).get("ends_on")
        if not start or not year[0] <= month_of(start) <= last or months_later(month_of(start), 4) > last:
            continue
        norm = _usual(ledger, tier_of(ledger.book, client, last), year)
        if ledger.users(client) > 0 and norm is not None:
            months = [month for month in _months_of_newcomer(start, end, last) if month in ledger.covered]
            found += 1
            taken += ledger.of(client, months).managed_hours
            usual += ledger.users(client) * len(months) * norm
    if found < 2:
        return _signal(None, None, 1.25)
    return _signal(taken >= usual * Fraction(5, 4), ratio(taken, usual), 1.25)


def _seniors(ledger: Ledger, last: date) -> Signal:
    people, work = ledger.book.rows("technicians"), ledger.book.work
    is_known = any(is_senior(row) or is_owner(row) for row in people)
    share = senior_account_share(ledger.book, span(last, 3))
    if not is_known or share is None or not any(row["work_type"] in ACCOUNT for row in work):
        return _signal(None, None, 0.15)
    return _signal(share >= 0.15, share, 0.15)


def _creep(ledger: Ledger, last: date) -> Signal:
    if not any(row["coverage"] == "out_of_scope_unbilled" for row in ledger.book.work):
        return _signal(None, None, 4.0)
    months, year = scope_creep(ledger.book), span(last, 12)
    shares = [months[str(month)]["out_of_scope_share"] for month in year if str(month) in months]
    count = sum(share is not None and share >= 0.05 for share in shares)
    return _signal(count >= 4, float(count), 4.0)


def _owner(ledger: Ledger, last: date) -> Signal:
    found = dependence(ledger.book, span(last, 12))
    share = found["owner_escalation_share"] if found["escalations"] >= 10 else None
    left = found["absence_ratio"] if found["absence_days"] >= 5 else None
    if not any(is_owner(row) for row in ledger.book.rows("technicians")) or (share is None and left is None):
        return _signal(None, None, 0.30, None, 0.80)
    fires = (share is not None and share >= 0.30) or (left is not None and left <= 0.80)
    return _signal(fires, share, 0.30, left, 0.80)


def signals(ledger: Ledger, as_of: date) -> dict[str, Any]:
    """Each signal: whether it fires, and by what."""
    last = last_month(ledger, as_of)
    tests = {
        "margin_falls_while_revenue_grows": _margin_falls, "new_clients_add_complexity": _newcomers,
        "seniors_do_account_work": _seniors, "scope_creep_recurs": _creep, "cannot_run_without_the_owner": _owner,
    }  # fmt: skip
    found = {name: test(ledger, last) for name, test in tests.items()}
    return {name: row | {"nearness": nearness(name, row)} for name, row in found.items()}


def _of_limit(name: str, row: Signal) -> float:
    """How much of its limit a signal reaches; of two limits by what decides whether it fires."""
    first, second = row["value"] / row["threshold"], row["second_value"]
    if name == "margin_falls_while_revenue_grows":
        return min(first, second / row["second_threshold"])
    if name == "cannot_run_without_the_owner":
        return max(first, 2 - second / row["second_threshold"])
    return float(first)


def nearness(name: str, row: Signal) -> str | None:
    """Whether a tested signal lies within a twentieth of its limit."""
    if row["state"] == "not_testable" or abs((reached := _of_limit(name, row)) - 1) > 0.05:
        return None
    return "on" if round(reached, 9) == 1 else "just_above" if row["state"] == "fires" else "just_below"


def _reading(fired: int) -> str:
    return "none" if not fired else "watch" if fired == 1 else "redesign" if fired == 5 else "structural"


def verdict(found: dict[str, Any]) -> dict[str, Any]:
    """What the tested signals say together, and what of it only just holds."""
    fired = [name for name, signal in found.items() if signal["state"] == "fires"]
    just = [name for name in fired if found[name]["nearness"]]
    almost = [name for name, signal in found.items() if signal["state"] == "clear" and signal["nearness"]]
    untested = sum(signal["state"] == "not_testable" for signal in found.values())
    return {
        "fired": len(fired), "tested": 5 - untested, "not_testable": untested, "reading": _reading(len(fired)),
        "just_firing": ", ".join(just) or None, "just_clear": ", ".join(almost) or None,
        "clear_reading": _reading(len(fired) - len(just)),
    }  # fmt: skip
