"""A file from bytes to typed tables."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pyarrow as pa
import pyarrow.compute as pc

from vitals.ingest import duplicates
from vitals.ingest.model import Question, TypedTable
from vitals.ingest.plan import Options, Progress, Source
from vitals.ingest.preparation import Preparation


@dataclass(frozen=True)
class Prepared:
    """A file that was read: its typed tables, or what must be asked first (the tables then have no rows)."""

    name: str
    sha256: str
    size: int
    tables: tuple[TypedTable, ...]
    questions: tuple[Question, ...] = ()
    warnings: tuple[str, ...] = ()


def digest(source: Source) -> tuple[str, int]:
    """The SHA-256 of a file's bytes, and how many there are."""
    if isinstance(source, bytes):
        return hashlib.sha256(source).hexdigest(), len(source)
    with source.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest(), source.stat().st_size


def assembled(table: TypedTable, parts: Sequence[pa.Table]) -> TypedTable:
    """The account of a table with its rows, without those that its account leaves out."""
    rows = pa.concat_tables(parts) if parts else pa.table({})
    doubled = (duplicates.EXACT, duplicates.CONFLICTING)
    gone = [item.row_number for item in (*table.quarantined, *table.set_aside) if item.reason in doubled]
    if gone:
        rows = rows.filter(pc.invert(pc.is_in(rows["row_number"], pa.array(gone, pa.int64()))))
    return replace(table, rows=rows)


def prepare(source: Source, name: str, options: Options, progress: Progress | None = None) -> Prepared:
    """Read a file in this process.

    Raises VitalsError if it can't be used.
    """
    work = Preparation(source, name, options, progress)
    work.survey()
    asked = work.questions()
    plans, tables = work.all_plans(), []
    for plan in plans:
        parts: list[pa.Table] = []
        tables.append(work.outline(plan) if asked else assembled(work.table(plan, parts.append), parts))
    return Prepared(name, *digest(source), tuple(tables), tuple(asked), tuple(work.warnings()))
