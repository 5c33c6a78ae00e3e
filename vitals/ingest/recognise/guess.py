"""A reading completed by captions that fit many things, where the values agree: never taken without a question."""

from __future__ import annotations

from dataclasses import replace
from difflib import SequenceMatcher

from vitals.contract import Column
from vitals.ingest.model import MadeColumn
from vitals.ingest.recognise.captions import CLEARLY, letters
from vitals.ingest.recognise.fit import GUESS, GUESSED, Fit
from vitals.ingest.recognise.unread import figures_of
from vitals.ingest.shapes.documents import spelled
from vitals.ingest.shapes.made import from_cents

NEARLY = 0.82
KEYS = {"id", "number", "no", "nr", "key", "ref", "reference", "case", "caseid", "request", "requestid", "issuekey"}
"""What a record's number is often called, which alone says nothing of what it numbers."""
ENOUGH = 3
CENTS = {"cents", "cent", "pence", "minor"}
DATES = {"date", "compact", "serial"}
BY_HINT = 0.4


def guess(found: Fit) -> Fit | None:
    """The fit completed by captions that are misspelt, nearly alike or general; None if a needed column still lacks."""
    guessed = completed(found)
    return None if guessed.missing or _repeats_key(guessed) else guessed


def completed(found: Fit) -> Fit:
    """The fit with whatever else its captions and values may be taken for, needed columns first."""
    guessed = replace(
        found, layout=GUESSED, columns={**found.columns}, weights={**found.weights}, units={**found.units},
        made={**found.made}, doubts={**found.doubts},
    )  # fmt: skip
    for name in found.missing:
        _fill(guessed, found.entity.column(name))
    for column in found.entity.columns:
        if column.name not in guessed.columns and (column.hints or column.name == found.entity.hours):
            _take(guessed, column, _hinted(guessed, column), BY_HINT)
    return guessed


def _repeats_key(found: Fit) -> bool:
    """Whether what would number the rows stands in several of them."""
    name = found.entity.key[0]
    place = found.columns.get(name, found.width)
    return len(found.entity.key) == 1 and place < found.width and not _is_unique(found, place)


def _fill(guessed: Fit, column: Column) -> None:
    """Map a needed column by a caption that is nearly its own, that hints at it, or by the only values that fit."""
    position = _nearest(guessed, column)
    if position is None and column.kind == "id" and len(guessed.columns) >= ENOUGH:
        position = _key(guessed)
    places = [position] if position is not None else _hinted(guessed, column) or _only_date(guessed, column)
    _take(guessed, column, places, GUESS)


def _take(guessed: Fit, column: Column, places: list[int], weight: float) -> None:
    """Map a column to the first of these; several that may be it are asked about."""
    if not places:
        return
    guessed.put(column.name, places[0], weight)
    if len(places) > 1:
        guessed.doubts[column.name] = places
    elif CENTS & {*spelled(guessed.header.captions[places[0]].raw).split()}:
        guessed.append(column.name, weight)
        guessed.made[column.name] = MadeColumn(from_cents.__name__, (places[0],))


def _free(guessed: Fit) -> list[int]:
    taken = {*guessed.columns.values(), *(at for places in guessed.sources.values() for at in places)}
    return [at for at, caption in enumerate(guessed.header.captions) if at not in taken and caption.full]


def _nearest(found: Fit, column: Column) -> int | None:
    scored = [
        (_likeness(found.header.captions[at].bare, column), -at)
        for at in _free(found)
        if found.header.captions[at].bare and not found.evidence.contradicts(at, column.kind)
    ]
    likeness, position = max(scored, default=(0.0, 0))
    return -position if likeness >= NEARLY else None


def _key(found: Fit) -> int | None:
    """The column that numbers the rows by a name that fits any record: each of its values stands once."""
    return next((at for at in _free(found) if found.header.captions[at].full in KEYS and _is_unique(found, at)), None)


def _is_unique(found: Fit, at: int) -> bool:
    values = found.evidence.values(at)
    return len(set(values)) == len(values) > 0


def _likeness(bare: str, column: Column) -> float:
    """How nearly a caption is one of the column's own; 0 where it is none, which is seen by its letters alone."""
    pairs = (SequenceMatcher(None, bare, letters(name)) for name in (column.name, *column.captions))
    near = (pair for pair in pairs if pair.real_quick_ratio() >= NEARLY and pair.quick_ratio() >= NEARLY)
    return max((pair.ratio() for pair in near), default=0.0)


def _hinted(found: Fit, column: Column) -> list[int]:
    """The columns whose captions hold the words of a hint, or whose figures are of the kind."""
    free = _free(found)
    if column.name in (found.entity.money, found.entity.hours):
        return [at for at in free if figures_of(found.evidence, at) == column.kind]
    for hint in column.hints:
        words = {*hint.split()}
        at = next((at for at in free if words <= {*spelled(found.header.captions[at].raw).split()}), None)
        if at is not None and _agrees(found, at, column):
            return [at]
    return []


def _agrees(found: Fit, at: int, column: Column) -> bool:
    is_key = column.kind == "id" and column.name in found.entity.key and len(found.entity.key) == 1
    return not found.evidence.contradicts(at, column.kind) and (not is_key or _is_unique(found, at))


def _only_date(found: Fit, column: Column) -> list[int]:
    """The one column of dates that nothing else is read from, for a date of what happened."""
    dated = [at for at in _free(found) if found.evidence.share(at, DATES) >= CLEARLY]
    return dated if column.kind in ("date", "timestamp") and column.happened and len(dated) == 1 else []
