"""Needed columns found by a caption that is nearly one of the contract's: a guess, which is always asked."""

from __future__ import annotations

from dataclasses import replace
from difflib import SequenceMatcher

from vitals.contract import Column
from vitals.ingest.matching.fits import Fit
from vitals.ingest.vendors import Layout
from vitals.ingest.vendors.captions import letters

NEARLY = 0.82
CONFIDENCE = 0.5
GUESSED = Layout("guessed", "", "inferred")


def guess(found: Fit) -> Fit | None:
    """The fit completed by captions that are misspelt or nearly alike; None if a needed column still lacks."""
    guessed = replace(found, layout=GUESSED, columns=dict(found.columns), weights=dict(found.weights))
    for name in found.missing:
        position = _nearest(guessed, found.entity.column(name))
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


def _likeness(bare: str, column: Column) -> float:
    names = [letters(name) for name in (column.name, *column.captions)]
    return max(SequenceMatcher(None, bare, name).ratio() for name in names)
