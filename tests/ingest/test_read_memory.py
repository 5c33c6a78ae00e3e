"""A reader that asks for ever more memory is stopped, and what comes after it isn't."""

from __future__ import annotations

import pytest

from vitals.ingest.files.workbook import STATEMENT, bounded_memory

MEGABYTE = 1024**2


@pytest.mark.skipif(not STATEMENT.exists(), reason="only Linux tells how much a process has taken")
def test_no_more_memory_than_allowed() -> None:
    with bounded_memory(64 * MEGABYTE), pytest.raises(MemoryError):
        bytearray(512 * MEGABYTE)
    assert len(bytearray(512 * MEGABYTE)) == 512 * MEGABYTE


@pytest.mark.skipif(not STATEMENT.exists(), reason="only Linux tells how much a process has taken")
def test_the_limit_of_before_holds_again_after_an_error() -> None:
    with pytest.raises(ValueError, match="damaged"), bounded_memory(64 * MEGABYTE):
        raise ValueError("damaged")
    assert len(bytearray(128 * MEGABYTE)) == 128 * MEGABYTE
