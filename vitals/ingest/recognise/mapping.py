"""A mapping as people see and keep it: the captions of a file by the contract's columns, and what they hold."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from vitals.contract import Entity, entities
from vitals.errors import VitalsError
from vitals.ingest.model import Match, TextTable
from vitals.ingest.recognise.captions import Header, read
from vitals.ingest.recognise.fit import NEEDS_ONE_OF, caption_of
from vitals.ingest.recognise.rulebook import sources

Source = str | int | list[str | int]


def fingerprint(table: TextTable) -> str:
    """A short name of the header, alike for files whose captions mean the same in the same order."""
    normalised = "\x1f".join(read(caption or "").full for caption in table.header)
    return hashlib.sha256(normalised.encode()).hexdigest()[:16]


def to_dict(table: TextTable, match: Match) -> dict[str, Any]:
    """The mapping as data for a JSON file: captions, or column numbers from 1 where a caption is not unique."""
    return {
        "entity": match.entity,
        "system": match.system,
        "columns": {name: _named(table.header, at) for name, at in match.columns.items()},
        "rules": dict(match.rules),
        "constants": dict(match.constants),
    }


def _named(header: tuple[str, ...], position: int) -> str | int:
    if position >= len(header) or not header[position].strip() or header.count(header[position]) > 1:
        return position + 1
    return header[position]


def from_dict(table: TextTable, mapping: Mapping[str, Any], *, client: str | None = None) -> Match:
    """A saved or hand-written mapping, applied to a table; refuses names that either side doesn't know."""
    entity = _entity(mapping.get("entity", ""))
    header, rules = Header.of(table.header), dict(mapping.get("rules", {}))
    columns = dict[str, int]()
    for name, source in mapping.get("columns", {}).items():
        _known(entity, name)
        columns[name] = _placed(header, table, name, source, rules, columns)
    constants = {**mapping.get("constants", {}), **({"client": client} if client else {})}
    _complete(entity, columns, constants)
    rules = _units(entity, header, columns) | {
        name: rule for name, rule in rules.items() if name in columns or name.startswith("*")
    }
    used = {*columns.values(), *sources(rules)}
    unused = tuple(at for at in range(len(header.captions)) if at not in used)
    system = mapping.get("system", "mapped by hand")
    return Match(entity.name, system, "canonical", 1.0, columns, constants, rules, unused=unused)


def named_columns(mapping: Mapping[str, Any] | None) -> Mapping[str, Source]:
    """The columns that a mapping names, whether it says more or nothing else."""
    named: Mapping[str, Source] = (mapping or {}).get("columns", mapping or {})
    return named


def recaptioned(table: TextTable, columns: Mapping[str, Source]) -> TextTable:
    """The table with the contract's names above the columns that a mapping names; refuses a caption it lacks."""
    header = Header.of(table.header)
    single = {name: source for name, source in columns.items() if source and not isinstance(source, list)}
    places = {_position(header, table, source): name for name, source in single.items()}
    return replace(table, header=tuple(places.get(at, caption) for at, caption in enumerate(table.header)))


def _units(entity: Entity, header: Header, columns: Mapping[str, int]) -> dict[str, str]:
    """What the captions say of the unit of hours."""
    real = [(name, header.captions[at].unit) for name, at in columns.items() if at < len(header.captions)]
    return {name: unit for name, unit in real if unit and entity.column(name).kind == "hours"}


def _placed(
    header: Header, table: TextTable, name: str, source: Source, rules: dict[str, str], columns: Mapping[str, int]
) -> int:
    """Where a column stands, its rule put right: one that is made of others stands after those of the file."""
    width = len(header.captions)
    if isinstance(source, list):
        rules[name] = "join:" + ",".join(str(_position(header, table, part) + 1) for part in source)
    if isinstance(source, list) or (isinstance(source, int) and source > width and name in rules):
        return width + sum(at >= width for at in columns.values())
    if ":" in rules.get(name, ""):
        del rules[name]
    return _position(header, table, source)


def _entity(name: str) -> Entity:
    if name not in entities():
        raise VitalsError(f'The mapping names no known entity: "{name}".', f"It is one of {', '.join(entities())}.")
    return entities()[name]


def _known(entity: Entity, name: str) -> None:
    names = [column.name for column in entity.columns]
    if name not in names:
        raise VitalsError(f'The mapping names "{name}", which {entity.label} lack.', f"Known are {', '.join(names)}.")


def _position(header: Header, table: TextTable, source: str | int) -> int:
    """The position of a caption as written, else as compared; a number counts columns from 1."""
    if isinstance(source, int):
        if 1 <= source <= len(table.header):
            return source - 1
        raise VitalsError(f"The mapping names column {source}, but the file has {len(table.header)}.")
    if source in table.header:
        return table.header.index(source)
    at = header.find(source)
    if not at or not source:
        raise VitalsError(f'The file has no column "{source}", which the mapping names.', "Correct the mapping.")
    return at[0]


def _complete(entity: Entity, columns: Mapping[str, int], constants: Mapping[str, str]) -> None:
    answered = {*columns, *constants}
    absent = [column for column in entity.required if column.name not in answered]
    choices = NEEDS_ONE_OF.get(entity.name, ())
    if choices and not answered.intersection(choices):
        absent.append(entity.column(choices[0]))
    if absent:
        names = ", ".join(f'"{caption_of(column)}"' for column in absent)
        raise VitalsError(f"The mapping leaves out {names}, which {entity.label.casefold()} need.")
