"""Text cells: what says nothing, what is broken, words, yes and no, and texts cleaned of what can't be seen."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from vitals.contract import Column

ABSENT = frozenset({"", "-"})
"""Missing in every column."""

ABSENT_IN_OPTIONAL = frozenset({"n/a", "na", "null", "none", "?", "ns", "no summary"})
"""Missing in optional dates, numbers and yes/no columns only; in text they are text."""

EMPTY = ABSENT | ABSENT_IN_OPTIONAL
"""What exports write where they have nothing to say."""

ERRORS = frozenset({"#n/a", "#ref!", "#div/0!", "#value!", "#name?", "#num!", "#null!", "#spill!", "#calc!"})
"""What spreadsheets write where a formula failed."""

BLANKS = " \t\r\n\v\f\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
"""What may stand around a value. The other letters that Python takes for blanks are control characters, and flagged."""

AROUND_CAPTIONS = "\ufeff" + BLANKS
"""Files that were put together have byte order marks within them."""

ALL_BLANKS = "".join(filter(str.isspace, map(chr, range(0x3001))))
"""What Python takes for blank: a cell of nothing else is_blank."""

ALIKE = str.maketrans(
    {"−": "-", "–": "-", "﹣": "-", "－": "-", "’": "'", "‘": "'", "´": "'", "`": "'", "٬": "'", "∶": ":", "：": ":"}
    | dict.fromkeys("\t\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " ")
)
"""Letters that look like others, as people and systems write numbers and dates with them."""

LONGEST = 32_767
"""Longer text is cut and flagged: as much as a spreadsheet's cell can hold."""

NAME_KINDS = ("client", "technician")
NOT_NAMES = frozenset(
    ("n/a", "na", "null", "(null)", "none", "nil", "nan", "nat", "?", "ns", "undefined", "(blank)", "<na>", "#na")
)
INVISIBLE = re.compile(
    "[\u0001-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb]"
)
DAMAGED_ID = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d{1,3}|\d+[.,]0")
"""Numbers that a spreadsheet made of a ticket's: 1.0E+05, 1001.0."""
_MOJIBAKE = re.compile("[ÂÃâ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
_OTHER_PAGE = re.compile("[A-Za-z][‚„ƒˆ‰‹]|[A-Za-z][†‡][a-z]|[a-z][ŽŠŸ](?![A-Z])")
"""Marks that no word holds, where the letters of MS-DOS or of an old Mac were read as Windows-1252: "Caf‚", "CafŽ"."""

_YES = (
    "yes y true t 1 on x ✓ ✔ checked ja j wahr oui o vrai si sí s sì verdadero vero sim verdadeiro v waar billable"
    " tak prawda ano igen kyllä kylla"
)
_NO = (
    "no|n|false|f|0|off|☐|unchecked|nein|falsch|non|faux|falso|não|nao|nee|onwaar|"
    "nej|nei|nie|ei|ne|nem|"
    "no charge|do not bill|non-billable|nonbillable|non billable|not billable"
)
YES, NO = frozenset(_YES.split()), frozenset(_NO.split("|"))
"""ConnectWise says Billable, No Charge or Do Not Bill."""


class Reading(NamedTuple):
    """What one cell says: at most one of value and problem is set; neither means that the cell is missing."""

    value: Any = None
    problem: str = ""
    flags: tuple[str, ...] = ()


MISSING = Reading()


def stripped(text: str) -> str:
    """The text without blanks of any kind at its ends."""
    return text.strip(BLANKS)


def is_blank(text: str) -> bool:
    """Whether a cell holds nothing that can be seen."""
    return not text or text.isspace()


def counted(number: int, one: str, many: str = "") -> str:
    """A count with its noun, as formats.plural writes it for a screen: 1 row, 2 rows."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def is_empty(cell: str | None) -> bool:
    """Whether a cell says nothing, in any of the words that exports use for that."""
    return cell is None or cell.strip().casefold() in EMPTY


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


def unguarded(text: str) -> str:
    """A cell without what keeps spreadsheets from reading it: '-5 against formulas, ="007" against numbers."""
    if text[:2] == '="' and text[-1] == '"' and len(text) > 3:
        return text[2:-1].replace('""', '"')
    return text[1:] if text[:1] == "'" and text[1:2] and text[1] in "=+-@" else text


def matched_sql(cell: str, pattern: str, value: str) -> str:
    """SQL for the value of the cells that are written wholly by a pattern, and null for all others."""
    return f"case when regexp_full_match({cell}, '{pattern}') then {value} end"


def looks_like_yes_no(text: str) -> bool:
    """Whether a cell is a word for yes or for no."""
    return text.isalpha() and text.lower() in YES | NO


def is_double_encoded(text: str) -> bool:
    """Whether UTF-8 was read as Windows-1252 or Latin-1 and written again, as in "CafÃ©"."""
    if not _MOJIBAKE.search(text):
        return False
    try:
        # where Windows-1252 has no letter, its readers make the control character of Latin-1
        found = b"".join(char.encode("latin-1" if "\u0080" <= char <= "\u009f" else "cp1252") for char in text)
        return found.decode("utf-8") != text
    except UnicodeError:
        return False


def _text_flags(text: str, column: Column) -> tuple[str, ...]:
    is_doubled = is_double_encoded(text)
    is_garbled = is_doubled or bool(_OTHER_PAGE.search(text))
    found = {
        "invisible_characters": bool(INVISIBLE.search(text)) and not is_doubled,
        "looks_double_encoded": is_garbled,
        "text_shortened": len(text) > LONGEST,
        "name_looks_like_missing": column.kind in NAME_KINDS and text.lower() in NOT_NAMES,
        "id_damaged_by_spreadsheet": column.kind == "id" and bool(DAMAGED_ID.fullmatch(text)),
    }
    return tuple(flag for flag, holds in found.items() if holds)


def _shown(text: str, column: Column) -> str:
    """Text as kept: what can't be seen is dropped from names and numbers, since two such names look the same."""
    if column.kind != "text":
        text = stripped(INVISIBLE.sub("", text))
    return unicodedata.normalize("NFC", text)[:LONGEST]


def read_text(text: str, column: Column, is_needed: bool = False) -> Reading:
    """The reading of a text cell: text as it stands, without the blanks around it."""
    text = unguarded(stripped(text))
    if text in ABSENT:
        return MISSING
    broken = common_reading(text, True)
    if broken is not None:
        return broken
    return Reading(_shown(text, column) or None, flags=_text_flags(text, column))


def read_choice(text: str, column: Column, is_needed: bool = False) -> Reading:
    """One of the contract's words, however it is cased or spaced."""
    text = stripped(text)
    word = " ".join(text.lower().replace("-", " ").split())
    for said in (word, word.replace(" ", "_"), column.spellings.get(word, "")):
        if said in column.choices:
            return Reading(said)
    return common_reading(text, is_needed) or Reading(problem="not_one_of_the_choices")


def read_yes_no(text: str, column: Column, is_needed: bool = False) -> Reading:
    """Yes or no, in several languages."""
    text = stripped(text)
    word = text.lower()
    if word in YES or word in column.yes:
        return Reading(True)
    if word in NO or word in column.no:
        return Reading(False)
    return common_reading(text, is_needed) or Reading(problem="not_yes_or_no")


@dataclass(frozen=True)
class CellBytes:
    """The UTF-8 bytes of all cells of a column, and where in them each cell stands."""

    starts: np.ndarray
    lengths: np.ndarray
    bytes: np.ndarray

    @classmethod
    def of(cls, texts: pa.StringArray) -> CellBytes:
        """The buffers of an array; a null is a cell without bytes."""
        _, offsets, data = texts.buffers()
        at = np.frombuffer(offsets, np.int32)[texts.offset : texts.offset + len(texts) + 1]
        found = np.frombuffer(data, np.uint8) if data is not None and data.size else np.zeros(1, np.uint8)
        return cls(at[:-1], np.diff(at), found)

    def at(self, places: np.ndarray) -> CellBytes:
        """The cells at some places alone."""
        return CellBytes(self.starts[places], self.lengths[places], self.bytes)

    def nth(self, index: int | np.ndarray) -> np.ndarray:
        """The byte at an index of every cell; some other byte where a cell is shorter."""
        return self.bytes[np.clip(self.starts + index, 0, len(self.bytes) - 1)]

    def last(self) -> np.ndarray:
        """The last byte of every cell; some other byte where a cell is empty."""
        return self.bytes[np.maximum(self.starts + self.lengths - 1, 0)]

    def used(self) -> np.ndarray:
        """The bytes of all cells, one after the other."""
        return self.bytes[self.starts[0] : self.starts[-1] + self.lengths[-1]] if len(self.starts) else self.bytes[:0]


def are_among(codes: str | Iterable[int]) -> np.ndarray:
    """A table to look bytes up in: true for these."""
    table = np.zeros(256, dtype=bool)
    table[list(codes.encode() if isinstance(codes, str) else codes)] = True
    return table


BEGIN_BLANK = are_among({letter.encode()[0] for letter in ALL_BLANKS})
"""First bytes of blanks; other letters that begin as those beyond ASCII do only cost a second look."""


def may_be_blank(column: CellBytes) -> np.ndarray:
    """Cells that are empty or begin as a blank does: of all others none is_blank."""
    return (column.lengths == 0) | BEGIN_BLANK[column.nth(0)]
