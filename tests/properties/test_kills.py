"""A few of the kills of benchmarks/kills.py: nothing is torn, and no process is left behind."""

from __future__ import annotations

import sys

import pytest

from benchmarks.kills import kills


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells which processes are left")
def test_killed_commands_leave_the_state_before_or_after_and_no_process():
    found = kills(3, seed=4)
    assert (found.torn, found.orphans) == (0, 0), found
    assert found.ended.total() == 3
