"""A file from bytes to typed tables."""

from __future__ import annotations

import hashlib
from functools import partial

from vitals.ingest.plan import Options, Prepared, Progress, Sink, Source
from vitals.ingest.preparation import Preparation
from vitals.ingest.single_pass import typed_while_read


def digest(source: Source) -> tuple[str, int]:
    """The SHA-256 of a file's bytes, and how many there are."""
    if isinstance(source, bytes):
        return hashlib.sha256(source).hexdigest(), len(source)
    with source.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest(), source.stat().st_size


def prepare(source: Source, name: str, options: Options, sink: Sink, progress: Progress | None = None) -> Prepared:
    """Read a file in this process, handing on the rows of each table part by part.

    Raises VitalsError if it can't be used.
    """
    work = Preparation(source, name, options, progress)
    if table := typed_while_read(work, sink):
        return Prepared(name, *digest(source), (table,))
    work.survey()
    asked = work.questions()
    tables = [
        work.outline(plan) if asked else work.table(plan, partial(sink, index, plan.match.entity))
        for index, plan in enumerate(work.all_plans())
    ]
    return Prepared(name, *digest(source), tuple(tables), tuple(asked), tuple(work.warnings()))
