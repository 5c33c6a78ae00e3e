"""What a row's status or kind of document says of it: that it counts, takes away, or is none of the entity's rows."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Any, Self

import pyarrow as pa
import pyarrow.compute as pc

from vitals.ingest.model import Match, Step, TextTable
from vitals.ingest.read.dates import DAY_FIRST, read_when
from vitals.ingest.read.texts import NO, YES, is_empty
from vitals.ingest.recognise.captions import Evidence
from vitals.ingest.shapes.shape import Cell, Position, Shape, column, each, listed, set_aside, with_column, with_columns

WORDS = Path(__file__).with_suffix(".toml")
UNDATED = "ended_without_a_day"
"""Why a row is set aside that has ended, though nothing says when."""
QUESTION = "what_is_"
"""Begins the name of the question about a word; the word follows."""
FLAGGED = frozenset([
    "is", "was", "been", "flag", "status", "record", "entry", "row", "invoice", "line", "document", "agreement",
    "contract", "y", "n",
])  # fmt: skip
"""Words of a caption that asks for yes or no, beside what it asks."""
LONGEST = 60
"""Longer texts are no words for a status or a kind of document."""


class Meaning(StrEnum):
    """What a word says of the row that it stands in."""

    UNKNOWN = ""
    SALE = "sale"
    CREDIT = "credit"
    OTHER = "other"
    ENDED = "ended"
    """It counts up to its last day, and not at all where none is given."""


_PLAIN_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})
"""Letters that are none with an accent, as they are written without it."""
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_PARTS = re.compile(r"\s[-–—]\s|[(/:|,;)]")


@lru_cache(maxsize=20_000)
def spelled(text: str) -> str:
    """The words of a cell or a caption in lower case, with single blanks and nothing but letters and digits."""
    folded = unicodedata.normalize("NFKD", _CAMEL.sub(" ", text)).casefold()
    return " ".join("".join(char if char.isalnum() else " " for char in _unaccented(folded)).split())


def _unaccented(text: str) -> str:
    return "".join(char for char in text if not unicodedata.combining(char)).translate(_PLAIN_LETTERS)


def worded(text: str) -> str:
    """The words of a cell without numbers and days beside them: "Overdue by 12 days" is one with any other."""
    words = spelled(text).split()
    return " ".join([word for word in words if not word.isdigit()] or words)


def question_of(word: str) -> str:
    """The name of the question about a word of the file."""
    return QUESTION + worded(word).replace(" ", "_")


@dataclass(frozen=True)
class Vocabulary:
    """The words by which an entity's rows say what they are; documents.toml explains its fields."""

    reason: str
    asks: str
    answers: Mapping[str, Meaning]
    captions: tuple[frozenset[str], ...]
    kinds: frozenset[str]
    never: tuple[frozenset[str], ...]
    telling: frozenset[str]
    weak: frozenset[str]
    beside: frozenset[str]
    purchases: frozenset[str]
    plain: frozenset[str]
    flags: frozenset[str]
    upheld: frozenset[str]
    doubted: frozenset[str]
    until: str
    described: frozenset[str]
    leads: tuple[str, ...]
    wholes: tuple[str, ...]
    words: Mapping[str, Meaning] = field(default_factory=dict)

    def with_words(self, said: Mapping[Meaning, Iterable[str]]) -> Vocabulary:
        """The vocabulary that knows these words too, each in words of lower case."""
        known = {word: meaning for meaning, words in said.items() for word in words}
        return replace(self, words={**self.words, **known})

    @property
    def has_credits(self) -> bool:
        """Whether its rows are documents of several kinds, so that any known word tells of such a column."""
        return Meaning.CREDIT in self.answers.values()

    def tells(self, word: str) -> bool:
        """Whether a word stands in columns of statuses and kinds alone, whatever they are called."""
        is_told = self.meaning(word) in (Meaning.CREDIT, Meaning.OTHER, Meaning.ENDED) and word not in self.weak
        return is_told or word in self.telling

    def meaning(self, text: str) -> Meaning:
        """What a cell means; nothing where any of its words is not known."""
        whole = worded(text)
        if not whole or len(text) > LONGEST:
            return Meaning.UNKNOWN
        known = self.words.get(whole)
        if known:
            return known
        parts = [part for part in map(worded, _PARTS.split(text)) if part and not part.isdigit()]
        return _together(meaning for part in parts for meaning in self._meanings(part.split()))

    def is_flag(self, caption: str) -> bool:
        """Whether a caption asks whether a row is void, active or the like, so that its cells say yes or no."""
        words = _asked(caption)
        return bool(words) and (words <= self.flags or words <= self.upheld or words <= self.doubted)

    def meaning_below(self, caption: str, text: str) -> Meaning:
        """What a cell below a caption means: yes and no are about what the caption asks."""
        word = spelled(text)
        if word not in YES | NO or not self.is_flag(caption):
            return self.meaning(text)
        if _asked(caption) <= self.doubted:
            return Meaning.SALE if word in YES else self.meaning(text)
        counts = (word in YES) == (_asked(caption) <= self.upheld)
        return Meaning.SALE if counts else Meaning.ENDED if self.until else Meaning.OTHER

    def _meanings(self, words: list[str]) -> Iterator[Meaning]:
        """What each of the longest known runs of words means; those of purchases are no sales, whatever is beside."""
        at = 0
        while at < len(words):
            ends = range(len(words), at, -1)
            end = next((end for end in ends if self._known(" ".join(words[at:end]))), None)
            if words[at] in self.purchases:
                yield Meaning.OTHER
            elif end:
                yield self._known(" ".join(words[at:end]))
            elif words[at] not in self.beside:
                yield Meaning.UNKNOWN
            at = end or at + 1

    def _known(self, run: str) -> Meaning:
        return self.words.get(run) or self.words.get(run.removesuffix("s")) or Meaning.UNKNOWN


def _asked(caption: str) -> set[str]:
    """What a caption of yes and no asks."""
    return set(spelled(caption).split()) - FLAGGED


def _together(meanings: Iterable[Meaning]) -> Meaning:
    """What several words of one cell mean together: an invoice that is void is none."""
    found = set(meanings)
    if not found or Meaning.UNKNOWN in found:
        return Meaning.UNKNOWN
    return next(one for one in (Meaning.OTHER, Meaning.ENDED, Meaning.CREDIT, Meaning.SALE) if one in found)


def _tokens(texts: Iterable[str]) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(text.split()) for text in texts)


def _vocabulary(said: Mapping[str, Any]) -> Vocabulary:
    found = Vocabulary(
        reason=said["reason"],
        asks=said["asks"],
        answers={answer: Meaning(meaning) for answer, meaning in said["answers"].items()},
        captions=_tokens(said["captions"]),
        kinds=frozenset(said["kinds"]),
        never=_tokens(said["never"]),
        telling=frozenset(said["telling"]),
        weak=frozenset(said["weak"]),
        beside=frozenset(said["beside"]),
        purchases=frozenset(said["purchases"]),
        plain=frozenset(said["plain"]),
        flags=frozenset(said["flags"]),
        upheld=frozenset(said["upheld"]),
        doubted=frozenset(said["doubted"]),
        until=said["until"],
        described=frozenset(said["described"]),
        leads=tuple(said["leads"]),
        wholes=tuple(said["wholes"]),
    )
    return found.with_words({Meaning.OTHER: said["plain"]}).with_words(
        {meaning: said[meaning] for meaning in Meaning if meaning}
    )


@cache
def vocabularies() -> dict[str, Vocabulary]:
    """The vocabulary of each entity that has one."""
    with WORDS.open("rb") as file:
        return {name: _vocabulary(said) for name, said in tomllib.load(file).items()}


@dataclass(frozen=True)
class Documents(Shape):
    """Rows that are told apart by a status or a kind of document: documents = {sales, credits, others} of its words."""

    kinds: tuple[Position, ...]
    """The columns that say so."""
    sales: tuple[str, ...]
    credits: tuple[str, ...]
    others: tuple[str, ...]
    """Words beside those that are known, as the vendor means them or the user answered."""
    marks: bool
    """Whether the column that says what is a credit is made of them."""
    ended: tuple[str, ...] = ()
    """Such words of what counts up to its last day."""

    name = "documents"
    place = 35

    @classmethod
    def captions(cls, said: Mapping[str, Any]) -> set[str]:
        """None: its columns are found by what they hold."""
        return set()

    @classmethod
    def found(cls, said: Mapping[str, Any], evidence: Evidence) -> Self:
        """The vendor's words; the columns are found once it is known what the others are."""
        names = ("sales", "credits", "others", "ended")
        sales, credits, others, ended = (listed(said.get(name, ())) for name in names)
        return cls((), sales, credits, others, marks=False, ended=ended)

    @property
    def makes(self) -> Mapping[str, tuple[int, ...]]:
        """What is a credit, where no column of its own says so."""
        return {"is_credit": self.kinds} if self.marks else {}

    @property
    def uses(self) -> tuple[int, ...]:
        """The columns of statuses and kinds are read, though they are none of the contract's."""
        return self.kinds

    def vocabulary(self, entity: str) -> Vocabulary:
        """The words that are known, with those that were said."""
        return vocabularies()[entity].with_words(self.words)

    @property
    def words(self) -> dict[Meaning, tuple[str, ...]]:
        """The words that were said, by what they mean."""
        return {Meaning.SALE: self.sales, Meaning.CREDIT: self.credits, Meaning.OTHER: self.others,
                Meaning.ENDED: self.ended}  # fmt: skip

    def apply(self, table: TextTable, match: Match, order: str | None) -> tuple[TextTable, int]:
        """The table without the rows that are none of the entity's, credits marked.

        A row too short to have the cell stays, so that it is quarantined for what is wrong with it.
        """
        known = self.vocabulary(match.entity)
        meant = [each(table, at, partial(_meant, known, table.header[at])) for at in self.kinds]
        is_other, has_ended = (_any_is(meant, meaning, table) for meaning in (Meaning.OTHER, Meaning.ENDED))
        undated = pc.and_not(pc.and_(has_ended, _is_undated(table, match.columns.get(known.until))), is_other)
        dated = set_aside(table, undated, UNDATED)
        kept = set_aside(dated, is_other.filter(pc.invert(undated)), known.reason)
        if self.marks:
            cells = (cells.filter(pc.invert(is_other)).to_pylist() for cells in meant)
            marked = pa.array(map(_mark, zip(*cells, strict=True)), pa.string())
            kept = with_column(kept, match.columns["is_credit"], marked, "is_credit")
        return kept, 0


@dataclass(frozen=True)
class LastDay(Shape):
    """What ends on the earliest of several days: last_day = captions of the {days} on which it may have ended."""

    days: tuple[Position, ...]

    name = "last_day"
    place = 33

    @property
    def makes(self) -> Mapping[str, tuple[int, ...]]:
        """The day of each row on which it ends."""
        return {"ends_on": self.days}

    def apply(self, table: TextTable, match: Match, order: str | None) -> tuple[TextTable, int]:
        """The table with the earliest day of each row; what can't be read stays as text."""
        rows = zip(*(column(table, at) for at in self.days), strict=True)
        return with_columns(
            table, match.columns, {"ends_on": [_earliest(days, order or DAY_FIRST) for days in rows]}
        ), 0


def _earliest(cells: tuple[Cell, ...], order: str) -> Cell:
    if None in cells:
        return None
    moments = {cell: read_when(cell, order).moment for cell in cells if cell and not is_empty(cell)}
    return min(moments, key=lambda cell: moments[cell] or datetime.min, default="")


def _any_is(meant: list[pa.Array], meaning: Meaning, table: TextTable) -> pa.Array:
    """Which rows have a cell of this meaning."""
    found = pa.array([False] * table.rows.num_rows, pa.bool_())
    for cells in meant:
        found = pc.or_(found, pc.fill_null(pc.equal(cells, meaning), False))
    return found


def _is_undated(table: TextTable, until: int | None) -> pa.Array:
    """Which rows have no last day."""
    if until is None or f"c{until}" not in table.rows.column_names:
        return pa.array([True] * table.rows.num_rows, pa.bool_())
    return pc.equal(each(table, until, lambda cell: "" if is_empty(cell or "") else "a day"), "")


def _meant(known: Vocabulary, caption: str, cell: Cell) -> Cell:
    """A cell's meaning, empty where it says nothing; unknown words are asked about before anything is loaded."""
    return None if cell is None else "" if is_empty(cell) else known.meaning_below(caption, cell) or Meaning.SALE


def _mark(meanings: tuple[Cell, ...]) -> Cell:
    if all(meaning is None for meaning in meanings):
        return None
    return "yes" if Meaning.CREDIT in meanings else "no" if any(meanings) else ""


def unmarked(steps: Iterable[Step], mapped: Iterable[str]) -> tuple[Step, ...]:
    """The shapes of a mapping, none of which makes what the mapping reads from a column of its own."""
    names = set(mapped)
    return tuple(
        replace(step, marks=False) if isinstance(step, Documents) and names & {*step.makes} else step for step in steps
    )
