"""The parts of a file, read again for each pass over it unless they are few enough to be kept."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from vitals.ingest.files import reader
from vitals.ingest.files.reader import TEXT, head_of, kind_of
from vitals.ingest.model import Source, TextTable
from vitals.ingest.prefetch import prefetched

KEPT_BYTES = 400 * 1024**2
"""A file whose text takes no more is read once; a larger one is read again for the second pass."""

LONG_BYTES = 64 * 1024**2
"""A text beyond this is long: to read it twice costs more than to decide from its first part, and check."""


def digest(source: Source) -> tuple[str, int]:
    """The SHA-256 of a file's bytes, and how many there are."""
    if isinstance(source, bytes):
        return hashlib.sha256(source).hexdigest(), len(source)
    with source.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest(), source.stat().st_size


class Parts:
    """One file's tables in parts, whole where rows far apart belong together."""

    def __init__(self, source: Source, name: str, page: str = "") -> None:
        self.source, self.name, self.page = source, name, page
        self.is_whole = False
        self.is_last_pass = False
        """Whether each part is let go of as soon as it was handed out."""
        self.kept: list[TextTable] | None = None

    @property
    def is_text(self) -> bool:
        """Whether the file is one text."""
        return kind_of(head_of(self.source), self.name) == TEXT

    @property
    def is_long_text(self) -> bool:
        """Whether the file is one long text."""
        size = len(self.source) if isinstance(self.source, bytes) else self.source.stat().st_size
        return size > LONG_BYTES and self.is_text

    def each(self) -> Iterator[TextTable]:
        """Every part, from memory if they were kept."""
        if self.kept is not None:
            yield from self._from_memory(self.kept)
            return
        kept: list[TextTable] | None = []
        for part in self._read():
            kept = None if self.is_last_pass else _still_kept(kept, part)
            yield part
        self.kept = kept

    def _read(self) -> Iterable[TextTable]:
        if self.is_whole:
            return reader.read(self.source, self.name, self.page)
        parts = reader.read_batches(self.source, self.name, self.page)
        # Arrow and numpy share the processors while they cut one part and type the one before it
        return prefetched(parts, 1) if self.is_long_text else parts

    def _from_memory(self, kept: list[TextTable]) -> Iterator[TextTable]:
        if not self.is_last_pass:
            yield from kept
            return
        self.kept = None
        kept.reverse()
        while kept:
            yield kept.pop()


def _still_kept(kept: list[TextTable] | None, part: TextTable) -> list[TextTable] | None:
    """The parts to keep in memory, None from where they are too large together."""
    if kept is None or sum(other.rows.nbytes for other in kept) + part.rows.nbytes > KEPT_BYTES:
        return None
    return [*kept, part]
