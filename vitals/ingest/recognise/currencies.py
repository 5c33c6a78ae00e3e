"""Which of two amounts of a row is in the currency that the row names, where the other is the same in another one."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

from vitals.ingest.model import Question
from vitals.ingest.read.numbers import CODES, currency_named
from vitals.ingest.recognise.figures import CENT, EXCHANGE, LEAST_TOLD, MOST_FACTORS, Figure, figures, free_columns
from vitals.ingest.recognise.fit import Fit, is_canonical
from vitals.ingest.shapes.documents import spelled

QUESTION = "which_column_is_"
HOME = frozenset(["home", "base", "functional", "reporting", "company", "group", "consolidated", "converted", "lcy"])
FOREIGN = frozenset(["foreign", "fcy", "fc", "document", "transaction", "transactional", "original"])
EITHER = frozenset(["local", "native", "currency", "in", "equivalent", "lc"])
"""Words by which such captions differ: local may be the firm's own currency, and its client's."""


def by_currency(found: Fit, answers: Mapping[str, str]) -> list[Question]:
    """Read the amount that is in the currency which its row names; asked where nothing tells which of them it is."""
    rivals = _rivals(found)
    if not rivals:
        return []
    name = found.entity.money
    places = sorted((found.columns[name], *rivals))
    said = answers.get(QUESTION + name, "").casefold().removeprefix("column").strip()
    answered = [at for at in places if said == str(at + 1)]
    told = answered or _by_code(found, places) or _by_product(found, places) or _by_words(found, places)
    found.doubts.pop(name, None)
    if len(told) != 1:
        return [_which(found, places)]
    found.constants.pop("currency", None)
    found.put(name, told[0], found.weights[name])
    return []


def _rivals(found: Fit) -> list[int]:
    """The columns called as the amount is but for words of currencies, with other numbers in them."""
    name = found.entity.money
    place = found.columns.get(name, found.width) if found.entity.has("currency") else found.width
    if place >= found.width or found.layout.evidence not in ("canonical", "inferred") or is_canonical(found):
        return []
    stem = _stem(found, place)
    return [
        at for at in free_columns(found)
        if _stem(found, at) == stem and _words(found, at) != _words(found, place) and not found.evidence.same(place, at)
    ]  # fmt: skip


def _words(found: Fit, at: int) -> frozenset[str]:
    return frozenset(spelled(found.header.captions[at].raw).split())


def _stem(found: Fit, at: int) -> frozenset[str]:
    """The words of a caption without those of a currency."""
    return frozenset(word for word in _words(found, at) - HOME - FOREIGN - EITHER if word.upper() not in CODES)


def _codes(found: Fit, at: int) -> set[str]:
    return {word.upper() for word in _words(found, at)} & CODES


def _by_code(found: Fit, places: list[int]) -> list[int]:
    """The column whose caption names the one currency that all rows name."""
    column = found.columns.get("currency", found.width)
    named = {currency_named(text) for text in found.evidence.values(column)} if column < found.width else set()
    return [at for at in places if named == _codes(found, at)] if len(named) == 1 else []


def _by_product(found: Fit, places: list[int]) -> list[int]:
    """The column that is a quantity times a price on each row, where no other is."""
    free = [at for at in free_columns(found) if at not in places and not EXCHANGE & _words(found, at)]
    factors = [figures(found.evidence, at) for at in free[:MOST_FACTORS]]
    amounts = {at: figures(found.evidence, at) for at in places}
    return [
        at for at, numbers in amounts.items()
        if any(_is_product(one, other, numbers) for one, other in combinations(factors, 2))
    ]  # fmt: skip


def _is_product(ones: list[Figure], others: list[Figure], results: list[Figure]) -> bool:
    rows = [(one, other, result) for one, other, result in zip(ones, others, results, strict=True) if result]
    told = [abs(one * other - result) <= CENT for one, other, result in rows if one is not None and other is not None]
    return len(told) == len(rows) >= LEAST_TOLD and all(told)


def _by_words(found: Fit, places: list[int]) -> list[int]:
    """The column called the foreign one, or the only one that is not called the firm's own."""
    foreign = [at for at in places if _words(found, at) & FOREIGN]
    return foreign or [at for at in places if not _words(found, at) & (HOME | EITHER) and len(places) == 2
                       and any(_words(found, other) & HOME for other in places if other != at)]  # fmt: skip


def _which(found: Fit, places: list[int]) -> Question:
    captions = {at: found.header.captions[at].raw.strip() for at in places}
    called = " and ".join(f'"{caption}"' for caption in captions.values())
    column = found.columns.get("currency", found.width)
    of = (
        f'in the currency that "{found.header.captions[column].raw.strip()}" names' if column < found.width else "meant"
    )
    sums = {at: sum((number for number in figures(found.evidence, at) if number), CENT * 0) for at in places}
    return Question(
        QUESTION + found.entity.money,
        f"{called} differ: which of them is {of}?",
        {str(at + 1): f"column {at + 1}, sum {sums[at]:,.2f}" for at in places},
    )
