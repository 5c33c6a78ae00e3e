"""What became of the files, in sentences: of one file, of one answer, of the whole workspace."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vitals import formats
from vitals.formats import count, is_missing, plural

Row = Mapping[str, Any]


def _zero(value: Any) -> Any:
    return 0 if is_missing(value) else value


def answer_word(answer: str) -> str:
    """An answer's name in words."""
    known = {"dmy": "Day first", "mdy": "Month first", "yes": "Yes", "all": "All of them"}
    return known.get(answer, answer.replace("_", " ").capitalize())


NOUNS = {"time_entries": "time entry", "time_off": "day of time off", "holidays": "holiday"}
PLURALS = {"time_entries": "time entries", "time_off": "days of time off"}
FATES = {
    "conflicting_duplicate": ("waits for your choice", "wait for your choice"),
    "exact_duplicate": ("repeated row", "repeated rows"),
    "already_loaded": ("loaded before", "loaded before"),
}
"""Reasons for which a row is left out that are neither unreadable nor no data, one and many."""


def rows_of(entity: str, rows: Any) -> str:
    """A count of rows by what they are: 1 ticket, 474 days of time off."""
    many = PLURALS.get(entity, entity.replace("_", " "))
    return plural(_zero(rows), NOUNS.get(entity, many.removesuffix("s")), many)


def _left_out(report: Row) -> list[str]:
    """The rows that don't count, by what is to be done about them."""
    reasons = report.get("reasons") or {}
    known = {name: int(_zero(reasons.get(name))) for name in FATES}
    unread = int(_zero(report.get("rows_quarantined"))) - known["conflicting_duplicate"]
    no_data = int(_zero(report.get("rows_set_aside"))) - known["exact_duplicate"] - known["already_loaded"]
    said = [f"{count(unread)} can't be read"] if unread else []
    said += [plural(rows, *FATES[name]) for name, rows in known.items() if rows]
    return said + ([f"{count(no_data)} set aside as no data"] if no_data else [])


def _sums(report: Row) -> list[str]:
    loaded, read = report.get("money_loaded"), report.get("money_read")
    said = [f"{formats.money_exact(loaded)} of {formats.money_exact(read)}"] if _zero(read) else []
    return said + ([f"{formats.number(report['hours'])} hours"] if _zero(report.get("hours")) else [])


def _unloaded(report: Row) -> str:
    """Why nothing of a file counts; a question is not said here, since it stands below."""
    name = str(report.get("file"))
    if report.get("decision") == "ask":
        rows = _zero(report.get("rows_seen"))
        waiting = f"{plural(rows, 'row')} {'waits' if rows == 1 else 'wait'}" if rows else "it waits"
        return f"{name}: {waiting} for your answer."
    message = str(report.get("message") or "It can't be read.")
    return message if message.startswith(name) else f"{name}: {message}"


def _repeated(report: Row) -> str:
    unread = _zero(report.get("rows_quarantined"))
    said = f", and {plural(unread, 'row')} can't be used" if unread else ""
    return f"{report.get('file')}: already loaded; nothing changed{said}."


def receipt(report: Row) -> str:
    """One line for a file: what it is, what became of its rows, whether the money balances."""
    if report.get("decision") in ("refuse", "ask"):
        return _unloaded(report)
    if report.get("decision") == "repeat":
        return _repeated(report)
    loaded = f"{rows_of(str(report.get('entity') or 'rows'), report.get('rows_loaded'))} loaded"
    known = report.get("system") not in (None, "", "canonical")
    source = f" ({report['system']})" if known else ""
    return f"{report.get('file')}{source}: {', '.join([loaded, *_left_out(report), *_sums(report)])}."


def start(contents: Any) -> str:
    """What the start page says of the workspace."""
    held = contents[contents["has_rows"].astype(bool)]
    if held.empty:
        return "Tickets, time, invoices, people: drop what your systems export, in any order."
    parts = [rows_of(row.entity, row.rows) for row in held.itertuples()]
    listed = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
    return f"{listed} {'is' if len(parts) == 1 and held['rows'].iloc[0] == 1 else 'are'} loaded."


def trust(balances: Any, steps: Any) -> str:
    """Can these numbers be trusted?"""
    live = balances[balances["undone_at"].isna()] if "undone_at" in balances else balances
    if live.empty:
        return "Nothing is loaded yet."
    off = int((~live["is_balanced"].astype(bool)).sum())
    lost = int((~steps["is_balanced"].astype(bool)).sum()) if len(steps) else 0
    said = f"{count(live['rows_read'].sum())} rows were read and {count(live['rows_loaded'].sum())} loaded"
    if off:
        verb = "does" if off == 1 else "do"
        of_all = f"{plural(off, 'load')} of {count(len(live))}"
        return f"{said}; {of_all} {verb} not balance. Look at that before using any number."
    if lost:
        return f"{said}, but {plural(lost, 'step')} from there to the numbers lost something. Look at it first."
    return f"{said}; every row, amount and hour of the rest is accounted for."
