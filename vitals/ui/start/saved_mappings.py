"""Mappings as files: saved from a load, and given again beside the file that they are for."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from vitals.ui.page import session

ENDING = ".mapping.json"
ABOUT_COLUMNS = ("units", "rules")
"""What a mapping says of a column beside where it stands, which no longer holds for another one."""
WHICH_TABLE = "which_sheets"
"""The question whose answer reads one table of a file alone."""


@dataclass(frozen=True)
class QueuedFile:
    """One file as it came, with what has been said about it."""

    name: str
    data: bytes | Path
    answers: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, Any] = field(default_factory=dict)
    """Contract column -> the file's column that the user chose for it."""
    mapping: Mapping[str, Any] = field(default_factory=dict)
    """A mapping that came as a file, or that an earlier load of this one used."""
    replaces: int | None = None
    """The load that this one stands in for."""


def of_load(load_id: int) -> dict[str, Any]:
    """The mapping that a load used."""
    accounts = session.run("metrics.load_accounts")
    texts = accounts.loc[accounts["load_id"] == load_id, "mapping"]
    return dict(json.loads(texts.iloc[0])) if len(texts) else {}


def as_file(mapping: Mapping[str, Any]) -> str:
    """A mapping as the command line's --mapping takes it."""
    return json.dumps(mapping, ensure_ascii=False, indent=1)


def told(mapping: Mapping[str, Any], columns: Mapping[str, Any]) -> dict[str, Any]:
    """A mapping with some columns chosen anew; without one, just those columns."""
    if not mapping or not columns:
        return dict(mapping or {"columns": columns})
    chosen = {name: source for name, source in {**mapping["columns"], **columns}.items() if source != ""}
    about = {part: mapping[part] for part in ABOUT_COLUMNS if part in mapping}
    kept = {part: {name: said[name] for name in said if name not in columns} for part, said in about.items()}
    return {**mapping, "columns": chosen, **kept}


def _mapping_in(file: QueuedFile) -> dict[str, Any] | None:
    """The mapping that a file holds, if that is what it is."""
    if not file.name.lower().endswith(".json") or isinstance(file.data, Path):
        return None
    try:
        found = json.loads(file.data)
    except (ValueError, RecursionError):
        return None
    is_mapping = isinstance(found, dict) and isinstance(found.get("columns"), dict)
    return found if is_mapping else None


def beside(came: Sequence[QueuedFile], waiting: Mapping[str, Any]) -> tuple[list[QueuedFile], dict[str, Any]]:
    """The files, each with the mapping named for it, else one named for none; and the mappings that found no file."""
    known = {**waiting, **{item.name: found for item in came if (found := _mapping_in(item)) is not None}}
    files = [item for item in came if item.name not in known]
    named = {f"{item.name}{ENDING}" for item in files}
    general: Mapping[str, Any] = next((found for name, found in known.items() if name not in named), {})
    with_mapping = [replace(item, mapping=known.get(f"{item.name}{ENDING}", general)) for item in files]
    return with_mapping, ({} if files else known)
