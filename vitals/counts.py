"""A count with its noun, in words that agree: 1 row, 2 rows."""

from __future__ import annotations

from typing import Any


def agreeing(number: Any, one: str, many: str = "") -> str:
    """The word that goes with a number, a noun's plural by its s where none is given: row, rows; is, are."""
    return one if number == 1 else many or f"{one}s"


def counted(number: int, one: str, many: str = "") -> str:
    """A whole number with its noun, thousands apart."""
    return f"{number:,} {agreeing(number, one, many)}"
