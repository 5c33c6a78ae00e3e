"""The slot that a file's own name speaks for, where its header is the contract's and could be another's as well."""

from __future__ import annotations

from pathlib import PurePath

from vitals.contract import Entity, entities


def _is_all_its_own(entity: Entity, header: tuple[str, ...]) -> bool:
    """Whether the header holds nothing but captions of the entity, and all that it needs."""
    names = {column.name for column in entity.columns}
    return set(header) <= names and {column.name for column in entity.required} <= set(header)


def spoken_for(name: str, header: tuple[str, ...]) -> str | None:
    """The entity in a file's name: clients.csv holds clients though client and starts_on would do for agreements."""
    stem = PurePath(name).stem.casefold()
    named = [entity for entity in entities().values() if entity.name in stem]
    return named[0].name if len(named) == 1 and _is_all_its_own(named[0], header) else None
