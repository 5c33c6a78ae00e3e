"""What a table of a file is, by what the user said of the file or of its header before, else by its own captions."""

from __future__ import annotations

from vitals.errors import VitalsError
from vitals.ingest.matching import mappings, slot
from vitals.ingest.matching.match_table import match
from vitals.ingest.model import Match, TextTable
from vitals.ingest.plan import Options


def recognised(table: TextTable, name: str, options: Options) -> list[Match]:
    """What the table of a file of this name holds: one entity or several.

    Raises VitalsError if it is none that the contract knows.
    """
    mapping = options.mapping_of(mappings.fingerprint(table))
    if mapping and "columns" in mapping and "entity" in mapping:
        return match(table, mapping=dict(mapping), client=options.client)
    entity = options.entity or slot.spoken_for(name, table.header)
    found = match(_recaptioned(table, options), entity=entity, client=options.client, answers=options.answers)
    return [_corrected(table, found[0], options), *found[1:]] if options.mapping else found


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
