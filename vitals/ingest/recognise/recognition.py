"""What a table of a file is, by what the user said of the file or of its header before, else by its own captions."""

from __future__ import annotations

from dataclasses import replace

from vitals.contract import entities
from vitals.errors import VitalsError
from vitals.ingest.model import Match, TextTable
from vitals.ingest.plan import Options
from vitals.ingest.read.currency import are_codes
from vitals.ingest.recognise import mappings, slot
from vitals.ingest.recognise.match_table import match

LOOK_AT = 2000


def recognised(table: TextTable, name: str, options: Options) -> list[Match]:
    """What the table of a file of this name holds: one entity or several.

    Raises VitalsError if it is none that the contract knows.
    """
    return [_with_currency(table, found, options) for found in _recognised(table, name, options)]


def _recognised(table: TextTable, name: str, options: Options) -> list[Match]:
    mapping = options.mapping_of(mappings.fingerprint(table))
    if mapping and "columns" in mapping and "entity" in mapping:
        return match(table, mapping=dict(mapping), client=options.client)
    entity = options.entity or slot.spoken_for(name, table.header)
    found = match(_recaptioned(table, options), entity=entity, client=options.client, answers=options.answers)
    return [_corrected(table, found[0], options), *found[1:]] if options.mapping else found


def _holds_codes(table: TextTable, place: int) -> bool:
    cells = table.rows.column(f"c{place}").slice(0, LOOK_AT).unique().to_pylist()
    return are_codes(cell or "" for cell in cells)


def _with_currency(table: TextTable, found: Match, options: Options) -> Match:
    """The match with the column of currencies, whatever its caption, since amounts of two are never added up."""
    is_wanted = any(column.name == "currency" for column in entities()[found.entity].columns)
    is_known = "currency" in {**found.columns, **found.constants, **mappings.said(options.mapping)}
    place = next((at for at in found.unused if _holds_codes(table, at)), None) if is_wanted and not is_known else None
    if place is None:
        return found
    unused = tuple(at for at in found.unused if at != place)
    return replace(found, columns={**found.columns, "currency": place}, unused=unused)


def _recaptioned(table: TextTable, options: Options) -> TextTable:
    """The table under the captions that the user's mapping gives, where its own lack what its entity needs."""
    if not options.mapping:
        return table
    try:
        match(table, entity=options.entity, client=options.client, answers=options.answers)
    except VitalsError:
        return mappings.recaptioned(table, mappings.said(options.mapping))
    return table


def _corrected(table: TextTable, found: Match, options: Options) -> Match:
    """A match with the columns that the user named otherwise; an empty caption takes a column away."""
    known = mappings.to_dict(table, found)
    said = mappings.said(options.mapping or {})
    columns = {**known["columns"], **said}
    # a unit belonged to the column that was taken before
    rules = {name: rule for name, rule in known["rules"].items() if name not in said}
    kept = {name: caption for name, caption in columns.items() if caption not in ("", None)}
    return mappings.from_dict(table, {**known, "columns": kept, "rules": rules}, client=options.client)
