"""The start page's four live numbers, as soon as the data gives them."""

from __future__ import annotations

from typing import Any

from vitals.ui.page import cards, filters, frame, session


def _row(period: filters.Period) -> dict[str, Any]:
    margin = session.one("metrics.client_margin_summary", **period.months)
    people = session.one("metrics.utilisation_summary", **period.months)
    reviews = session.one("metrics.qbr_summary", as_of=period.as_of)
    return {**reviews, **people, **margin}


def draw() -> None:
    """Four numbers for the chosen months; nothing while no month is complete."""
    period = filters.period()
    if period is None:
        return
    frame.section(period.label)
    names = ("gross_margin", "service_gross_margin_pct", "utilisation_net", "completion_pct")
    cards.draw(_row(period), [cards.Card(name) for name in names])
