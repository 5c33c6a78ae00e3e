"""What a caption means once case, blanks, punctuation and vendors' decorations are taken off."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Literal

from vitals.ingest.model import TextTable, Unit
from vitals.ingest.read.dates import COMPACT, EPOCH, SPREADSHEET_DAY, TIME, looks_like_date, shows_clock
from vitals.ingest.read.durations import looks_like_clock
from vitals.ingest.read.numbers import CAPTIONED, CODES, WORDS, currency_named, looks_like_number
from vitals.ingest.read.texts import is_empty, looks_like_yes_no

LONGEST = 500
"""Longer texts are no captions, and to look for decorations in them would take for ever."""
IDLE = {"current", "the", "of", "to", "team", "full"}
ENDING = re.compile(r"(?:ion|ing|ed|e|s)$")
SHORT = 4
LEADING = (
    re.compile(r"^\*\s*"),
    re.compile(r"^\[(?:required|requerido|erforderlich|obligatoire)[^\]]*\]\s*", re.I),
    re.compile(r"^(?:(?:account|client|company|ticket|contact)\s+)?udf:\s*\d*\s+", re.I),
    re.compile(r"^account:\s+", re.I),
)
TRAILING = (
    re.compile(
        r"\s*[(\[](?:updates only|required|mandatory|optional|read[ -]?only|erforderlich|obligatoire)[)\]]$", re.I
    ),
    re.compile(r"\s*\[protected\]$", re.I),
    re.compile(r"\s*\[(?:list|txt|flag|int|dec|date)\]$", re.I),
)
WRAPPED = re.compile(
    r"^(?:custom field|campo personalizado|champ personnalisé|benutzerdefiniertes feld)\s*\((.+)\)$", re.I
)
UNITS: dict[Unit, str] = {
    "minutes": "minutes|minute|mins|min",
    "hours": "hours|hour|hrs|hr|h|decimal",
    "seconds": "seconds|second|secs|sec|s",
    "days": "days",
    "mm:ss": "m:ss|mm:ss|mmm:ss",
}
DAYS_WORKED = frozenset([
    "days", "daysworked", "workeddays", "mandays", "persondays", "daysspent", "dayslogged", "daysbilled", "billeddays",
    "billabledays", "tage", "arbeitstage", "personentage", "manntage", "jours", "dias",
])  # fmt: skip
"""Captions of work that is counted in days."""
ALONE: dict[str, Unit] = {"minutes": "minutes", "seconds": "seconds", **dict.fromkeys(DAYS_WORKED, "days")}
"""Captions that are nothing but a unit."""
UNIT = re.compile(
    r"[\s_]*(?:[(\[](?:in\s+)?(?P<bracket>{0})[)\]]|\bin\s+(?P<word>{0})|_(?P<suffix>minutes|mins|min|seconds|secs))$".format(
        "|".join(UNITS.values())
    ),
    re.I,
)
_SIGNS = "|".join(map(re.escape, sorted(CAPTIONED, key=len, reverse=True)))
CURRENCY = re.compile(rf"\s*[(\[](?P<code>[A-Z]{{3}}|{_SIGNS})?[)\]]$")
OPEN_CURRENCY = re.compile(r"(?<=\w)(?:\s+in)?\s+(?P<code>[A-Z]{3}|[€£])$")
"""The same without brackets, which is none unless its letters are a currency's."""


@dataclass(frozen=True)
class Caption:
    """One header cell: as found, as compared, and what its decorations say."""

    raw: str
    full: str
    """Letters and digits of the undecorated caption."""
    bare: str
    """The same without a unit or a currency at its end."""
    unit: Unit | Literal[""] = ""
    currency: str = ""

    @property
    def is_plain(self) -> bool:
        """Whether the caption carried no decoration, as the stock one of two alike does."""
        return letters(self.raw) == self.full


def letters(text: str) -> str:
    """Letters and digits only, without case or accents; # is "number" and % is "pct"."""
    spelled = text.replace("#", " number ").replace("%", " pct ")
    folded = unicodedata.normalize("NFKD", spelled).casefold()
    return "".join(char for char in folded if char.isalnum())


def stems(caption: str) -> frozenset[str]:
    """The words of a caption in any order, without their endings: "Agent Assigned" is "Assigned Agents"."""
    folded = unicodedata.normalize("NFKD", caption[:LONGEST]).casefold()
    words = re.findall(r"[^\W_]+", "".join(char for char in folded if not unicodedata.combining(char)))
    return frozenset(ENDING.sub("", word) if len(word) > SHORT else word for word in words if word not in IDLE)


def undecorated(text: str) -> str:
    """The caption without the marks that a vendor hangs on it."""
    previous = None if len(text) <= LONGEST else text
    while previous != text:
        previous = text
        text = _stripped_once(text.strip())
    return text


def _stripped_once(text: str) -> str:
    for pattern in (*LEADING, *TRAILING):
        text = pattern.sub("", text)
    wrapped = WRAPPED.match(text)
    return wrapped.group(1) if wrapped else text


@lru_cache(maxsize=20_000)
def read(raw: str) -> Caption:
    """The caption taken apart."""
    text = undecorated(raw)
    if len(text) > LONGEST:
        return Caption(raw, letters(text), letters(text))
    unit, without_unit = _unit(text)
    currency = None if unit else CURRENCY.search(without_unit) or _open_currency(without_unit)
    bare = without_unit[: currency.start()] if currency else without_unit
    code = currency_named(currency.group("code") or "") if currency else ""
    return Caption(raw, letters(text), letters(bare), unit, code if code in (CODES | {"kr"}) - WORDS else "")


def _open_currency(text: str) -> re.Match[str] | None:
    found = OPEN_CURRENCY.search(text)
    return found if found and currency_named(found["code"]) in CODES - WORDS else None


def _unit(text: str) -> tuple[Unit | Literal[""], str]:
    found = UNIT.search(text)
    if not found or not letters(text[: found.start()]):
        return "", text
    word = next(group for group in found.groups() if group).casefold()
    return next(unit for unit, words in UNITS.items() if word in words.split("|")), text[: found.start()]


@dataclass(frozen=True)
class Header:
    """The captions of a table, found by meaning; positions count from 0."""

    captions: tuple[Caption, ...]

    @classmethod
    def of(cls, texts: tuple[str, ...]) -> Header:
        """The header with each of its cells taken apart."""
        return cls(tuple(read(text or "") for text in texts))

    @cached_property
    def positions(self) -> dict[str, list[int]]:
        """Compared caption -> positions, exact before unit-less, undecorated before decorated."""
        found: dict[str, dict[int, None]] = {}
        plain_first = sorted(enumerate(self.captions), key=lambda pair: (not pair[1].is_plain, pair[0]))
        for key in ("full", "bare"):
            for position, caption in plain_first:
                found.setdefault(getattr(caption, key), {})[position] = None
        found.pop("", None)
        return {text: list(places) for text, places in found.items()}

    @cached_property
    def loosely(self) -> dict[frozenset[str], int]:
        """The words of a caption, whatever their order and ending, without those that say nothing -> its position."""
        found: dict[frozenset[str], int] = {}
        for position, caption in enumerate(self.captions):
            found.setdefault(stems(caption.raw), position)
        found.pop(frozenset(), None)
        return found

    def find(self, caption: str) -> list[int]:
        """Where a caption stands; empty if nowhere."""
        if caption == "":
            return [0] if self.captions and not self.captions[0].full else []
        return self.positions.get(read(caption).full, [])

    def first(self, captions: Iterable[str]) -> int | None:
        """Where the first stands of several captions, by preference; None if none does."""
        return next((places[0] for caption in captions if (places := self.find(caption))), None)

    def has(self, captions: tuple[tuple[str, ...], ...]) -> bool:
        """Whether all of these captions stand in the header, each in one of its spellings."""
        return all(any(self.find(spelling) for spelling in spellings) for spellings in captions)


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
    "boolean": {"date", "clock", "email", "icon", "epoch", "number"},
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
    figures: dict[int, Literal["", "hours", "money"]] = field(default_factory=dict)
    """Position -> what its figures are, once it was asked."""

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

    def are_timed(self, position: int) -> bool:
        """Whether days stand there with times of day that differ, as those of work do."""
        days = [text for text in self.values(position) if looks_like_date(text.strip())]
        clocks = {text.strip()[len("2026-01-31") :] for text in days if shows_clock(text)}
        return len(clocks) > 1 or len(days) == len(clocks) == 1

    def same(self, one: int, other: int) -> bool:
        """Whether two columns hold the same cells throughout."""
        rows = self.table.rows
        return bool(rows.column(f"c{one}").equals(rows.column(f"c{other}")))


def is_numeric(evidence: Evidence, at: int) -> bool:
    """Whether a column holds numbers, some of which may look like days."""
    filled = evidence.values(at)
    return bool(filled) and sum(looks_like_number(text.strip()) for text in filled) >= CLEARLY * len(filled)
