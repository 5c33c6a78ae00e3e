"""What is known of each vendor's exports, and whether a table is one of them: TOML files are the data, this reads them.

A file holds `system` and [[layout]] tables:

entity      what a row of it is; "" for an export that nothing here uses
what        how such an export is called in a sentence, where there is no entity
evidence    seen_file, seen_code, vendor_docs or inferred
signature   captions that all stand in the header of such an export; a list among them is one of several spellings
columns     contract column -> caption, or several by preference
units       contract column -> minutes, seconds, hours, days or hms: what a bare number means
made        contract column -> {rule, from = [captions]}: a column made of others (rules: vitals.ingest.shapes.making);
            a list of them is tried in order
ignore      captions that are known and stand for nothing in the contract, whatever they sound like
rows        [{column, keep | drop = [words], reason, exact}]: rows that are no data of the entity
fold        {by, latest}: several rows are one record; the one highest in `latest` (or the last) counts
devices     caption of the client: each row is a device, counted per client
worklog     caption of cells that hold time entries, and the caption of the ticket's key
group       what stands alone on a row above its rows, in the first, captionless column: it is filled down
empty       words that mean an empty cell in this export
only        true: of what the layout leaves open, the contract fills only columns that bear its own names
gross       captions of a line's amount and tax, its document's total and number: lines that add up to it hold the tax
cap         number of rows at which the vendor cuts an export, and the caption whose different values are counted
title       how a line above the header begins, one of several; such a layout counts for more than those without
without     captions none of which stands in the header: the first is what such an export lacks to be of use
months      true: the cells below captions that name months are amounts, one invoice for each client and month
span        {from, to, days, hours}: captions of the first and last day of an absence, and of how long it is in all
instead     what to export instead of an export that nothing here uses
beside      entity of the same system that the same file holds too
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

from vitals.ingest.read.dates import months_in
from vitals.ingest.recognise.captions import Header
from vitals.ingest.recognise.evidence import Evidence

FOLDER = Path(__file__).parent / "vendors"


@dataclass(frozen=True)
class Made:
    """A column made of others: by which rule, of which captions in their spellings (a leading ? makes one optional)."""

    rule: str
    sources: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class RowRule:
    """Rows that are no data of the entity: by the words of one column, kept or dropped."""

    column: tuple[str, ...]
    """Its caption, or several by preference."""
    words: tuple[str, ...]
    keeps: bool
    reason: str
    exact: bool = True


@dataclass(frozen=True)
class Layout:
    """One kind of export of one system."""

    system: str
    entity: str
    evidence: str
    signature: tuple[tuple[str, ...], ...] = ()
    """Captions that mark it, each in its spellings."""
    columns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    made: dict[str, tuple[Made, ...]] = field(default_factory=dict)
    ignore: tuple[str, ...] = ()
    rows: tuple[RowRule, ...] = ()
    fold: dict[str, str] = field(default_factory=dict)
    devices: tuple[str, ...] = ()
    worklog: tuple[str, ...] = ()
    group: str = ""
    empty: tuple[str, ...] = ()
    only: bool = False
    cap: tuple[str, ...] = ()
    gross: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    months: bool = False
    span: dict[str, tuple[str, ...]] = field(default_factory=dict)
    beside: str = ""
    what: str = ""
    instead: str = ""


def _listed(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _made(value: dict[str, Any] | list[dict[str, Any]]) -> tuple[Made, ...]:
    options = value if isinstance(value, list) else [value]
    return tuple(Made(option["rule"], tuple(_listed(caption) for caption in option["from"])) for option in options)


def _row_rule(spec: dict[str, Any]) -> RowRule:
    words = tuple(word.casefold() for word in spec.get("keep", spec.get("drop", ())))
    return RowRule(_listed(spec["column"]), words, "keep" in spec, spec["reason"], spec.get("exact", True))


READERS: dict[str, Callable[[Any], Any]] = {
    "columns": lambda value: {name: _listed(captions) for name, captions in value.items()},
    "span": lambda value: {name: _listed(captions) for name, captions in value.items()},
    "made": lambda value: {name: _made(option) for name, option in value.items()},
    "rows": lambda value: tuple(_row_rule(spec) for spec in value),
    "signature": lambda value: tuple(_listed(caption) for caption in value),
    "ignore": _listed,
    "devices": _listed,
    "worklog": _listed,
    "empty": _listed,
    "cap": _listed,
    "without": _listed,
    "title": lambda value: tuple(line.casefold() for line in _listed(value)),
}


def _layout(system: str, spec: dict[str, Any]) -> Layout:
    fields: dict[str, Any] = {name: READERS[name](value) if name in READERS else value for name, value in spec.items()}
    return Layout(**{"system": system, **fields})


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
        found |= {*chain(*layout.signature, *layout.span.values()), *layout.ignore, *layout.devices, *layout.worklog}
        found |= {caption for captions in layout.columns.values() for caption in captions}
        found |= {caption for options in layout.made.values() for made in options for caption in chain(*made.sources)}
    return frozenset(caption.removeprefix("?") for caption in found if caption)


def is_known(layout: Layout, header: Header, evidence: Evidence) -> bool:
    """Whether all that marks a layout is there, and nothing that it is known to lack."""
    is_marked = header.has(layout.signature) and not any(map(header.find, layout.without))
    return (
        is_marked
        and _is_titled(layout, evidence)
        and (not layout.months or _is_by_month(layout, header, evidence))
        and (not layout.span or _is_by_days(layout, header, evidence))
    )


def _is_titled(layout: Layout, evidence: Evidence) -> bool:
    lines = [line.casefold() for line in (*evidence.table.titles, evidence.table.name)]
    return not layout.title or any(line.startswith(layout.title) for line in lines)


def _is_by_month(layout: Layout, header: Header, evidence: Evidence) -> bool:
    """Whether amounts stand below captions that name months; one month is enough where the title says what it is."""
    months = months_in([caption.raw for caption in header.captions])
    is_enough = len(months) >= (1 if layout.title else 2)
    return is_enough and not any(evidence.contradicts(place, "money") for place in months)


def _is_by_days(layout: Layout, header: Header, evidence: Evidence) -> bool:
    """Whether the span goes from one day to another: times of a day are a shift."""
    ends = [_first(header, layout.span[side]) for side in ("from", "to")]
    return all(place is not None and not evidence.contradicts(place, "date") for place in ends)


def _first(header: Header, captions: tuple[str, ...]) -> int | None:
    return next((at[0] for caption in captions if (at := header.find(caption))), None)
