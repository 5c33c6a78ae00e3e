"""Kept workspaces: what was loaded and said comes back whole, names lead nowhere else, and a file may be anybody's."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from vitals import warehouse, workspace
from vitals.errors import VitalsError
from vitals.kept import child, file, folder, shared, workplace
from vitals.kept.file import Opener
from vitals.workspace import Upload, choices

pytestmark = pytest.mark.usefixtures("lazily")
LINES = b"client,invoiced_on,amount,item\nBirch,2025-10-03,100.25,Seats\nCedar,2025-10-04,50.00,Odd thing\n"
LOADED = "select client, amount from staging.invoice_lines order by amount"
NOTE = {"name": "Mine", "statement": "select 1"}


@pytest.fixture(scope="module")
def told():
    """A workspace in memory that was told something of every kind."""
    with closing(warehouse.connect()) as con:
        workspace.load_files(con, [Upload("lines.csv", LINES)], workspace.LoadOptions())
        choices.set_item_classes(con, [choices.ItemClass("odd thing", "project", 1)])
        choices.merge_names(con, "client", "cedar", "birch")
        choices.keep_register(con, "kept_queries", [NOTE])
        warehouse.set_assumption(con, "loaded_hourly_cost", "61")
        yield con


@pytest.fixture(autouse=True)
def in_place(monkeypatch):
    """Files are opened in this process, save where a test asks for one of their own."""

    def parts(self, path, name, tables):
        file.check_kind(path.read_bytes()[:12], name)
        said = io.BytesIO()
        child.hand_out(path, name, tables, said)
        said.seek(0)
        yield from file.parts_said(said, name, tables)

    real = Opener.parts
    monkeypatch.setattr(Opener, "parts", parts)
    return lambda: monkeypatch.setattr(Opener, "parts", real)


@pytest.fixture
def kept(told, tmp_path):
    return folder.keep(told, tmp_path, "Birch & Söhne")


@pytest.fixture
def fresh():
    with closing(warehouse.connect()) as con:
        yield con


def _opened(con, item):
    with closing(Opener()) as process:
        folder.open_into(con, item, process)
    return con


def _said(con):
    """All that a workspace was told; when something was said is no part of it."""
    tables = {name: columns - {"changed_at"} for name, columns in map(_with_columns, _tables(con))}
    return {
        name: sorted(con.execute(f"select {', '.join(sorted(columns))} from raw.{name}").fetchall(), key=repr)
        for name, columns in tables.items()
    }


def _tables(con):
    return file._tables(con).items()


def _with_columns(item):
    return item[0], set(item[1])


def test_everything_that_was_loaded_and_said_comes_back(told, kept, fresh, in_place):
    in_place()
    _opened(fresh, kept)
    assert _said(fresh) == _said(told)
    assert fresh.execute(LOADED).fetchall() == told.execute(LOADED).fetchall()
    assert choices.register_rows(fresh, "kept_queries") == [NOTE]
    # what stood there before is gone, defaults of registers are those of a new workspace
    file.clear(fresh)
    assert fresh.execute("select count(*) from raw.loads").fetchall() == [(0,)]
    assert choices.register_rows(fresh, "kept_queries") == []
    assert len(choices.register_rows(fresh, "checklist")) == 18


def test_a_kept_file_is_its_owners_alone_and_a_workspace_of_the_command_line(kept):
    assert kept.path.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in kept.path.parent.iterdir()] == [kept.path.name]
    with closing(duckdb.connect(str(kept.path), read_only=True)) as con:
        assert con.execute("select format from raw.workspace").fetchall() == [(warehouse.FORMAT,)]


@pytest.mark.parametrize(
    "name", ["", " ", "../x", "a/b", "a\\b", "/etc/x", ".hidden", "CON", "lpt1.x", "x" * 61, "Ö" * 60 + "x", "a\x00b",
             "-rf", "ends.", "a:b", "a*", "a\N{RIGHT-TO-LEFT OVERRIDE}b"]
)  # fmt: skip
def test_a_name_leads_nowhere_else(told, tmp_path, name):
    with pytest.raises(VitalsError):
        folder.keep(told, tmp_path, name)
    assert list(tmp_path.iterdir()) == []


def test_names_that_people_give_can_stand(tmp_path):
    for name in ("O'Brien & Co", "Müller, 2026 (2)", "raw", "core", "日本"):
        assert folder.read_name(f"  {name} ") == name
    assert folder.suggested("../../Birch: 2026*.duckdb") == "Birch 2026"
    assert folder.suggested("***.duckdb") == ""


def test_a_name_is_taken_once(told, kept, tmp_path):
    for name in (kept.name, kept.name.upper()):
        with pytest.raises(VitalsError, match="already"):
            folder.keep(told, tmp_path, name)
    with pytest.raises(VitalsError, match="already"):
        folder.rename(tmp_path, folder.keep(told, tmp_path, "Other").name, kept.name)


def test_what_somebody_else_kept_since_is_not_written_over(told, kept, tmp_path):
    again = folder.keep(told, tmp_path, kept.name, kept.stamp)
    with pytest.raises(VitalsError, match="somebody else"):
        folder.keep(told, tmp_path, kept.name, kept.stamp)
    assert folder.find(tmp_path, kept.name).stamp == again.stamp


def test_a_workspace_is_renamed_and_deleted(kept, tmp_path, fresh):
    renamed = folder.rename(tmp_path, kept.name, "raw")
    assert [item.name for item in folder.listed(tmp_path)] == ["raw"]
    # a file called like a schema of ours opens all the same
    assert len(_opened(fresh, renamed).execute(LOADED).fetchall()) == 2
    folder.delete(tmp_path, "raw")
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(VitalsError, match="no workspace"):
        folder.delete(tmp_path, "raw")


def test_a_link_is_no_workspace(kept, tmp_path):
    (tmp_path / "Linked.duckdb").symlink_to(kept.path)
    assert [item.name for item in folder.listed(tmp_path)] == [kept.name]
    with pytest.raises(VitalsError, match="no workspace"):
        folder.find(tmp_path, "Linked")


def test_what_lies_half_done_is_cleared_away_and_never_listed(kept, tmp_path):
    for age, name in ((0, ".writing-new"), (7200, ".writing-old")):
        (tmp_path / name).mkdir()
        then = (tmp_path / name).stat().st_mtime - age
        os.utime(tmp_path / name, (then, then))
    assert [item.name for item in folder.listed(tmp_path)] == [kept.name]
    assert {path.name for path in tmp_path.iterdir()} == {kept.path.name, ".writing-new"}


WORKS = """
import sys
from pathlib import Path
from vitals.kept import workplace
print(workplace.begun(Path(sys.argv[1]), ".writing-").home, flush=True)
sys.stdin.read()
"""


def test_what_another_process_writes_for_long_stays_and_what_it_left_is_cleared_away_when_it_was_killed(tmp_path):
    ours = workplace.begun(tmp_path, folder.HALF_DONE)
    command = [sys.executable, "-c", WORKS, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        theirs = Path(other.stdout.readline().strip())
        for home in (ours.home, theirs):
            os.utime(home, (0, 0))
        assert folder.listed(tmp_path) == []
        assert theirs.exists() and ours.home.exists()
        other.kill()
    # as old as any lock that nobody holds yet may be, it is left alone
    os.utime(theirs)
    folder.listed(tmp_path)
    assert theirs.exists()
    os.utime(theirs, (0, 0))
    folder.listed(tmp_path)
    assert not theirs.exists() and ours.home.exists()
    ours.clear()
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_fails_at_the_last_step_leaves_what_was_kept(told, kept, tmp_path, monkeypatch):
    def full(self, target):
        raise OSError(28, "No space left on device")

    before = kept.path.read_bytes()
    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(VitalsError, match="full"):
        folder.keep(told, tmp_path, kept.name, kept.stamp)
    assert kept.path.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == [kept.path.name]


@pytest.mark.parametrize("kind", [duckdb.TransactionException, duckdb.FatalException])
def test_a_disk_that_is_full_while_it_is_written_or_opened_is_said_to_be(told, kept, tmp_path, monkeypatch, kind):
    def full(*_, **__):
        raise kind("Failed to commit: Could not write file: No space left on device")

    monkeypatch.setattr(file, "write", full)
    monkeypatch.setattr(file, "fill", full)
    with pytest.raises(VitalsError, match="is full"):
        folder.keep(told, tmp_path, "Cedar")
    with pytest.raises(VitalsError, match="is full"):
        shared.take(kept, Opener())
    assert [path.name for path in tmp_path.iterdir()] == [kept.path.name]


def test_the_folder_is_made_private_where_somebody_names_one(tmp_path, monkeypatch):
    monkeypatch.delenv(folder.VARIABLE, raising=False)
    assert folder.folder() is None
    monkeypatch.setenv(folder.VARIABLE, str(tmp_path / "new" / "place"))
    assert folder.folder() == tmp_path / "new" / "place"
    assert (tmp_path / "new" / "place").stat().st_mode & 0o777 == 0o700
    (tmp_path / "a file").write_text("x")
    monkeypatch.setenv(folder.VARIABLE, str(tmp_path / "a file"))
    with pytest.raises(VitalsError, match="can't be made"):
        folder.folder()


def _bring(place, data, name="Brought"):
    with closing(Opener()) as process:
        return folder.bring(place, name, data, process)


def _made(kept, place, *statements):
    """The kept file as somebody else may have changed it."""
    path = place / "made.db"
    path.write_bytes(kept.path.read_bytes())
    with closing(duckdb.connect(str(path))) as con:
        for statement in statements:
            con.execute(statement)
    data = path.read_bytes()
    path.unlink()
    return data


def test_a_file_is_taken_away_and_brought_in(kept, tmp_path, told, fresh):
    brought = _bring(tmp_path, kept.path.read_bytes())
    assert _said(_opened(fresh, brought)) == _said(told)


SWAPPED = ("alter table raw.invoice_lines rename to others", "create view raw.invoice_lines as from raw.others")
RENAMED = ("alter table raw.workspace rename to w", "create view raw.workspace as from raw.w")
HOSTILE = {
    "a view in place of a table": SWAPPED,
    "a view in place of the format": RENAMED,
    "text in place of numbers": (
        "alter table raw.invoice_lines alter amount type varchar", "update raw.invoice_lines set amount = 'x'"
    ),
    "a newer format": ("update raw.workspace set format = 99",),
    "an older format": ("update raw.workspace set format = 0",),
    "two formats": ("insert into raw.workspace values (1, null)",),
    "an assumption out of bounds": ("update raw.assumptions set value = -5",),
    "an assumption that is no number": ("update raw.assumptions set value = 'nan'",),
    "a choice that is none": ("update raw.checklist set component = 'x'",),
    "a mapping that is none": ("update raw.loads set mapping = '[1'",),
    "rows of an unknown kind": ("update raw.loads set entity = 'secrets'",),
}  # fmt: skip


@pytest.mark.parametrize("what", HOSTILE)
def test_what_we_would_not_have_written_is_refused_whole(kept, tmp_path, what):
    data = _made(kept, tmp_path, *HOSTILE[what])
    with pytest.raises(VitalsError):
        _bring(tmp_path, data)
    assert [path.name for path in tmp_path.iterdir()] == [kept.path.name]


def test_macros_views_and_foreign_tables_of_a_file_stay_outside(kept, tmp_path, told, fresh):
    data = _made(
        kept,
        tmp_path,
        "create macro main.sum(x) as 42",
        "create schema metrics_of_mine",
        "create view raw.stolen as select * from raw.loads",
        "create table raw.secrets as select 1 as x",
        'create macro raw."share"(a, b) as 42',
        "create table main.duckdb_tables as select 'kept' as database_name",
    )
    brought = _bring(tmp_path, data)
    with closing(duckdb.connect(str(brought.path), read_only=True)) as con:
        names = {name for (name,) in con.execute("select table_name from duckdb_tables()").fetchall()}
        views = con.execute("select view_name from duckdb_views() where not internal").fetchall()
        macros = con.execute("select function_name from duckdb_functions() where not internal").fetchall()
    assert not names & {"secrets", "stolen", "duckdb_tables"}
    assert not views and not macros
    assert _said(_opened(fresh, brought)) == _said(told)


@pytest.mark.parametrize("data", [b"", b"x" * 20, b"PK\x03\x04" + b"0" * 40, b"SQLite format 3\x00" + b"0" * 99,
                                  b"01234567DUCK" + b"\xff" * 5000])  # fmt: skip
def test_another_programs_file_is_refused(tmp_path, data):
    with pytest.raises(VitalsError):
        _bring(tmp_path, data)
    assert list(tmp_path.iterdir()) == []


def test_another_programs_database_is_refused(tmp_path):
    with closing(duckdb.connect(str(tmp_path / "other.db"))) as con:
        con.execute("create table main.payroll as select 1 as wage")
    with pytest.raises(VitalsError, match="no workspace"):
        _bring(tmp_path, (tmp_path / "other.db").read_bytes())


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_a_truncated_file_is_refused_and_the_open_workspace_stays(kept, tmp_path, told, share):
    data, before = kept.path.read_bytes(), _said(told)
    (tmp_path / "Torn.duckdb").write_bytes(data[: int(len(data) * share)])
    with pytest.raises(VitalsError):
        _opened(told, folder.find(tmp_path, "Torn"))
    assert _said(told) == before
    assert len(told.execute(LOADED).fetchall()) == 2


def test_a_process_that_dies_leaves_the_open_workspace(kept, told, monkeypatch, in_place):
    in_place()
    before = _said(told)
    monkeypatch.setattr(Opener, "module", "vitals.no_such_module")
    with pytest.raises(VitalsError, match="can't be opened"):
        _opened(told, kept)
    assert _said(told) == before


def test_an_older_workspace_gets_what_it_lacks(kept, tmp_path, fresh):
    data = _made(kept, tmp_path, "drop table raw.checklist", "alter table raw.assumptions drop said",
                 "drop table raw.load_matches")  # fmt: skip
    _opened(fresh, _bring(tmp_path, data))
    assert len(choices.register_rows(fresh, "checklist")) == 18
    assert warehouse.rows(fresh, "metrics.assumptions")[0]["loaded_hourly_cost"] == 61
