"""What became of a row that reaches no number, in the words that every page uses for it."""

from __future__ import annotations

import pandas as pd

from vitals import formats

WAITS, WAITS_IN_WORDS = "conflicting_duplicate", "Two rows of the file say different things about one key"
WORDS = {
    "quarantined": "Quarantined (can't be read)",
    "waits": "Waits for your choice",
    "set_aside": "Set aside (totals, titles, repeats)",
    "replaced": "Replaced (another row counts)",
}


SHORT = {"quarantined": "can't be read", "set_aside": "set aside", "replaced": "another row counts"}


def short(fate: str, rows: float) -> str:
    """How many rows came to that end, for a chart."""
    waits = "waits for your choice" if rows == 1 else "wait for your choice"
    return f"{formats.count(rows)} {waits if fate == 'waits' else SHORT.get(fate, '')}".rstrip()


def of(rows: pd.DataFrame) -> pd.Series:
    """What became of each row; of two versions of one row neither counts until one is chosen."""
    why = rows["reason"] if "reason" in rows else rows["words"]
    waits = (rows["fate"] == "quarantined") & why.isin([WAITS, WAITS_IN_WORDS])
    return rows["fate"].mask(waits, "waits")


def said(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with their fate in words."""
    fate = of(rows)
    return rows.assign(fate=fate.map(WORDS).fillna(fate))
