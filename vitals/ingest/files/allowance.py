"""A bound on memory while a reader runs that has none of its own: a damaged old workbook makes it ask for ever more."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MOST_BYTES = 1024**3
STATEMENT = Path("/proc/self/statm")
"""Linux tells here how many pages of addresses the process has taken."""


def _taken() -> int:
    resource = importlib.import_module("resource")
    return int(STATEMENT.read_text().split()[0]) * int(resource.getpagesize())


@contextmanager
def allowance(most: int = MOST_BYTES) -> Iterator[None]:
    """Let the process take no more than so many bytes beyond what it has; nothing where the system can't tell."""
    if not STATEMENT.exists():
        yield
        return
    resource = importlib.import_module("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    bound = min(limit for limit in (_taken() + most, soft, hard) if limit != resource.RLIM_INFINITY)
    resource.setrlimit(resource.RLIMIT_AS, (bound, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
