"""One database for all who read a kept workspace: nothing changes it, a new state comes whole, nothing of it stays."""

from __future__ import annotations

import os
from contextlib import closing
from threading import Thread

import duckdb
import pytest

from tests.test_kept import LINES, LOADED, in_place  # noqa: F401
from vitals import warehouse, workspace
from vitals.errors import VitalsError
from vitals.kept import folder, shared
from vitals.kept.file import Opener
from vitals.workspace import Upload, scenarios

MORE = LINES.replace(b"Birch", b"Dale").replace(b"2025-10-03", b"2025-10-05")


@pytest.fixture(scope="module")
def told():
    with closing(warehouse.connect()) as con:
        workspace.load_files(con, [Upload("lines.csv", LINES)], workspace.LoadOptions())
        yield con


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return tmp_path_factory.mktemp("kept")


@pytest.fixture(scope="module")
def kept(told, place):
    return folder.keep(told, place, "Birch")


@pytest.fixture(scope="module")
def reading(kept):
    with closing(Opener()) as process:
        return shared.take(kept, process)


def clients(reading):
    with closing(reading.con.cursor()) as con:
        return [client for client, _ in con.execute(LOADED).fetchall()]


@pytest.mark.parametrize(
    "statement",
    ["delete from raw.loads", "create table core.mine as select 1", "create macro main.sum(x) as 42",
     "with gone as (delete from raw.loads returning *) from gone", "set memory_limit = '9GB'",
     "attach '/etc/hostname' as other", "copy raw.loads to 'x.csv'", "create or replace macro share(a, b) as 1"],
)  # fmt: skip
def test_no_reader_changes_what_others_read_or_reaches_a_file(reading, statement):
    with closing(reading.con.cursor()) as con, pytest.raises(duckdb.Error):
        con.execute(statement)


def test_who_has_told_nothing_yet_shares_an_empty_workspace_that_nobody_can_change(tmp_path, monkeypatch):
    monkeypatch.setattr(shared.tempfile, "tempdir", str(tmp_path))
    shared._made_empty.cache_clear()
    assert shared.empty() is shared.empty()
    with closing(shared.empty().cursor()) as con:
        assert warehouse.rows(con, "metrics.assumptions")
        for statement in (
            "insert into raw.loads (load_id) values (1)",
            "create table raw.mine as select 1",
            "delete from raw.loads",
        ):
            with pytest.raises(duckdb.Error, match="read-only"):
                con.execute(statement)
    assert [*tmp_path.iterdir()] == []


def test_what_one_reader_hides_for_itself_the_others_see(reading):
    with closing(reading.con.cursor()) as con:
        con.execute("create temp view loads as select 999 as load_id")
    with closing(reading.con.cursor()) as other, pytest.raises(duckdb.CatalogException):
        other.execute("from loads")


RATE = "select bill_rate from core.assumption"


def test_what_one_reader_supposes_is_taken_back_before_another_one_supposes(reading):
    with closing(reading.con.cursor()) as opened:
        (usual,) = opened.execute(RATE).fetchall()
        with reading.supposed(opened) as copy, closing(copy.cursor()) as own, closing(copy.cursor()) as other:
            assert reading.supposing.locked()
            with scenarios.supposing(own, {"bill_rate": 999.0}):
                assert own.execute(RATE).fetchall() == [(999.0,)]
                assert other.execute(RATE).fetchall() == [usual]
        # one who is interrupted leaves nothing either
        with (
            pytest.raises(KeyboardInterrupt),
            reading.supposed(opened) as again,
            closing(again.cursor()) as own,
            scenarios.supposing(own, {"bill_rate": 999.0}),
        ):
            raise KeyboardInterrupt
        with reading.supposed(opened) as again:
            assert again is copy
            assert again.execute(RATE).fetchall() == opened.execute(RATE).fetchall() == [usual]


def test_who_does_not_wait_goes_on_while_somebody_builds(kept, reading):
    with shared.MAKING[kept.path]:
        assert shared.take(kept, Opener(), waits=False) is None


def test_many_readers_at_once_never_see_each_other(kept, reading):
    wrong = []

    def ask(place):
        for turn in range(50):
            with closing(reading.con.cursor()) as con:
                if con.execute("select ?, count(*) from raw.loads", [place]).fetchall() != [(place, 1)]:
                    wrong.append((place, turn))

    threads = [Thread(target=ask, args=(place,)) for place in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_one_changes_it_at_a_time(kept):
    anna, ben = object(), object()
    assert shared.begin_writing(kept.path, anna, "Anna")
    assert shared.begin_writing(kept.path, anna, "Anna")
    assert not shared.begin_writing(kept.path, ben, "Ben")
    assert shared.writer_of(kept.path).name == "Anna"
    shared.end_writing(anna)
    assert shared.begin_writing(kept.path, ben, "Ben")
    shared.end_writing(ben)
    assert shared.writer_of(kept.path) is None


def test_readers_have_the_state_before_until_the_new_one_is_whole_and_nothing_of_it_stays(told, kept, reading, place):
    assert shared.take(kept, Opener()) is reading
    with closing(shared.copied(reading.con)) as own:
        workspace.load_files(own, [Upload("more.csv", MORE)], workspace.LoadOptions())
        after = folder.keep(own, place, kept.name, kept.stamp)
    assert clients(reading) == ["Cedar", "Birch"]
    newer = shared.take(after, Opener())
    assert clients(newer) == ["Cedar", "Birch", "Dale"]
    assert clients(reading) == ["Cedar", "Birch"]
    # what was asked of a state is shared with nobody who reads another, and is gone with who read it
    assert reading.shelf.once(("names",), lambda: clients(reading)) == ["Cedar", "Birch"]
    assert newer.shelf.once(("names",), lambda: clients(newer)) == ["Cedar", "Birch", "Dale"]
    for one in (reading, reading, newer):
        assert one.shelf.things == 1
        shared.leave(one)
    assert reading.shelf.things == newer.shelf.things == 0
    assert [path.name for path in place.iterdir()] == [kept.path.name]
    with pytest.raises(duckdb.ConnectionException):
        reading.con.cursor()


def test_a_hostile_file_is_refused_before_anybody_reads_it(kept, place):
    with closing(duckdb.connect(str(kept.path))) as con:
        con.execute("insert into raw.assumptions (name, value) values ('bill_rate', -5)")
    left = place / f"{shared.HOME}left"
    left.mkdir()
    # what a server that was killed left is cleared away, too
    os.utime(left, (0, 0))
    with pytest.raises(VitalsError):
        shared.take(folder.find(place, kept.name), Opener())
    assert [path.name for path in place.iterdir()] == [kept.path.name]
