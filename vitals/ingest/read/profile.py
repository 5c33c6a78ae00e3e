"""What all cells of a file say together about how to read each: day or month first, decimal sign, unit, currency."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

Counts = dict[str, Counter]


def _counts() -> Counts:
    return {}


@dataclass(frozen=True)
class Profile:
    """Counts by column, added up part by part."""

    parts: Counts = field(default_factory=_counts)
    """Date column -> (first number, second number, what stands between, last number) -> cells."""
    zones: Counts = field(default_factory=_counts)
    """Timestamp column -> whether a zone is given -> cells."""
    signs: Counts = field(default_factory=_counts)
    """Number column -> decimal sign, or 'either .' and 'either ,' -> cells."""
    marks: Counts = field(default_factory=_counts)
    """Money column -> currency as marked in the cell -> cells."""
    codes: Counter = field(default_factory=Counter)
    """Currency column's codes."""
    sizes: Counts = field(default_factory=_counts)
    """Hours column -> 'all', 'over' a day, 'long' or multiples of 'fives' -> cells with bare numbers."""
    choices: Counts = field(default_factory=_counts)
    """Choice column -> whether the contract knows the word -> cells."""
