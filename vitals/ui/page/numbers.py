"""The rows that the numbers of a page come from, and what each was in the period before."""

from __future__ import annotations

from typing import Any

from vitals.queries import query
from vitals.ui.page import session
from vitals.ui.page.filters import Period

NEEDS = {"metrics.company_margin": ("has_invoices", "has_labour"), "metrics.utilisation": ("has_labour",)}
"""What must be loaded for each month of the period before, so that it can be compared with."""


def _before(name: str, period: Period) -> dict[str, Any]:
    """The parameters of the period before; empty where it is not wholly loaded."""
    if "as_of" in query(name).params:
        return session.one("metrics.previous_day", as_of=period.as_of)
    found = session.one("metrics.previous_period", **period.months)
    is_whole = name in NEEDS and all(found.get(need) for need in NEEDS[name])
    return {key: found[key] for key in period.months} if is_whole else {}


def rows(period: Period, *names: str) -> dict[str, Any]:
    """The only rows of some queries beside each other, and as previous_... what they were in the period before."""
    beside: dict[str, Any] = {}
    for name in names:
        params = {"as_of": period.as_of} if "as_of" in query(name).params else period.months
        before = _before(name, period)
        earlier = session.one(name, **before) if before else {}
        beside |= {f"previous_{column}": value for column, value in earlier.items()}
        beside |= session.one(name, **params)
    return beside
