"""What a load leaves as it was is what a whole build makes, and a load reaches no table that does not rest on it."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from tests.properties.stored import load
from tests.properties.test_same_figures import Export, _book
from vitals import renewal, warehouse, workspace
from vitals.queries import TABLE_LAYERS, build_order
from vitals.workspace import Upload

LARGE = {"staging.tickets", "staging.time_entries", "core.fct_labour", "core.fct_tickets", "core.fct_revenue_monthly"}
TABLES = [item.name for item in build_order() if item.layer in TABLE_LAYERS]


@pytest.fixture
def con():
    with warehouse.connect() as opened:
        yield opened


def _parts(book: list[Export], dice: Random) -> tuple[list[Upload], list[Upload]]:
    """Each file in two parts that overlap by some rows, some whole in one of them."""
    parts: tuple[list[Upload], list[Upload]] = ([], [])
    for place, file in enumerate(book):
        rows = dice.sample(file.rows, len(file.rows))
        middle = dice.randrange(len(rows) + 1)
        for part, chosen in enumerate((rows[: middle + dice.randrange(3)], rows[middle:])):
            if chosen:
                text = replace(file, rows=tuple(chosen)).text()
                parts[part].append(Upload(f"{file.entity} {place} {part}.csv", text))
    return parts


def _state(con: warehouse.Connection) -> dict[str, tuple[int, str]]:
    """What each built table holds, as text, whatever the order of its rows."""
    told = "select count(*), md5(coalesce(string_agg(held::varchar, '|' order by held::varchar), '')) from {} as held"
    return {name: con.execute(told.format(name)).fetchall()[0] for name in TABLES}


def _stale(con: warehouse.Connection) -> list[str]:
    """The tables that a build of everything makes otherwise than they stand."""
    found = _state(con)
    warehouse.build(con)
    whole = _state(con)
    return [name for name in TABLES if found[name] != whole[name]]


def _undone(con: warehouse.Connection, dice: Random) -> None:
    """Take any load back."""
    loads = con.execute("select load_id from raw.loads where undone_at is null order by load_id").fetchall()
    workspace.undo(con, dice.choice(loads)[0])


@pytest.mark.parametrize("seed", [1])
def test_loads_one_by_one_leave_what_a_whole_build_makes(con, seed, monkeypatch):
    dice, (*book, reviews) = Random(seed), _book()
    for files in _parts(book, dice):
        assert {report.decision for report in load(con, files)} == {"accept"}
    _undone(con, dice)
    built: list[str] = []
    with monkeypatch.context() as watched:
        watched.setattr(renewal, "renew", lambda *said, renew=renewal.renew: built.extend(renew(*said)))
        load(con, [Upload("reviews.csv", reviews.text())])
    assert "core.fct_reviews" in built
    assert not LARGE & set(built)
    assert _stale(con) == []
