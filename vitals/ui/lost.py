"""Clients that are billed no more: whether they left at all."""

from __future__ import annotations

from vitals import formats
from vitals.ui.page import frame, session
from vitals.ui.page.filters import Period
from vitals.ui.words import revenue


def open_question(period: Period) -> None:
    """Who may go on under another name, as long as nobody has said so; nothing where that is nobody."""
    frame.note(revenue.renamed(formats.rows(session.run("metrics.lost_clients", **period.months))))
