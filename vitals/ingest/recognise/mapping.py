"""A mapping as people see and keep it: the captions of a file by the contract's columns, and what they hold."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from inspect import signature
from typing import Any, NoReturn, get_args

from vitals.contract import Entity, entities
from vitals.errors import VitalsError
from vitals.ingest.model import MadeColumn, Match, Step, TextTable, Unit
from vitals.ingest.recognise.captions import Header, read
from vitals.ingest.recognise.fit import caption_of
from vitals.ingest.shapes.documents import unmarked
from vitals.ingest.shapes.made import FUNCTIONS, join
from vitals.ingest.shapes.shape import laid_out, laid_out_as_json, positions, shapes

BY_HAND = "mapped by hand"
WRITE = 'Write {"columns": {"client": "Customer"}}.'
PARTS = {"entity", "system", "columns", "units", "constants", "shapes", "rules", "fingerprint"}

Named = str | int
"""A column of the file by its caption, or by its number from 1."""


@dataclass(frozen=True)
class MadeOf:
    """A column that is made of others by a function; None stands for an optional one that the file lacks."""

    function: str
    columns: tuple[Named | None, ...]


Source = Named | MadeOf | None
"""What a column of the contract is read from; None where the user wants it from nowhere."""


@dataclass(frozen=True)
class ColumnMapping:
    """What a mapping says, whether it says all or only a few columns."""

    columns: Mapping[str, Source]
    entity: str = ""
    system: str = BY_HAND
    units: Mapping[str, Unit] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    shapes: tuple[Step, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The mapping as data for a JSON file."""
        return {
            "entity": self.entity,
            "system": self.system,
            "columns": {name: _source_as_json(source) for name, source in self.columns.items()},
            "units": dict(self.units),
            "constants": dict(self.constants),
            "shapes": laid_out_as_json(self.shapes),
        }


def _source_as_json(source: Source) -> Any:
    return {source.function: list(source.columns)} if isinstance(source, MadeOf) else source


def fingerprint(table: TextTable) -> str:
    """A short name of the header, alike for files whose captions mean the same in the same order."""
    normalised = "\x1f".join(read(caption or "").full for caption in table.header)
    return hashlib.sha256(normalised.encode()).hexdigest()[:16]


def mapping_from(said: Any) -> ColumnMapping:
    """A saved or hand-written mapping, whichever parts of it stand there; columns alone will do.

    Raises VitalsError if its shape is none.
    """
    if not isinstance(said, dict):
        raise VitalsError("The mapping is no JSON object.", WRITE)
    parts = {name: _object(name, said.get(name, {})) for name in ("columns", "units", "constants", "shapes", "rules")}
    if not PARTS & said.keys():
        parts["columns"] = said
    if parts["rules"]:
        parts |= _without_rules(parts)
    return ColumnMapping(
        columns={name: _source(name, source) for name, source in parts["columns"].items()},
        entity=_text("entity", said.get("entity", "")),
        system=_text("system", said.get("system", BY_HAND)),
        units={name: _unit(name, unit) for name, unit in parts["units"].items()},
        constants={name: _text(name, text) for name, text in parts["constants"].items()},
        shapes=_shapes(parts["shapes"]),
    )


def _without_rules(parts: Mapping[str, Any]) -> dict[str, Any]:
    rules = {name: _text("rules", rule) for name, rule in parts["rules"].items()}
    try:
        known = _upgraded(parts["columns"], rules)
    except (ValueError, RecursionError):
        _refuse("rules", "none that was ever kept")
    return {**known, "units": {**known["units"], **parts["units"]}, "shapes": {**known["shapes"], **parts["shapes"]}}


def _refuse(part: str, is_not: str) -> NoReturn:
    raise VitalsError(f'The mapping can\'t be used, since its "{part}" is {is_not}.', WRITE)


def _object(part: str, said: Any) -> dict[str, Any]:
    return said if isinstance(said, dict) else _refuse(part, "no JSON object")


def _text(part: str, said: Any) -> str:
    return said if isinstance(said, str) else _refuse(part, "no text")


def _unit(name: str, said: Any) -> Unit:
    if said not in get_args(Unit):
        _refuse(name, f"none of the units {', '.join(get_args(Unit))}")
    unit: Unit = said
    return unit


def _source(name: str, said: Any) -> Source:
    """One column of the file, a list of those that are joined, or {function: those that it takes}."""
    if said is None or said == "":
        return None
    if _is_named(said):
        named: Named = said
        return named
    made = {join.__name__: said} if isinstance(said, list) else said
    function, columns = next(iter(made.items())) if isinstance(made, dict) and len(made) == 1 else ("", None)
    if not isinstance(columns, list) or not all(column is None or _is_named(column) for column in columns):
        _refuse(name, "neither a caption, nor a number, nor a list of them")
    if not _takes(function, len(columns)) or not any(columns):
        _refuse(name, f'made by no function "{function}" of {len(columns)} columns')
    return MadeOf(function, tuple(columns))


def _is_named(said: Any) -> bool:
    return type(said) in (str, int)


def _takes(function: str, count: int) -> bool:
    if function not in FUNCTIONS:
        return False
    try:
        signature(FUNCTIONS[function]).bind(*[""] * count)
    except TypeError:
        return False
    return True


def _shapes(said: Mapping[str, Any]) -> tuple[Step, ...]:
    try:
        return laid_out(said)
    except ValueError:
        _refuse("shapes", f"none of {', '.join(shapes())} as they are saved")


def of_match(table: TextTable, match: Match) -> ColumnMapping:
    """What a match says: captions, or column numbers from 1 where a caption is not unique."""
    columns: dict[str, Source] = {}
    for name, at in match.columns.items():
        if name in match.made:
            parts = [None if part is None else _named(table.header, part) for part in match.made[name].sources]
            columns[name] = MadeOf(match.made[name].function, tuple(parts))
        elif at < len(table.header):
            columns[name] = _named(table.header, at)
    return ColumnMapping(columns, match.entity, match.system, match.units, match.constants, match.shapes)


def to_dict(table: TextTable, match: Match) -> dict[str, Any]:
    """The mapping as data for a JSON file."""
    return of_match(table, match).as_json()


def _named(header: tuple[str, ...], position: int) -> Named:
    if not header[position].strip() or header.count(header[position]) > 1:
        return position + 1
    return header[position]


def from_dict(table: TextTable, said: Any, *, client: str | None = None) -> Match:
    """A saved or hand-written mapping, applied to a table; refuses names that either side doesn't know."""
    return applied(table, mapping_from(said), client)


def applied(table: TextTable, mapping: ColumnMapping, client: str | None) -> Match:
    """The match that a mapping gives in a table; refuses names that either side doesn't know."""
    entity, header = _entity(mapping.entity), Header.of(table.header)
    constants = {**mapping.constants, **({"client": client} if client else {})}
    steps = unmarked(mapping.shapes, mapping.columns)
    by_shapes = [name for shape in steps for name in shape.makes]
    for name in (*mapping.columns, *constants, *by_shapes):
        _known(entity, name)
    columns, made = _placed(header, by_shapes, mapping.columns)
    _complete(entity, {**columns, **constants})
    _check(steps, header, columns)
    units = {**_units(entity, header, columns), **mapping.units}
    for shape in steps:
        units |= shape.units
    units = {name: unit for name, unit in units.items() if name in columns and name not in made}
    match = Match(entity.name, mapping.system, "canonical", 1.0, columns, constants, units, made, steps)
    return match.with_unused(len(table.header))


def recaptioned(table: TextTable, mapping: ColumnMapping) -> TextTable:
    """The table with the contract's names above the columns that a mapping names; refuses a caption it lacks."""
    header = Header.of(table.header)
    named = {name: source for name, source in mapping.columns.items() if isinstance(source, str | int)}
    places = {_position(header, source): name for name, source in named.items()}
    return replace(table, header=tuple(places.get(at, caption) for at, caption in enumerate(table.header)))


def _units(entity: Entity, header: Header, columns: Mapping[str, int]) -> dict[str, Unit]:
    """What the captions say of the unit of hours."""
    real = [(name, header.captions[at].unit) for name, at in columns.items() if at < len(header.captions)]
    return {name: unit for name, unit in real if unit and entity.column(name).kind == "hours"}


def _placed(
    header: Header, by_shapes: Sequence[str], sources: Mapping[str, Source]
) -> tuple[dict[str, int], dict[str, MadeColumn]]:
    """Where each column stands, those that are made of others after those of the file, and what these are made of."""
    width = len(header.captions)
    columns, made = {name: width + place for place, name in enumerate(by_shapes)}, dict[str, MadeColumn]()
    for name, source in sources.items():
        if name in by_shapes:
            said = f'The mapping names a column for "{name}", which is made of how the rows of the table are laid out.'
            raise VitalsError(said, f'Leave "{name}" out of the mapping.')
        if isinstance(source, MadeOf):
            columns[name] = width + len(by_shapes) + len(made)
            parts = [None if part is None else _position(header, part) for part in source.columns]
            made[name] = MadeColumn(source.function, tuple(parts))
        elif source is not None:
            columns[name] = _position(header, source)
    return columns, made


def _check(laid_out: Sequence[Step], header: Header, columns: Mapping[str, int]) -> None:
    """Refuse shapes of columns that the file lacks, or that can't do without one that the mapping leaves out."""
    width = len(header.captions)
    for shape in laid_out:
        if beyond := [at + 1 for at in positions(shape) if at >= width]:
            raise VitalsError(f"The mapping names column {max(beyond)}, but the file has {width}.")
        if absent := [name for name in shape.reads if columns.get(name, width) >= width]:
            raise VitalsError(f'The mapping names no column for "{absent[0]}", which its shape "{shape.name}" needs.')


def _entity(name: str) -> Entity:
    if name not in entities():
        raise VitalsError(f'The mapping names no known entity: "{name}".', f"It is one of {', '.join(entities())}.")
    return entities()[name]


def _known(entity: Entity, name: str) -> None:
    names = [column.name for column in entity.columns]
    if name not in names:
        raise VitalsError(f'The mapping names "{name}", which {entity.label} lack.', f"Known are {', '.join(names)}.")


def _position(header: Header, source: Named) -> int:
    """The position of a caption as written, else as compared; a number counts columns from 1."""
    captions = [caption.raw for caption in header.captions]
    if isinstance(source, int):
        if 1 <= source <= len(captions):
            return source - 1
        raise VitalsError(f"The mapping names column {source}, but the file has {len(captions)}.")
    if source in captions:
        return captions.index(source)
    at = header.find(source)
    if not at or not source:
        raise VitalsError(f'The file has no column "{source}", which the mapping names.', "Correct the mapping.")
    return at[0]


def _complete(entity: Entity, answered: Collection[str]) -> None:
    if absent := entity.lacking(answered):
        names = ", ".join(f'"{caption_of(column)}"' for column in absent)
        raise VitalsError(f"The mapping leaves out {names}, which {entity.label.casefold()} need.")


OLD_UNITS = {"hms": "hours", "hours": "hours", "minutes": "minutes", "seconds": "seconds", "days": "days"}
OLD_BY_SHAPE = {"of_month", "of_span", "logged", "count"}
"""What stood at the columns that a shape makes."""


def _numbers(text: str) -> list[int | None]:
    return [int(number) or None for number in text.split(",") if number]


def _as(*names: str) -> Callable[[str], dict[str, Any]]:
    return lambda text: dict(zip(names, _numbers(text), strict=False))


OLD_SHAPES: Mapping[str, tuple[str, Callable[[str], Any]]] = {
    "*rows": ("other_rows", lambda text: {"rules": json.loads(text)}),
    "*fold": ("fold", _as("by", "latest")),
    "*group": ("group", lambda text: {}),
    "*empty": ("empty", lambda text: {"words": json.loads(text)}),
    "*devices": ("devices", lambda text: {}),
    "*cap": ("cap", _as("most", "of")),
    "*gross": ("held_tax", _as("amount", "tax", "total", "number")),
    "*months": (
        "months",
        lambda text: {"months": _numbers(text.partition(";")[0]), **_as("total")(text.partition(";")[2])},
    ),
    "*span": ("absence", _as("first", "last", "days", "hours")),
    "*worklog": (
        "work_log",
        lambda text: {**_as("key")(text.partition(";")[0]), "logs": _numbers(text.partition(";")[2])},
    ),
}


def _upgraded(columns: Mapping[str, Any], rules: Mapping[str, str]) -> dict[str, Any]:
    """The columns, units and shapes of a mapping that was kept with rules in words, as they are kept now.

    A rule's key was a column, or began with * and was about rows; columns were counted from 1, and 0 was none.
    Raises ValueError where a rule is none.
    """
    laid_out = {name: read(rules[old]) for old, (name, read) in OLD_SHAPES.items() if old in rules}
    found, units = dict(columns), dict[str, str]()
    for name in columns.keys() & rules.keys():
        word, _, numbers = rules[name].partition(":")
        if word in OLD_BY_SHAPE or (word == "seconds" and "work_log" in laid_out):
            del found[name]
        elif word in OLD_UNITS:
            units[name] = OLD_UNITS[word]
        else:
            found[name] = _made(columns[name], word, _numbers(numbers))
    return {"columns": found, "units": units, "shapes": laid_out}


def _made(source: Any, function: str, numbers: list[int | None]) -> Any:
    """A column as made by its function, as it was if it stood behind what it was made of; others the user chose."""
    if not numbers:
        raise ValueError(function)
    is_made = type(source) is int and source > max(number or 0 for number in numbers)
    return {function: numbers} if is_made else source
