"""The start page's four live numbers, as soon as the data gives them."""

from __future__ import annotations

from vitals.ui.page import cards, filters, frame, numbers


def draw() -> None:
    """Four numbers for the chosen months; nothing while no month is complete."""
    period = filters.period()
    if period is None:
        return
    frame.section(period.label)
    names = ("gross_margin", "service_gross_margin_pct", "utilisation_net", "completion_pct")
    found = numbers.rows(period, "metrics.company_margin", "metrics.utilisation", "metrics.qbr_completion")
    cards.draw(found, [cards.Card(name) for name in names])
