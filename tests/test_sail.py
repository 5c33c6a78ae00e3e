"""Sail against DuckDB: every query that may be asked of both has the same rows, every other is refused by name."""

from __future__ import annotations

import csv
import io
import json
import math
import socket
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from benchmarks import sample
from tests.properties import stored
from tests.properties.made import CLIENTS, ITEMS, PEOPLE
from tests.ui.conftest import open_page, read
from vitals import cli, results, warehouse
from vitals.errors import VitalsError
from vitals.exports import publication, tables
from vitals.kept import folder
from vitals.kept import published as kept_published
from vitals.queries import all_queries
from vitals.ui.page import contents, memory, standing
from vitals.workspace import Upload

pytest.importorskip("sqlglot")
pytest.importorskip("adbc_driver_flightsql")
from vitals.sail import engine, rewrites, server, translation

WORKERS = 3
ASKED = tuple(name for name in all_queries() if name in translation.proven())


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A cluster of three local workers."""
    with socket.socket() as free:
        free.bind((server.HOST, 0))
        port = free.getsockname()[1]
    try:
        running = server.start(port, WORKERS)
    except VitalsError as missing:
        pytest.skip(str(missing))
    with running:
        server.wait(port)
        yield f"sail://{server.HOST}:{port}"
        running.terminate()


def _firm(dice: Random) -> list[Upload]:
    """A year of files as anybody might have them, with blanks where they may be."""
    pick, days = dice.choice, [f"2025-{month:02}-{day:02}" for month in range(1, 13) for day in range(1, 29)]
    tickets = [
        (f"T{place}", pick(CLIENTS), f"{pick(days)} 09:{dice.randrange(60):02}", pick(days), pick(PEOPLE),
         pick(("1 high", "2", "low", "")), pick(("Open", "Closed")), pick(("Printer", "Access", "")))
        for place in range(120)
    ]  # fmt: skip
    entries = [
        (pick(days), pick(PEOPLE), pick(CLIENTS), f"T{dice.randrange(150)}", f"{dice.randrange(1, 40) / 4}",
         pick(("agreement", "billable", "internal", "")))
        for _ in range(400)
    ]  # fmt: skip
    lines = [
        (f"I{place // 3}", str(place), pick(CLIENTS), pick(days), f"{dice.randrange(-20_000, 400_000) / 100:.2f}",
         pick(ITEMS), pick(("managed", "project", "product", "")))
        for place in range(200)
    ]  # fmt: skip
    people = [
        (name, f"{dice.randrange(20, 90)}", pick(("L1", "L3 Senior", "")), pick(("yes", ""))) for name in PEOPLE[3:]
    ]
    clients = [
        (name, pick(("Gold", "Silver", "")), str(dice.randrange(40)), pick(("91", "0", ""))) for name in CLIENTS[3:]
    ]
    captions = {
        "tickets": "ticket_id,client,opened_at,resolved_at,technician,priority,status,category",
        "time_entries": "worked_on,technician,client,ticket_id,hours,coverage",
        "invoice_lines": "invoice_number,line_number,client,invoiced_on,amount,item,revenue_class",
        "technicians": "technician,hourly_cost,level,is_service",
        "clients": "client,service_tier,users,review_cadence_days",
    }
    made = zip(captions.items(), (tickets, entries, lines, people, clients), strict=True)
    return [Upload(f"{name}.csv", _text([caption.split(","), *rows])) for (name, caption), rows in made]


def _text(rows: Sequence[Sequence[str]]) -> bytes:
    file = io.StringIO(newline="")
    csv.writer(file).writerows(rows)
    return file.getvalue().encode()


def _key(row: Mapping[str, Any]) -> tuple[str, ...]:
    """What sorts equal rows alike, doubles with dust on them too."""
    return tuple(f"{float(value):.6g}" if isinstance(value, float | Decimal) else repr(value) for value in row.values())


def _is_same(one: Any, other: Any) -> bool:
    if isinstance(one, float) and isinstance(other, float | int):
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)
    return bool(one == other)


def _difference(wanted: list[dict[str, Any]], found: list[dict[str, Any]]) -> str:
    """The first difference of two multisets of rows; nothing where there is none."""
    if len(wanted) != len(found):
        return f"{len(wanted)} rows, and {len(found)}"
    for one, other in zip(sorted(wanted, key=_key), sorted(found, key=_key), strict=True):
        for column, value in one.items():
            if not _is_same(value, other.get(column, "no such column")):
                return f"{column} is {value!r}, and {other.get(column)!r} in {one}"
    return ""


CHOSEN = """select (select min(client_key) from core.dim_clients) as client_key,
    (select min(client) from core.dim_clients) as client,
    (select min(technician) from core.dim_technicians) as technician,
    (select min(technician_key) from core.dim_technicians) as technician_key,
    (select min(load_id) from raw.loads) as load_id,
    (select min(flag) from metrics.flag_counts) as flag, 'invoice_lines,time_entries' as kinds, 7 as at_most,
    'resolution' as only"""
"""What pages ask about, where else they ask about all."""
SUPPOSED = {
    "attempt_cost": 0.5, "cashable_share": 0.4, "fee_change": 0.1, "fixed_cost": 900.0, "handback_minutes": 2.5,
    "labour_change": -0.2, "minutes": 12.0, "success_share": 0.7, "tickets_each": 30.0, "tried_share": 0.6,
}  # fmt: skip


def _values(con: warehouse.Connection) -> list[dict[str, Any]]:
    """What each query is asked with: the defaults alone, then about one of many and with what pages suppose."""
    known = results.defaults(con)
    (chosen,) = warehouse.records(con.execute(CHOSEN))
    return [known, {**known, **chosen, **SUPPOSED, "until": known.get("as_of")}]


def _differences(con: warehouse.Connection, address: str, place: Path) -> dict[str, str]:
    """The proven queries that differ, by their own text on both engines."""
    publication.publish(con, str(place))
    usual, about_one = _values(con)
    found = {}
    with engine.connected(address, publication.read(str(place))) as sail:
        for name in ASKED:
            types = all_queries()[name].params
            for known in [usual, about_one] if types.keys() - usual.keys() else [usual]:
                params = {param: known.get(param) for param in types}
                wanted = warehouse.rows(con, name, **params)
                try:
                    said = _difference(wanted, sail.compute(all_queries()[name], params).to_pylist())
                except (engine.flight.Error, rewrites.UntranslatableError) as error:
                    said = str(error)
                found[name] = found.get(name) or said
    return {name: said for name, said in found.items() if said}


def test_sample_has_the_same_rows_on_both(address: str, tmp_path: Path) -> None:
    with sample.load(tmp_path / "sample.duckdb") as con:
        assert _differences(con, address, tmp_path / "published") == {}


@pytest.mark.parametrize("seed", [1, 2])
def test_any_firm_has_the_same_rows_on_both(address: str, tmp_path: Path, seed: int) -> None:
    with warehouse.connect(is_built=False) as con:
        stored.load(con, _firm(Random(seed)))
        assert _differences(con, address, tmp_path / "published") == {}


def test_command_asks_the_cluster_and_refuses_by_name(
    address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with warehouse.connect(is_built=False) as con:
        stored.load(con, _firm(Random(3)))
        publication.publish(con, str(tmp_path / "out"))
        wanted = tables.as_json(results.ask(con, "metrics.mrr_bridge", {}))
    where = ["--engine", address, "--published", str(tmp_path / "out"), "--format", "json"]
    assert cli.main(["query", "metrics.mrr_bridge", *where]) == 0
    assert json.loads(capsys.readouterr().out) == json.loads(wanted)
    assert cli.main(["query", next(iter(translation.refused())), *where]) == 2
    assert "can't be asked of Sail" in capsys.readouterr().err
    assert cli.main(["query", "metrics.client_margin", "--format", "json"]) == 2


def test_what_nobody_compared_is_refused_before_it_runs() -> None:
    assert not translation.proven() & translation.refused().keys()
    assert all(translation.refused().values()), "a refusal says why"
    for name in ("metrics.not_written_yet", *translation.refused()):
        with pytest.raises(VitalsError, match="can't be asked of Sail"):
            translation.check_proven(name)


@pytest.fixture
def published(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[warehouse.Connection]:
    """A server whose pages may be answered by the cluster, and the workspace that was published as Birch."""
    monkeypatch.setenv(folder.VARIABLE, str(tmp_path / "kept"))
    monkeypatch.setenv(kept_published.ENGINE, address)
    monkeypatch.setenv(kept_published.PLACE, str(tmp_path))
    with warehouse.connect(is_built=False) as con:
        stored.load(con, _firm(Random(3)))
        publication.publish(con, str(tmp_path / "Birch"))
        yield con


def _tables(app: AppTest) -> list[str]:
    return [str(table.value.to_csv()) for table in app.dataframe]


def _on(app: AppTest, page: str) -> AppTest:
    return app.switch_page(contents.path(page)).run()


def test_pages_of_a_published_workspace_are_answered_by_the_cluster(published: warehouse.Connection) -> None:
    far, near = open_page("workspaces"), open_page("workspaces")
    far.button(key="published_Birch").click().run()
    assert "Birch is open as it was published; sail://" in read(far)
    near.session_state[standing.CONNECTION], near.session_state[memory.KEPT] = published, {}
    for page in ("revenue_mix", "technician"):
        there, here = read(_on(far, page)).splitlines(), read(_on(near, page)).splitlines()
        assert not far.error
        assert [line for line in there if "as published" not in line] == here
        assert _tables(far) == _tables(near) != []
    # what isn't proven is refused by its name before it runs, and nothing can be changed
    assert "metrics.signals can't be asked of Sail" in read(_on(far, "diagnosis"))
    _on(far, "assumptions").number_input(key="assume_bill_rate").set_value(161.0).run()
    assert "Birch is read as it was published, and this needs the workspace itself." in read(far)
    # back to a workspace of one's own
    _on(far, "workspaces").button(key="begin_anew").click().run()
    assert "Nothing is loaded yet" in read(far)
