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


def receipt(report: Row) -> str:
    """One line for a file: what it is, what became of its rows, whether the money balances."""
    name = report.get("file")
    if report.get("decision") in ("refuse", "ask"):
        return (
            f"{name}: {report.get('message') or plural(_zero(report.get('rows_seen')), 'row') + ' wait for an answer.'}"
        )
    label = str(report.get("entity") or "rows").replace("_", " ")
    parts = [f"{count(_zero(report.get('rows_loaded')))} {label} loaded"]
    if _zero(report.get("rows_quarantined")):
        parts.append(f"{count(report['rows_quarantined'])} can't be read")
    if _zero(report.get("rows_set_aside")):
        parts.append(f"{count(report['rows_set_aside'])} set aside as no data")
    if _zero(report.get("money_read")):
        parts.append(
            f"{formats.money_exact(report.get('money_loaded'))} of {formats.money_exact(report['money_read'])}"
        )
    if _zero(report.get("hours")):
        parts.append(f"{formats.number(report['hours'])} hours")
    known = report.get("system") not in (None, "", "canonical")
    source = f" ({report['system']})" if known else ""
    return f"{name}{source}: {', '.join(parts)}."


def start(contents: Any) -> str:
    """What the start page says of the workspace."""
    held = contents[contents["has_rows"].astype(bool)]
    if held.empty:
        return "Tickets, time, invoices, people: drop what your systems export, in any order."
    parts = [f"{count(row.rows)} {row.label.lower()}" for row in held.itertuples()]
    listed = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
    return f"{listed} are loaded."


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
