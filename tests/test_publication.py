"""Published tables: the same rows, and a folder that is whole or isn't there."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.fs
import pyarrow.parquet as pq
import pytest

from tests.properties import stored
from vitals import warehouse
from vitals.errors import VitalsError
from vitals.exports import publication
from vitals.queries import TABLE_LAYERS, all_queries
from vitals.workspace import Upload

FILES = {
    "invoices.csv": "client,invoiced_on,amount,item\nAcme,2026-01-01,1000.10,Managed\nZoë & Söhne,2026-02-01,20.55,PC",
    "tickets.csv": "ticket_id,client,opened_at,hours\nT1,Acme,2026-01-15 09:15,1.5\nT2,,2026-02-01 10:00,",
}
BREAKS_OFF = """
import os, sys
from vitals import warehouse
from vitals.exports import publication
publication.publish(warehouse.connect(), sys.argv[1], lambda name: os._exit(9) if name == "staging.clients" else None)
"""


@pytest.fixture(scope="module")
def con() -> Iterator[warehouse.Connection]:
    """A small workspace, built whole."""
    with warehouse.connect(is_built=False) as made:
        stored.load(made, [Upload(name, text.encode()) for name, text in FILES.items()])
        yield made


def test_every_table_comes_back_with_its_rows_and_types(con: warehouse.Connection, tmp_path: Path) -> None:
    made = publication.publish(con, str(tmp_path / "out"))
    assert publication.read(str(tmp_path / "out")).tables == made.tables
    assert {name for name, item in all_queries().items() if item.layer in TABLE_LAYERS} < {
        one.name for one in made.tables
    }
    assert sum(table.rows for table in made.tables) > 10
    for table in made.tables:
        file = tmp_path / "out" / table.file
        assert (file.stat().st_size, hashlib.sha256(file.read_bytes()).hexdigest()) == (table.bytes, table.sha256)
        found, wanted = pq.read_table(file), con.table(table.name).to_arrow_table()
        assert found.schema == wanted.schema, table.name
        key = lambda row: repr([*row.values()])  # noqa: E731
        assert sorted(found.to_pylist(), key=key) == sorted(wanted.to_pylist(), key=key), table.name
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out"]


def test_breaking_off_leaves_no_half_folder_and_does_not_hinder_the_next(
    con: warehouse.Connection, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    ended = subprocess.run([sys.executable, "-c", BREAKS_OFF, str(out)], cwd=Path(__file__).parents[1])
    assert ended.returncode == 9 and not out.exists()
    with pytest.raises(VitalsError, match="Nothing was published"):
        publication.read(str(out))
    publication.publish(con, str(out))
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def _fails(name: str) -> None:
    if name == "staging.clients":
        raise OSError(28, "No space left on device")


def test_failure_leaves_nothing(con: warehouse.Connection, tmp_path: Path) -> None:
    with pytest.raises(VitalsError, match="No space left"):
        publication.publish(con, str(tmp_path / "out"), _fails)
    assert [*tmp_path.iterdir()] == []


def test_store_has_the_manifest_last_or_nothing(con: warehouse.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    files = pa.fs._MockFileSystem()
    monkeypatch.setattr(publication, "store", lambda place: (files, "bucket/firm"))
    whole, place = pa.fs.FileSelector("bucket/firm", allow_not_found=True), "s3://bucket/firm"
    with pytest.raises(VitalsError, match="can't be written"):
        publication.publish(con, place, _fails)
    assert files.get_file_info(whole) == []
    seen = []
    made = publication.publish(con, place, lambda name: seen.append(len(files.get_file_info(whole))))
    assert seen == [*range(len(made.tables))], "the manifest is written before the last table"
    assert publication.read(place) == made
    with pytest.raises(VitalsError, match="is there already"):
        publication.publish(con, place)


def test_what_is_there_is_not_written_over(con: warehouse.Connection, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("kept")
    with pytest.raises(VitalsError, match="is there already"):
        publication.publish(con, str(tmp_path))
    with pytest.raises(VitalsError, match="There is no folder"):
        publication.publish(con, str(tmp_path / "no" / "out"))
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_who_may_write_is_said_by_the_environment_alone() -> None:
    with pytest.raises(VitalsError, match="holds a name or a password"):
        publication.store("s3://key:secret@bucket/firm")


@pytest.mark.parametrize("other", [{"format": 99}, {"fingerprint": "another"}])
def test_publication_of_another_version_is_refused(tmp_path: Path, other: dict[str, object]) -> None:
    said = json.loads(publication.Publication("", publication.fingerprint(), ()).as_json())
    (tmp_path / "manifest.json").write_text(json.dumps(said | other))
    with pytest.raises(VitalsError, match="another version"):
        publication.read(str(tmp_path))
