"""Needed columns found by a caption that is nearly one of the contract's: a guess, which is always asked."""

from __future__ import annotations

from dataclasses import replace
from difflib import SequenceMatcher

from vitals.contract import Column
from vitals.ingest.recognise.captions import letters
from vitals.ingest.recognise.fits import Fit
from vitals.ingest.recognise.layouts import Layout

NEARLY = 0.82
KEYS = {"id", "number", "no", "nr", "key", "ref", "reference", "case", "caseid", "request", "requestid", "issuekey"}
"""What a record's number is often called, which alone says nothing of what it numbers."""
ENOUGH = 3
CONFIDENCE = 0.5
GUESSED = Layout("guessed", "", "inferred")


def guess(found: Fit) -> Fit | None:
    """The fit completed by captions that are misspelt or nearly alike; None if a needed column still lacks."""
    guessed = replace(found, layout=GUESSED, columns=dict(found.columns), weights=dict(found.weights))
    for name in found.missing:
        column = found.entity.column(name)
        position = _nearest(guessed, column)
        if position is None and column.kind == "id" and len(found.columns) >= ENOUGH:
            position = _key(guessed)
        if position is None:
            return None
        guessed.put(name, position, CONFIDENCE)
    return guessed


def _nearest(found: Fit, column: Column) -> int | None:
    taken = set(found.columns.values())
    scored = [
        (_likeness(caption.bare, column), -position)
        for position, caption in enumerate(found.header.captions)
        if position not in taken and caption.bare and not found.evidence.contradicts(position, column.kind)
    ]
    likeness, position = max(scored, default=(0.0, 0))
    return -position if likeness >= NEARLY else None


def _key(found: Fit) -> int | None:
    """The column that numbers the rows by a name that fits any record: each of its values stands once."""
    named = [at for at, caption in enumerate(found.header.captions) if caption.full in KEYS]
    unique = [at for at in named if len(set(found.evidence.values(at))) == len(found.evidence.values(at)) > 0]
    return next((at for at in unique if at not in found.columns.values()), None)


def _likeness(bare: str, column: Column) -> float:
    names = [letters(name) for name in (column.name, *column.captions)]
    return max(SequenceMatcher(None, bare, name).ratio() for name in names)
