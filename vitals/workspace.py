"""The work behind both the screens and the command line: load files, take a load back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

Report = dict[str, Any]


@dataclass(frozen=True)
class LoadOptions:
    """What the user says about the files that are loaded together."""

    entity: str | None = None
    mapping: Path | None = None
    classes: Path | None = None
    client: str | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    """[FILE:]QUESTION -> answer."""


def load_files(
    con: duckdb.DuckDBPyConnection,
    files: Sequence[Path],
    options: LoadOptions,
    progress: Callable[[str, int], None] | None = None,
) -> list[Report]:
    """Load each file in one transaction of its own, and say what came of it."""
    raise NotImplementedError


def undo(con: duckdb.DuckDBPyConnection, load_id: int) -> str:
    """Take a load back and say so."""
    raise NotImplementedError


def as_lines(reports: Sequence[Report]) -> str:
    """One line for each report."""
    return "\n".join(f"{item['file']}: {item['decision']}" for item in reports)
