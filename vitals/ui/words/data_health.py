"""The data-health page's answer: what became of the rows read, and whether all of it is accounted for."""

from __future__ import annotations

from typing import Any

from vitals.formats import count, plural

ENDS = {
    "rows_in_use": "in use",
    "rows_replaced": "replaced by another row",
    "rows_quarantined": "quarantined",
    "rows_set_aside": "set aside",
}


def _ends(loads: Any) -> str:
    """What became of the rows of some loads; the figures add up to the rows read."""
    said = {words: int(loads[name].sum()) for name, words in ENDS.items()}
    told = [f"{count(rows)} {words}" for words, rows in said.items() if rows or words == ENDS["rows_in_use"]]
    return told[0] if len(told) == 1 else f"{', '.join(told[:-1])} and {told[-1]}"


def trust(balances: Any, steps: Any, waiting: int = 0) -> str:
    """Can these numbers be trusted?"""
    live = balances[balances["undone_at"].isna()] if "undone_at" in balances else balances
    if live.empty:
        return "Nothing is loaded yet."
    off = int((~live["is_balanced"].astype(bool)).sum())
    lost = int((~steps["is_balanced"].astype(bool)).sum()) if len(steps) else 0
    said = f"{count(live['rows_read'].sum())} rows were read: {_ends(live)}"
    if off:
        verb = "does" if off == 1 else "do"
        of_all = f"{plural(off, 'load')} of {count(len(live))}"
        return f"{said}; {of_all} {verb} not balance. Look at that before using any number."
    if lost:
        return f"{said}, but {plural(lost, 'step')} from there to the numbers lost something. Look at it first."
    choice = f" {plural(waiting, 'row')} {'waits' if waiting == 1 else 'wait'} for your choice." if waiting else ""
    return f"{said}. Every amount and hour in them is accounted for.{choice}"
