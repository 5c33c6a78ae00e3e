"""A mapping as people see and keep it: the captions of a file by the contract's columns, and what they hold."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from vitals.contract import Entity, entities
from vitals.errors import VitalsError
from vitals.ingest.captions import Header, read
from vitals.ingest.evidence import is_empty
from vitals.ingest.fits import NEEDS_ONE_OF, caption_of
from vitals.ingest.model import Match, TextTable
from vitals.ingest.rulebook import sources

LONGEST = 120
LOOK_AT = 2000


def fingerprint(table: TextTable) -> str:
    """A short name of the header, alike for files whose captions mean the same in the same order."""
    normalised = "\x1f".join(read(caption or "").full for caption in table.header)
    return hashlib.sha256(normalised.encode()).hexdigest()[:16]


def samples(table: TextTable, position: int, n: int = 3) -> list[str]:
    """The first different filled values of a column; none for one that is made of others."""
    if position >= len(table.header):
        return []
    cells = table.rows.column(f"c{position}").slice(0, LOOK_AT).to_pylist()
    different = dict.fromkeys(cell.strip()[:LONGEST] for cell in cells if not is_empty(cell))
    return list(different)[:n]


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
    header = Header.of(table.header)
    columns, rules = dict[str, int](), dict(mapping.get("rules", {}))
    for name, source in mapping.get("columns", {}).items():
        _known(entity, name)
        if isinstance(source, list):
            rules[name] = "join:" + ",".join(str(_position(header, table, part) + 1) for part in source)
            columns[name] = len(header.captions) + sum(at >= len(header.captions) for at in columns.values())
        else:
            columns[name] = _position(header, table, source, made=name in rules)
    constants = {**mapping.get("constants", {}), **({"client": client} if client else {})}
    _complete(entity, columns, constants)
    used = {*columns.values(), *sources(rules)}
    unused = tuple(at for at in range(len(header.captions)) if at not in used)
    system = mapping.get("system", "mapped by hand")
    return Match(entity.name, system, "canonical", 1.0, columns, constants, rules, unused=unused)


def _entity(name: str) -> Entity:
    if name not in entities():
        raise VitalsError(f'The mapping names no known entity: "{name}".', f"It is one of {', '.join(entities())}.")
    return entities()[name]


def _known(entity: Entity, name: str) -> None:
    names = [column.name for column in entity.columns]
    if name not in names:
        raise VitalsError(f'The mapping names "{name}", which {entity.label} lack.', f"Known are {', '.join(names)}.")


def _position(header: Header, table: TextTable, source: str | int, *, made: bool = False) -> int:
    """The position of a caption as written, else as compared; a number counts columns from 1."""
    if isinstance(source, int):
        if source >= 1 and (made or source <= len(table.header)):
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
