"""Limits: one table, each changed by its variable; who waits is told the place, a full server refuses a load alone."""

from __future__ import annotations

from threading import Thread

import pytest

from tests.conventions.tree import ROOT
from vitals import limits
from vitals.errors import VitalsError
from vitals.ingest.process import parent
from vitals.ingest.process.parent import Worker
from vitals.ui.words import loads


@pytest.mark.parametrize("limit", limits.LIMITS, ids=lambda limit: limit.variable)
def test_a_limit_is_its_default_until_its_variable_says_another(limit, monkeypatch):
    monkeypatch.delenv(limit.variable, raising=False)
    assert limit.value == limit.default
    monkeypatch.setenv(limit.variable, "7")
    assert limit.value == 7
    for wrong in ("-1", "many", "²"):
        monkeypatch.setenv(limit.variable, wrong)
        with pytest.raises(VitalsError, match=limit.variable):
            _ = limit.value
    assert f"| `{limit.variable}` | {limit.default} |" in (ROOT / "docs/server.md").read_text()


def test_a_full_server_refuses_a_load_in_a_sentence(monkeypatch):
    limits.check_room()
    monkeypatch.setenv(limits.ALL_MEMORY.variable, "100")
    monkeypatch.setattr(limits, "used_megabytes", lambda: 101)
    with pytest.raises(VitalsError, match="no memory left for another load"):
        limits.check_room()


def test_the_memory_of_readers_counts():
    assert limits._resident("self") > 1024**2
    assert limits._resident("no process") == 0


def test_a_file_has_so_many_rows_at_the_most(monkeypatch):
    limits.check_rows(10**9)
    monkeypatch.setenv(limits.ROWS.variable, "1000")
    limits.check_rows(1000)
    with pytest.raises(VitalsError, match="more than 1,000 rows"):
        limits.check_rows(1001)


class Waiting(Worker):
    """One that waits for a place, and starts nothing."""

    patience = 0.3
    busy = ("Busy.", "")


def test_who_waits_is_told_how_many_are_before(monkeypatch):
    monkeypatch.setattr(parent.FREE, "acquire", lambda **_: False)
    places = {name: set[int]() for name in "ab"}
    workers = {name: Waiting() for name in "ab"}

    def wait(name):
        workers[name].told_place = places[name].add
        with pytest.raises(VitalsError, match="Busy"):
            workers[name].start()

    threads = [Thread(target=wait, args=(name,)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert places["a"] | places["b"] == {0, 1}
    assert parent.LINE == []
    assert [loads.place(before) for before in (0, 1, 2)] == [
        "Yours is the next to be read", "1 load before yours", "2 loads before yours",
    ]  # fmt: skip
