"""What a cell of text can turn out to be: a value, nothing, or a problem that has a name."""

from __future__ import annotations

from typing import Any, NamedTuple

ABSENT = frozenset({"", "-"})
"""Missing in every column."""

ABSENT_IN_OPTIONAL = frozenset({"n/a", "na", "null", "none", "?", "ns", "no summary"})
"""Missing in optional dates, numbers and yes/no columns only; in text they are text."""

ERRORS = frozenset({"#n/a", "#ref!", "#div/0!", "#value!", "#name?", "#num!", "#null!", "#spill!", "#calc!"})
"""What spreadsheets write where a formula failed."""

BLANKS = " \t\r\n\v\f\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"


class Reading(NamedTuple):
    """What one cell says: at most one of value and problem is set; neither means that the cell is missing."""

    value: Any = None
    problem: str = ""
    flags: tuple[str, ...] = ()


MISSING = Reading()


def stripped(text: str) -> str:
    """The text without blanks of any kind at its ends."""
    return text.strip(BLANKS)


def is_absent(text: str, is_needed: bool) -> bool:
    """Whether a cell that should hold a date, number or yes/no holds nothing."""
    return text in ABSENT or (not is_needed and text.lower() in ABSENT_IN_OPTIONAL)


def common_reading(text: str, is_needed: bool) -> Reading | None:
    """The reading of a cell that is missing or broken whatever its kind; None if its kind must decide."""
    if is_absent(text, is_needed):
        return MISSING
    if "\x00" in text:
        return Reading(problem="nul_byte")
    if text.lower() in ERRORS:
        return Reading(problem="error_cell")
    return None
