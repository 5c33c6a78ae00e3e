"""The parts of the page on service credits: the terms to fill in, safe targets, the trap of few tickets, severities."""

from __future__ import annotations

from collections.abc import Iterable

from vitals import formats
from vitals.ui.page import frame, pricing_columns, register, session, tables
from vitals.ui.page.filters import Period
from vitals.ui.words import credits as words


def terms(clients: Iterable[str]) -> None:
    """The contract's terms, for all clients and for one, kept with the workspace; and those that count."""
    frame.section("By which terms?")
    counting = session.run("metrics.contract_terms")
    names = list(clients)
    shown = counting[counting["client"].isin(names)]
    frame.note(words.terms(formats.rows(shown)))
    register.draw("sla_terms", names)
    tables.show(shown, pricing_columns.TERMS, alt="The terms that count for each client", key="terms", at_most=10)


def safe_targets(period: Period) -> None:
    """What could be promised safely, from each client's own months."""
    frame.section("What could safely be promised?")
    rows = session.run("metrics.sla_safe_targets", **period.months)
    frame.note(words.safe(formats.rows(rows)))
    tables.show(rows, pricing_columns.SAFE_TARGETS, alt="The safe target beside the promised one", key="safe_targets")


def trap() -> None:
    """How often chance alone misses a promise."""
    frame.section("How much is chance?")
    rows = session.run("metrics.small_numbers")
    frame.note(words.trap(formats.rows(rows)))
    tables.show(rows, pricing_columns.SMALL_NUMBERS, alt="Chance of a missed month by its tickets", key="small_numbers")


def severities(period: Period) -> None:
    """Which severity each priority of the data is taken for."""
    frame.section("Which severity is each priority?")
    rows = session.run("metrics.severities", **period.months)
    frame.note("By the number or the word in the priority's name; a dash where it says neither.")
    tables.show(
        rows, pricing_columns.SEVERITIES, alt="Each priority with its severity and attainment", key="severities"
    )
