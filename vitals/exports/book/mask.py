"""Names that are hidden: each client and technician gets a code that stays, and the key is a file of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from vitals import warehouse
from vitals.exports import tables

QUERY = "metrics.masked_names"
CLIENT, TECHNICIAN = "client", "technician"
KINDS = (CLIENT, TECHNICIAN)
ITSELF = "The MSP itself"


@dataclass(frozen=True)
class Masked:
    """One name with the code that stands for it."""

    kind: str
    name: str
    spelling: str
    code: str


def _code(row: dict[str, Any]) -> str:
    number = int(row["number"])
    if row["kind"] == TECHNICIAN:
        return f"Technician {number:02d}"
    return f"Client {number:03d}" if number else ITSELF


@dataclass(frozen=True)
class Mask:
    """The names that a book hides."""

    names: Sequence[Masked] = field(default=())

    @cached_property
    def _codes(self) -> dict[str, str]:
        return {one.spelling.casefold(): one.code for one in self.names}

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        # the longest first, so that no name is taken for the beginning of another
        longest = sorted((re.escape(one.spelling) for one in self.names), key=len, reverse=True)
        return re.compile(rf"(?<!\w)(?:{'|'.join(longest)})(?!\w)", re.IGNORECASE) if longest else None

    def hide(self, text: str) -> str:
        """A text in which no hidden name stands."""
        whole = self._codes.get(text.casefold())
        if whole or not self._pattern:
            return whole or text
        return self._pattern.sub(lambda found: self._codes.get(found.group().casefold(), "…"), text)

    def key(self) -> bytes:
        """The key as CSV: which code stands for which name."""
        rows = {one.code: {"code": one.code, "kind": one.kind, "name": one.name} for one in self.names}
        return tables.csv_file(list(rows.values()))


def mask(con: warehouse.Connection, kinds: Iterable[str]) -> Mask:
    """The codes of the names of some kinds, in the order that the query states."""
    wanted = set(kinds)
    found = (row for row in warehouse.rows(con, QUERY) if row["kind"] in wanted and row["spelling"])
    return Mask([Masked(row["kind"], row["name"], row["spelling"], _code(row)) for row in found])
