"""How much memory and time the reading of a file may take: what any file needs, and more with each megabyte."""

from __future__ import annotations

import io
from dataclasses import dataclass
from math import ceil

from vitals.ingest.model import Source

MEMORY_BYTES = 6 * 1024**3
"""Address space, of which libraries reserve far more than they use; the same for all files."""

MOST_PROCESSES = 4
"""So many files are read at a time, whoever sent them; the others wait."""

DATA_BYTES, DATA_PER_BYTE = 1024**3, 10
CPU_SECONDS, CPU_PER_BYTE = 30, 0.6e-6
WALL_SECONDS, WALL_PER_BYTE = 60, 2e-6
"""The only limit on systems without others, and far above the processor's, since others may keep it busy."""

PACKED, TIMES_PACKED = b"PK", 16
"""How workbooks and archives begin, and how many times larger what is in them is taken to be."""


@dataclass(frozen=True)
class Limits:
    """What the reading of one file may take."""

    data_bytes: int
    cpu_seconds: int
    wall_seconds: int


def limits_of(source: Source) -> Limits:
    """The limits for a file of that size; one that is packed counts as larger than it is."""
    size = (len(source) if isinstance(source, bytes) else source.stat().st_size) * _times(source)
    return Limits(
        int(DATA_BYTES + size * DATA_PER_BYTE),
        ceil(CPU_SECONDS + size * CPU_PER_BYTE),
        ceil(WALL_SECONDS + size * WALL_PER_BYTE),
    )


def _times(source: Source) -> int:
    with io.BytesIO(source[: len(PACKED)]) if isinstance(source, bytes) else source.open("rb") as file:
        return TIMES_PACKED if file.read(len(PACKED)) == PACKED else 1
