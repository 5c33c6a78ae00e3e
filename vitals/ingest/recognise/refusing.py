"""The refusals of a table that can't be what it is taken for, in the words of the people who use it."""

from __future__ import annotations

from typing import NoReturn

from vitals.contract import Entity
from vitals.errors import VitalsError
from vitals.ingest.model import TextTable
from vitals.ingest.recognise import mappings
from vitals.ingest.recognise.evidence import shape
from vitals.ingest.recognise.fits import Fit, caption_of
from vitals.ingest.recognise.layouts import Layout

NOUNS = {"invoice_lines": "invoices"}
INSTEAD = "Load the tickets, time entries, invoices, agreements or clients instead."
LONGEST = 40
MOST_COLUMNS = 200
DATA = {"date", "clock", "epoch", "number", "email", "icon", "flag"}


def noun(entity: Entity) -> str:
    """What users call the rows of an entity."""
    return NOUNS.get(entity.name, entity.label.casefold())


def useless(known: list[Layout]) -> None:
    """Refuse an export that is known and that nothing here uses."""
    by_vendor = [layout for layout in known if layout.evidence != "canonical"]
    telling = [layout for layout in by_vendor if layout.title] or by_vendor
    if telling and not any(layout.entity for layout in telling):
        first = telling[0]
        lacks = f'but has no column "{first.without[0]}"' if first.without else "which no number here is made from"
        raise VitalsError(f"This looks like {first.what}, {lacks}.", first.instead or INSTEAD)


def with_table(error: VitalsError, table: TextTable) -> VitalsError:
    """The refusal with what the user needs to map the table by hand; nothing where no line names the columns."""
    if not is_headless(table):
        places = range(min(len(table.header), MOST_COLUMNS))
        error.table = {"header": list(table.header), "samples": [mappings.samples(table, at) for at in places]}
    return error


def is_headless(table: TextTable) -> bool:
    """Whether a first row of data was taken for a header."""
    filled = [cell for cell in table.header if cell and cell.strip()]
    return bool(filled) and sum(shape(cell) in DATA for cell in filled) * 4 >= len(filled)


def lacking(own: Fit, other: Fit | None, named: Entity | None, table: TextTable) -> NoReturn:
    """Refuse a table without the columns that its entity needs, saying what it looks like instead."""
    _headless(table)
    lacks = _quoted(own)
    held = _held_instead(own)
    if named and other and _is_telling(other):
        raise VitalsError(
            f"This looks like {noun(other.entity)}, not {noun(named)}: it has no column {lacks}.",
            f"Load it as {noun(other.entity)}, or choose another file.",
        )
    if named:
        raise VitalsError(
            f"This file has no column {lacks}, which {noun(named)} need{held}.",
            "Export it again with that column, or say in the mapping which column holds it.",
        )
    raise VitalsError(
        f"This file is not recognised: it comes nearest to {noun(own.entity)}, but has no column {lacks}{held}.",
        "Say what it holds and map its columns, or export it again with them.",
    )


def something_else(other: Fit, named: Entity, own: Fit) -> NoReturn:
    """Refuse a table that has the needed columns by chance and is plainly another entity."""
    raise VitalsError(
        f"This looks like {noun(other.entity)}, not {noun(named)}: "
        f"{len(other.columns)} of its columns belong to {noun(other.entity)}, {len(own.columns)} to {noun(named)}.",
        f"Load it as {noun(other.entity)}, or give a mapping if it really holds {noun(named)}.",
    )


def _headless(table: TextTable) -> None:
    """Refuse a first row of data that was taken for a header."""
    if is_headless(table):
        raise VitalsError(
            "This file has no header row: its first line already holds data.",
            "Put a line with the names of the columns above it.",
        )


def _held_instead(own: Fit) -> str:
    """What the columns hold whose captions are right and whose values are not."""
    columns = [own.entity.column(name) for name in own.missing]
    places = [own.header.find(caption)[:1] for column in columns for caption in (column.name, *column.captions)]
    found = [at for place in places for at in place if at not in own.columns.values() and own.evidence.values(at)]
    holding = [f'"{own.header.captions[at].raw}" holds "{own.evidence.values(at)[0][:LONGEST]}"' for at in found[:1]]
    return f" (the column {holding[0]})" if holding else ""


def _is_telling(other: Fit) -> bool:
    return len(other.entity.required) > 1 or len(other.columns) > 1


def _quoted(own: Fit) -> str:
    captions = [f'"{caption_of(own.entity.column(name))}"' for name in own.missing]
    return captions[0] if len(captions) == 1 else f"{', '.join(captions[:-1])} or {captions[-1]}"
