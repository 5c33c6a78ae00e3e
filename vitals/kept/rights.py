"""Who may see, load into or delete which kept workspace: one table in one file, and the groups that it names."""

from __future__ import annotations

import csv
import io
import os
import tempfile
import threading
import tomllib
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Literal

from vitals.errors import VitalsError

TABLE, GROUPS = "access.csv", "groups.toml"
"""The table, which the application writes too, and the groups, which whoever runs the server writes."""
GROUP = "group:"
"""What the name of a group begins with in the table, so that nobody is signed in by the name of one."""
Right = Literal["see", "load", "delete"]
MEANS = {"see": "open it", "load": "keep changes in it or rename it", "delete": "delete it"}
WRITING = threading.Lock()


@dataclass(frozen=True)
class Row:
    """What one person or group may do with one workspace."""

    workspace: str
    who: str
    see: str = "yes"
    load: str = "yes"
    delete: str = "yes"

    def gives(self, right: Right, name: str, known_as: frozenset[str]) -> bool:
        """Whether it gives a right on a workspace to somebody who goes by those names."""
        is_meant = self.workspace == name and self.who.strip().casefold() in known_as
        return is_meant and str(getattr(self, right)).strip().casefold() == "yes"


COLUMNS = [field.name for field in fields(Row)]


def _unreadable(path: Path) -> VitalsError:
    said = f"Nothing can be opened: the table {path.name} can't be read."
    return VitalsError(said, "Whoever runs the server mends it.")


def rows(place: Path) -> list[Row]:
    """The table; empty where none is written. Raises VitalsError if it can't be read: then nobody may do anything."""
    path = place / TABLE
    try:
        with path.open(encoding="utf-8", newline="") as file:
            found = csv.DictReader(file, strict=True)
            return [Row(**{name: str(row[name] or "") for name in COLUMNS}) for row in found]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, KeyError, csv.Error) as error:
        raise _unreadable(path) from error


def _write(place: Path, found: list[Row]) -> None:
    """Write the table whole, or not at all. Raises VitalsError where it can't be written."""
    text = io.StringIO(newline="")
    table = csv.DictWriter(text, COLUMNS)
    table.writeheader()
    table.writerows(map(asdict, found))
    try:
        handle, made = tempfile.mkstemp(prefix=".access-", dir=place)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
                file.write(text.getvalue())
                file.flush()
                os.fsync(handle)
            Path(made).replace(place / TABLE)
        finally:
            Path(made).unlink(missing_ok=True)
    except OSError as error:
        raise VitalsError(f"Who may do what can't be written: {error.strerror}.", "Free some space.") from error


def groups_of(place: Path, person: str) -> list[str]:
    """The groups that somebody is in. Raises VitalsError if the list of them can't be read."""
    path = place / GROUPS
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
        return [group for group, members in said.items() if person in {str(member).casefold() for member in members}]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, TypeError) as error:
        raise _unreadable(path) from error


def may(place: Path, person: str | None, right: Right, name: str) -> bool:
    """Whether somebody has a right on a workspace; where nobody signs in everybody has all of them."""
    if person is None:
        return True
    known_as = frozenset({person, *(f"{GROUP}{group}".casefold() for group in groups_of(place, person))})
    return any(row.gives(right, name, known_as) for row in rows(place))


def check(place: Path, person: str | None, right: Right, name: str) -> None:
    """Refuse what somebody may not do; of a workspace that they may not see they don't learn whether it is there."""
    if not may(place, person, "see", name):
        raise VitalsError(f"There is no workspace {name} any more.", "Choose one of those that are listed.")
    if not may(place, person, right, name):
        hint = "Whoever it belongs to, or whoever runs the server, can do it or let you."
        raise VitalsError(f"You may open {name}, but not {MEANS[right]}.", hint)


def give(place: Path, name: str, who: str) -> None:
    """Let a new workspace belong to somebody, or to a group; rows that stand for its name from before are gone."""
    with WRITING:
        _write(place, [*(row for row in rows(place) if row.workspace != name), Row(name, who)])


def rename(place: Path, name: str, new: str) -> None:
    """Let the rights on a workspace go with its name."""
    with WRITING:
        kept = [row for row in rows(place) if row.workspace != new or new == name]
        _write(place, [replace(row, workspace=new) if row.workspace == name else row for row in kept])


def forget(place: Path, name: str) -> None:
    """Let nobody have a right on a workspace that is no more, nor on a later one of its name."""
    with WRITING:
        _write(place, [row for row in rows(place) if row.workspace != name])
