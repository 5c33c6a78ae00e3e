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

from benchmarks import sample
from tests.properties import stored
from tests.properties.made import CLIENTS, ITEMS, PEOPLE
from vitals import cli, results, warehouse
from vitals.errors import VitalsError
from vitals.exports import publication, tables
from vitals.queries import all_queries
from vitals.workspace import Upload

pytest.importorskip("sqlglot")
pytest.importorskip("adbc_driver_flightsql")
from vitals.sail import engine, server, translation

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


def _differences(con: warehouse.Connection, address: str, place: Path) -> dict[str, str]:
    """The proven queries that differ, by their own text on both engines."""
    publication.publish(con, str(place))
    known, found = results.defaults(con), {}
    with engine.connected(address, publication.read(str(place))) as sail:
        for name in ASKED:
            params = {param: known.get(param) for param in all_queries()[name].params}
            wanted = warehouse.rows(con, name, **params)
            found[name] = _difference(wanted, sail.compute(all_queries()[name], params).to_pylist())
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
