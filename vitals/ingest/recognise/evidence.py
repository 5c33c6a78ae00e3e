"""What the values of a column say about its meaning, which counts for more than its caption."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from vitals.ingest.model import TextTable
from vitals.ingest.read.dates import COMPACT, EPOCH, SPREADSHEET_DAY, TIME, looks_like_date
from vitals.ingest.read.durations import looks_like_clock
from vitals.ingest.read.numbers import looks_like_number
from vitals.ingest.read.texts import is_empty, looks_like_yes_no
from vitals.ingest.recognise.captions import Header

SAMPLE = 500
CLEARLY = 0.8

FORMS: dict[str, Callable[[str], object]] = {
    "clock": looks_like_clock,
    "hour": TIME.fullmatch,
    "date": looks_like_date,
    "compact": COMPACT.fullmatch,
    "epoch": EPOCH.fullmatch,
    "serial": SPREADSHEET_DAY.fullmatch,
    "email": re.compile(r"[^@\s]+@[^@\s]+\.\w+").fullmatch,
    "icon": re.compile(r"\S*/\S+\.(?:gif|png|svg|jpe?g)", re.I).fullmatch,
    "yesno": looks_like_yes_no,
    "flag": {"0", "1"}.__contains__,
    "number": looks_like_number,
}
"""How a cell may be written; the first that holds is its form."""
NOT_A_DATE = {"clock", "hour", "email", "icon", "yesno", "flag"}
REFUSED = {
    "date": NOT_A_DATE | {"number"},
    "timestamp": NOT_A_DATE | {"number"},
    "hours": {"date", "email", "icon", "yesno"},
    "money": {"date", "clock", "hour", "email", "icon", "yesno"},
    "number": {"date", "hour", "email", "icon", "yesno"},
    "integer": {"date", "clock", "hour", "email", "icon", "yesno"},
    "percent": {"date", "clock", "hour", "email", "icon", "yesno"},
    "boolean": {"date", "clock", "email", "icon", "epoch"},
    "id": {"email", "icon", "clock"},
    "client": {"date", "clock", "hour", "yesno"},
    "technician": {"date", "clock", "hour", "yesno", "icon"},
}
MOMENTS = {"date", "epoch"}
WORDLESS = {"date", "timestamp", "hours", "money", "number", "integer", "percent"}
BARE = {"number", "integer", "percent"}
"""Kinds that no word stands beside: "1 - Unsatisfied" is a grade, no number."""


def form(value: str) -> str:
    """The form of one cell's text."""
    text = value.strip()
    found = next((name for name, holds in FORMS.items() if holds(text)), "")
    return found or ("text" if any(char.isdigit() for char in text) else "words")


@dataclass
class Evidence:
    """A table's header, and the forms of its values, looked at once for each column that is a candidate."""

    table: TextTable
    _seen: dict[int, Counter[str]] = field(default_factory=dict)

    @cached_property
    def header(self) -> Header:
        """The table's captions, taken apart."""
        return Header.of(self.table.header)

    def values(self, position: int, limit: int | None = SAMPLE) -> list[str]:
        """The filled cells of a column, of the first rows (all with limit None)."""
        column = self.table.rows.column(f"c{position}")
        cells = column.to_pylist() if limit is None else column.slice(0, limit).to_pylist()
        return [cell for cell in cells if not is_empty(cell)]

    def forms(self, position: int) -> Counter[str]:
        """How many sampled cells of a column have which form."""
        if position not in self._seen:
            counts: Counter[str] = Counter()
            for value, cells in Counter(self.values(position)).items():
                counts[form(value)] += cells
            self._seen[position] = counts
        return self._seen[position]

    def share(self, position: int, forms: set[str]) -> float:
        """The share of a column's filled cells with one of these forms; 0 without any."""
        seen = self.forms(position)
        return sum(seen[name] for name in forms) / seen.total() if seen else 0.0

    def contradicts(self, position: int, kind: str, *, strict: bool = True) -> bool:
        """Whether the values are clearly something else than the kind; strict refuses words without a digit too."""
        if kind == "client" and self.share(position, {"email"}) >= CLEARLY:
            return True
        if self.share(position, REFUSED.get(kind, set())) >= CLEARLY:
            return True
        texts = {"words", "text"} if kind in BARE else {"words"}
        return strict and kind in WORDLESS and self.share(position, texts) >= CLEARLY

    def same(self, one: int, other: int) -> bool:
        """Whether two columns hold the same cells throughout."""
        rows = self.table.rows
        return bool(rows.column(f"c{one}").equals(rows.column(f"c{other}")))
