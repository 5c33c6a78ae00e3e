"""What the values of a column say about its meaning, which counts for more than its caption."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

from vitals.ingest.model import TextTable
from vitals.ingest.recognise.captions import Header

SAMPLE = 500
LOOK_AT, LONGEST = 2000, 120
"""The rows from which samples are taken, and the letters that are shown of one."""
CLEARLY = 0.8

EMPTY = {"", "-", "n/a", "na", "null", "none", "?", "ns", "no summary"}
MONTH = r"[A-Za-zÀ-ÿ]{3,10}\.?"
SHAPES = {
    "clock": re.compile(r"^(?:-?\d{1,5}:\d{2}(?::\d{2}(?:\.\d+)?)?|1(?:899|900)-\d\d-\d\d \d\d?:\d\d(?::\d\d)?)$"),
    "hour": re.compile(r"^\d{1,2}(?::\d{2}){0,2} ?[ap]\.?m\.?$", re.I),
    "date": re.compile(
        r"^(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}"
        rf"|\d{{4}}[-/. ]{MONTH}[-/. ]\d{{1,2}}|(?:\w+,? )?{MONTH} \d{{1,2}} \d{{1,2}}:\d\d\S* .*\d{{4}}"
        rf"|\d{{1,2}}[-/. ]{MONTH}[-/., ]+\d{{2,4}}|(?:\w+,? )?{MONTH} \d{{1,2}},? \d{{4}})(?:[T ,].*)?$"
    ),
    "compact": re.compile(r"^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$"),
    "epoch": re.compile(r"^1\d{9}(?:\d{3})?$"),
    "serial": re.compile(r"^[34]\d{4}(?:\.\d+)?$"),
    "email": re.compile(r"^[^@\s]+@[^@\s]+\.\w+$"),
    "icon": re.compile(r"^\S*/\S+\.(?:gif|png|svg|jpe?g)$", re.I),
    "yesno": re.compile(r"^(?:y|n|yes|no|true|false|t|f)$", re.I),
    "flag": re.compile(r"^[01]$"),
    "number": re.compile(r"^[(\-+]?\s?[^\w\s]?\s?\d[\d.,' \u00a0\u202f’]*\s?[%)\-]?$"),
}
NOT_A_DATE = {"clock", "hour", "email", "icon", "yesno", "flag"}
REFUSED = {
    "date": NOT_A_DATE | {"number"},
    "timestamp": NOT_A_DATE | {"number"},
    "hours": {"date", "hour", "email", "icon", "yesno"},
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


def shape(value: str) -> str:
    """The shape of one cell's text."""
    text = value.strip()
    found = next((name for name, pattern in SHAPES.items() if pattern.match(text)), "")
    return found or ("text" if any(char.isdigit() for char in text) else "words")


def is_empty(value: str | None) -> bool:
    """Whether a cell says nothing, in any of the words that exports use for that."""
    return value is None or value.strip().casefold() in EMPTY


def samples(table: TextTable, position: int, n: int = 3) -> list[str]:
    """The first different filled values of a column; none for one that is made of others."""
    if position >= len(table.header):
        return []
    cells = table.rows.column(f"c{position}").slice(0, LOOK_AT).unique().to_pylist()
    different = dict.fromkeys(cell.strip()[:LONGEST] for cell in cells if not is_empty(cell))
    return list(different)[:n]


@dataclass
class Evidence:
    """A table's header, and the shapes of its values, looked at once for each column that is a candidate."""

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

    def shapes(self, position: int) -> Counter[str]:
        """How many sampled cells of a column have which shape."""
        if position not in self._seen:
            self._seen[position] = Counter(shape(value) for value in self.values(position))
        return self._seen[position]

    def share(self, position: int, shapes: set[str]) -> float:
        """The share of a column's filled cells with one of these shapes; 0 without any."""
        seen = self.shapes(position)
        return sum(seen[name] for name in shapes) / seen.total() if seen else 0.0

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
