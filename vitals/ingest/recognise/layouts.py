"""What is known of each vendor's exports, and whether a table is one of them: TOML files are the data, this reads them.

A file holds `system` and [[layout]] tables:

entity      what a row of it is; "" for an export that nothing here uses
what        how such an export is called in a sentence, where there is no entity
evidence    seen_file, seen_code, vendor_docs or inferred
signature   captions that all stand in the header of such an export; a list among them is one of several spellings
columns     contract column -> caption, or several by preference
units       contract column -> hours, minutes, seconds or days: what a bare number means
made        contract column -> {function, from = [captions]}: a column made of others by one of ingest.shapes.made, or
            the same as another; a list of them is tried in order; a leading ? says that a caption may be absent
ignore      captions that are known and stand for nothing in the contract, whatever they sound like
only        true: of what the layout leaves open, the contract fills only columns that bear its own names
title       how a line above the header begins, one of several; such a layout counts for more than those without
without     captions none of which stands in the header: the first is what such an export lacks to be of use
instead     what to export instead of an export that nothing here uses
beside      entity of the same system that the same file holds too

Every other key is the name of a shape, which says in its module of ingest.shapes what stands there.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

from vitals.ingest.model import Unit
from vitals.ingest.recognise.captions import Evidence
from vitals.ingest.shapes.shape import listed, shapes

FOLDER = Path(__file__).parent / "vendors"


@dataclass(frozen=True)
class Spellings:
    """The captions of one column that another is made of, by preference."""

    captions: tuple[str, ...]
    is_optional: bool


@dataclass(frozen=True)
class Recipe:
    """How a column is made of others: by which function, of which of them."""

    function: str
    takes: tuple[Spellings, ...]


@dataclass(frozen=True)
class Layout:
    """One kind of export of one system."""

    system: str
    entity: str
    evidence: str
    signature: tuple[tuple[str, ...], ...] = ()
    """Captions that mark it, each in its spellings."""
    columns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    made: dict[str, tuple[Recipe, ...]] = field(default_factory=dict)
    ignore: tuple[str, ...] = ()
    only: bool = False
    title: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    timed: tuple[str, ...] = ()
    """Captions below which days stand with their times: an agreement and an employment begin at none."""
    shapes: dict[str, Any] = field(default_factory=dict)
    """Name of a shape -> what the file says of it."""
    beside: str = ""
    what: str = ""
    instead: str = ""


def _spellings(said: str | list[str]) -> Spellings:
    captions = listed(said)
    return Spellings(tuple(caption.removeprefix("?") for caption in captions), captions[0].startswith("?"))


def _recipes(value: dict[str, Any] | list[dict[str, Any]]) -> tuple[Recipe, ...]:
    options = value if isinstance(value, list) else [value]
    return tuple(Recipe(option["function"], tuple(map(_spellings, option["from"]))) for option in options)


READERS: dict[str, Callable[[Any], Any]] = {
    "columns": lambda value: {name: listed(captions) for name, captions in value.items()},
    "made": lambda value: {name: _recipes(option) for name, option in value.items()},
    "signature": lambda value: tuple(listed(caption) for caption in value),
    "ignore": listed,
    "without": listed,
    "timed": listed,
    "title": lambda value: tuple(line.casefold() for line in listed(value)),
}


def _layout(system: str, spec: dict[str, Any]) -> Layout:
    said = {name: spec[name] for name in shapes() if name in spec}
    plain = {name: value for name, value in spec.items() if name not in said}
    fields: dict[str, Any] = {name: READERS[name](value) if name in READERS else value for name, value in plain.items()}
    return Layout(**{"system": system, **fields, "shapes": said})


@cache
def layouts() -> tuple[Layout, ...]:
    """Every known layout, in the order of the files' names."""
    found: list[Layout] = []
    for path in sorted(FOLDER.glob("*.toml")):
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        found += [_layout(content["system"], spec) for spec in content["layout"]]
    return tuple(found)


@cache
def known_captions() -> frozenset[str]:
    """Every caption of every layout as vendors write it: a row that holds several is a header."""
    found: set[str] = set()
    for layout in layouts():
        found |= {*chain(*layout.signature, *layout.columns.values()), *layout.ignore}
        takes = [takes for recipes in layout.made.values() for recipe in recipes for takes in recipe.takes]
        found |= {caption for spellings in takes for caption in spellings.captions}
        found |= {caption for name, said in layout.shapes.items() for caption in shapes()[name].captions(said)}
    return frozenset(found - {""})


def is_known(layout: Layout, evidence: Evidence) -> bool:
    """Whether all that marks a layout is there, and nothing that it is known to lack."""
    header = evidence.header
    is_marked = header.has(layout.signature) and not any(map(header.find, layout.without))
    return (
        is_marked
        and _is_titled(layout, evidence)
        and all(evidence.are_timed(at) for caption in layout.timed for at in evidence.header.find(caption))
        and all(shapes()[name].is_there(said, evidence) for name, said in layout.shapes.items())
    )


def _is_titled(layout: Layout, evidence: Evidence) -> bool:
    lines = [line.casefold() for line in (*evidence.table.titles, evidence.table.name)]
    return not layout.title or any(line.startswith(layout.title) for line in lines)
