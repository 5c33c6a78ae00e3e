"""What a caption means once case, blanks, punctuation and vendors' decorations are taken off."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

from vitals.ingest.model import Unit

LONGEST = 500
"""Longer texts are no captions, and to look for decorations in them would take for ever."""
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
}
ALONE: dict[str, Unit] = {"minutes": "minutes", "seconds": "seconds"}
"""Captions that are nothing but a unit."""
UNIT = re.compile(
    r"[\s_]*(?:[(\[](?:in\s+)?(?P<bracket>{0})[)\]]|\bin\s+(?P<word>{0})|_(?P<suffix>minutes|mins|min|seconds|secs))$".format(
        "|".join(UNITS.values())
    ),
    re.I,
)
CURRENCY = re.compile(r"\s*[(\[](?P<code>[A-Z]{3}|[$€£¥])?[)\]]$")


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
    currency = None if unit else CURRENCY.search(without_unit)
    bare = without_unit[: currency.start()] if currency else without_unit
    code = (currency.group("code") or "").upper() if currency else ""
    return Caption(raw, letters(text), letters(bare), unit, code if len(code) == 3 else "")


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
