"""The nouns of an import: what is wanted of a file, its tables, how they map, typed rows, what was left out and why."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import Any, ClassVar, Literal, Protocol

import pyarrow as pa

Source = bytes | Path
Progress = Callable[[int], None]
SET_ASIDE, QUARANTINE = "set_aside", "quarantine"


@dataclass(frozen=True)
class LeftOut:
    """One row that does not reach the numbers: where it stood, why, and its text as found."""

    row_number: int
    reason: str
    raw_text: str
    column: str = ""
    value: str = ""
    money: Decimal | None = None
    """The row's readable money and hours, so that both sides of the file's sum can be shown."""
    hours: Decimal | None = None


@dataclass(frozen=True)
class Flag:
    """Something readable but implausible about a loaded row."""

    row_number: int
    flag: str
    detail: str = ""


@dataclass(frozen=True)
class Question:
    """What the file can't decide: the name to answer by, a sentence, and what each answer would give."""

    name: str
    sentence: str
    choices: Dictionary[str, str]
    """Answer -> what it would give, in words with figures (for example "dates from 2 Jan to 12 Nov 2025")."""


@dataclass(frozen=True)
class TextTable:
    """One table found in a file, all cells still text as the file has them.

    rows holds a column c0, c1, ... of strings (null = no such cell) for each header position, and
    row_number (int64, 1-based physical line of the record's start, or sheet row). Rows that are no data
    (titles after the header, totals, footers, blanks) are in set_aside; records that can't be cut into
    cells are in quarantined. rows_read = len(rows) + len(set_aside) + len(quarantined).
    """

    name: str
    """Sheet, archive member or section; empty for a plain file with one table."""
    header: tuple[str, ...]
    rows: pa.Table
    header_row: int
    preamble_lines: int
    set_aside: tuple[LeftOut, ...] = ()
    quarantined: tuple[LeftOut, ...] = ()
    flags: tuple[Flag, ...] = ()
    warnings: tuple[str, ...] = ()
    totals: tuple[tuple[int, tuple[str, ...]], ...] = ()
    """Grand-total rows set aside (row number, cells): a free check of the loaded sum."""
    titles: tuple[str, ...] = ()
    """The lines that stand alone above the header, such as the name of the report."""
    delimiter: str = ""
    encoding: str = ""


Unit = Literal["hours", "minutes", "seconds", "days", "mm:ss"]
"""What a bare number in a column of hours means."""


@dataclass(frozen=True)
class MadeColumn:
    """A column that is made of others."""

    function: str
    """The name of one in ingest.shapes.made."""
    sources: tuple[int | None, ...]
    """The positions of the columns that it takes; None for an optional one that the file lacks."""


class Step(ABC):
    """A step on the way to one row per record and one column per meaning, all cells still text."""

    name: ClassVar[str]
    """Its key in vendors' layouts and in mappings."""
    place: ClassVar[int]
    """Steps are taken in the order of their places."""
    needs_whole_table: ClassVar[bool] = False
    """Whether rows far apart belong together, so that the table can't be reshaped in batches."""
    reads: ClassVar[tuple[str, ...]] = ()
    """The contract's columns that it can't do without."""
    units: ClassVar[Dictionary[str, Unit]] = {}
    """What the bare numbers mean of columns of hours that it makes."""

    @property
    def makes(self) -> Dictionary[str, tuple[int, ...]]:
        """The contract's columns that it appends to the table, each with the positions of what it is made of."""
        return {}

    @property
    def uses(self) -> tuple[int, ...]:
        """The columns that it reads beside the contract's and those that it makes others of."""
        return ()

    @abstractmethod
    def apply(self, table: TextTable, match: Match, order: str | None) -> tuple[TextTable, int]:
        """The table after it, and how many of its rows were folded into others (negative if split).

        The order of day and month is None before it is decided.
        """


def sources(made: Dictionary[str, MadeColumn], steps: Iterable[Step]) -> dict[str, tuple[int, ...]]:
    """Contract column -> the positions of the columns that it is made of, for those that the file doesn't hold."""
    by_function = {name: {at for at in column.sources if at is not None} for name, column in made.items()}
    by_step = {name: places for step in steps for name, places in step.makes.items()}
    return {name: tuple(sorted(places)) for name, places in (by_function | by_step).items()}


@dataclass(frozen=True)
class Match:
    """How a table's columns answer the contract."""

    entity: str
    system: str
    evidence: str
    """seen_file, seen_code, vendor_docs, inferred or canonical: how well this caption set is known."""
    confidence: float
    columns: Dictionary[str, int]
    """Contract column -> position in the header."""
    constants: Dictionary[str, str] = field(default_factory=dict)
    """Contract column -> one value for every row (a client named for the file)."""
    units: Dictionary[str, Unit] = field(default_factory=dict)
    """Column of hours -> what its bare numbers mean, where a vendor's layout or the caption says it."""
    made: Dictionary[str, MadeColumn] = field(default_factory=dict)
    """Contract column -> what it is made of; its position is behind the header's own."""
    shapes: tuple[Step, ...] = ()
    """How the rows are laid out other than one for each record."""
    unused: tuple[int, ...] = ()
    questions: tuple[Question, ...] = ()

    @property
    def sources(self) -> dict[str, tuple[int, ...]]:
        """Contract column -> the positions of the columns that it is made of, for those that the file doesn't hold."""
        return sources(self.made, self.shapes)

    def with_unused(self, width: int) -> Match:
        """The match that also says from which of so many columns of the header nothing is read."""
        by_shapes = chain(*(shape.uses for shape in self.shapes))
        used = {*self.columns.values(), *chain(*self.sources.values()), *by_shapes}
        return replace(self, unused=tuple(at for at in range(width) if at not in used))


@dataclass(frozen=True)
class TypedTable:
    """Typed rows of one entity, ready to store, with the account of every row that is not among them.

    rows has row_number (int64) and every contract column of the entity in its SQL type (null where the
    file has none). rows_read = len(rows) (plus folded) + quarantined + set_aside.
    """

    entity: str
    match: Match
    source: TextTable
    rows: pa.Table
    quarantined: tuple[LeftOut, ...]
    set_aside: tuple[LeftOut, ...]
    flags: pa.Table
    """row_number, flag, detail: one may hold for millions of rows."""
    questions: tuple[Question, ...] = ()
    rows_read: int = 0
    rows_folded: int = 0
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    """What was checked and found right, such as the file's own total."""
    samples: tuple[tuple[str, ...], ...] = ()
    """The first different filled cells of each column, by position in the header."""
    first_rows: tuple[tuple[str, ...], ...] = ()
    """The first rows as they stand in the file."""
    currency: str = ""
    """The one currency of its amounts, if anything says which."""


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
    mapping: Dictionary[str, Any] | None = None
    client: str | None = None
    answers: Dictionary[str, str] = field(default_factory=dict)
    remembered: Dictionary[str, Dictionary[str, Any]] = field(default_factory=dict)
    """Fingerprint of a header -> the mapping that the user once gave to a file with it."""
    currency: str = ""
    """The currency of the files that were loaded before."""
    today: date | None = None

    def mapping_of(self, fingerprint: str) -> Dictionary[str, Any] | None:
        """The mapping given for this file, else the one remembered for its header."""
        known = self.remembered.get(fingerprint)
        return self.mapping or (known if known and self.entity in (None, known["entity"]) else None)


@dataclass(frozen=True)
class Prepared:
    """A file that was read: an account of its tables, whose rows were handed on before, or what must be asked first."""

    name: str
    sha256: str
    size: int
    tables: tuple[TypedTable, ...]
    questions: tuple[Question, ...] = ()
    warnings: tuple[str, ...] = ()
