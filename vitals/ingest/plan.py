"""What is wanted of one file, how each table in it is to be read, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa

from vitals.ingest.model import Match, Question, TextTable, TypedTable
from vitals.ingest.read.decisions import Decisions
from vitals.ingest.read.profile import Profile

Source = bytes | Path
Progress = Callable[[int], None]


class Sink(Protocol):
    """Takes the typed rows of a file, part by part."""

    def __call__(self, index: int, entity: str, rows: pa.Table, /) -> None:
        """Take rows of the file's index-th table: row_number, and the columns that hold anything."""

    def drop(self) -> None:
        """Forget all rows of the file: it turned out that it must be read otherwise."""


@dataclass(frozen=True)
class Options:
    """What the user says about one file."""

    entity: str | None = None
    mapping: Mapping[str, Any] | None = None
    client: str | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    remembered: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Fingerprint of a header -> the mapping that the user once gave to a file with it."""
    currency: str = ""
    """The currency of the files that were loaded before."""
    today: date | None = None

    def mapping_of(self, fingerprint: str) -> Mapping[str, Any] | None:
        """The mapping given for this file, else the one remembered for its header."""
        known = self.remembered.get(fingerprint)
        return self.mapping or (known if known and self.entity in (None, known["entity"]) else None)


@dataclass
class Plan:
    """One table of the file as one entity: how it matches, what its cells say together, what is decided."""

    first: TextTable
    match: Match
    profile: Profile = field(default_factory=Profile)
    decisions: Decisions = field(default_factory=Decisions)
    rows_seen: int = 0
    has_rows: bool = False
    """Whether anything but titles and totals stands below its header."""


@dataclass(frozen=True)
class Prepared:
    """A file that was read: an account of its tables, whose rows were handed on before, or what must be asked first."""

    name: str
    sha256: str
    size: int
    tables: tuple[TypedTable, ...]
    questions: tuple[Question, ...] = ()
    warnings: tuple[str, ...] = ()
