"""Loading: nothing by halves, nothing twice, nothing that hangs on the order, and everything can be taken back."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from vitals import cli, renewal, warehouse, workspace
from vitals.errors import VitalsError
from vitals.ingest.model import Options
from vitals.ingest.preparation import prepare
from vitals.ingest.process import parent as reading
from vitals.workspace import report, store

TICKETS = "Ticket #,Client,Created,Status\n1,Acme,2025-03-14 09:15,Open\n2,Birch,2025-03-15 10:15,Closed\n"
CHANGED = "Ticket #,Client,Created,Status\n1,Acme,2025-03-14 09:15,Closed\n3,Cedar,2025-03-16 10:15,Open\n"
TIME = "Date,Technician,Client,Hours\n2025-03-14,Ann,Acme,1.5\n2025-03-14,Ann,Acme,1.5\n2025-03-15,Bob,Birch,2\n"
MORE_TIME = "Date,Technician,Client,Hours\n2025-03-14,Ann,Acme,1.5\n2025-03-16,Bob,Birch,3\n"
INVOICES = (
    "Invoice #,Client,Invoice Date,Amount\nI1,Acme,2025-03-01,100\nI1,Acme,2025-03-01,50\nI2,Birch,2025-03-02,20\n"
)
OTHER_INVOICES = "Invoice #,Client,Invoice Date,Amount\nI1,Acme,2025-03-01,120\nI3,Acme,2025-03-03,7\n"
pytestmark = pytest.mark.usefixtures("lazily")
FILES = {"a.csv": TICKETS, "b.csv": TIME, "c.csv": INVOICES}


@pytest.fixture
def con() -> Iterator[warehouse.Connection]:
    connection = warehouse.connect()
    yield connection
    connection.close()


def _load(con: warehouse.Connection, *texts: str, **answers: str) -> list[dict[str, Any]]:
    files = [workspace.Upload(f"file{place}.csv", text.encode()) for place, text in enumerate(texts)]
    return workspace.load_files(con, files, workspace.LoadOptions(answers=answers), prepare=prepare)


def _value(con: warehouse.Connection, query: str) -> Any:
    return con.execute(query).fetchall()[0][0]


def _state(con: warehouse.Connection) -> dict[str, list[tuple]]:
    """Everything that is stored or built, apart from when and under which number it was loaded."""
    named = con.execute("""select table_schema || '.' || table_name from information_schema.tables
        where table_schema in ('raw', 'staging', 'core') and table_type = 'BASE TABLE'""").fetchall()
    state = {name: sorted(con.execute(f"from {name}").fetchall(), key=repr) for (name,) in named}
    state["raw.loads"] = con.execute("select load_id, file_name, undone_at from raw.loads order by 1").fetchall()
    return state


def _rows(con: warehouse.Connection, entity: str) -> list[tuple]:
    """The cleaned rows of an entity, apart from where they came from."""
    return sorted(con.execute(f"select * exclude (load_id, row_number) from staging.{entity}").fetchall(), key=repr)


@pytest.mark.usefixtures("in_earnest")
@pytest.mark.parametrize(
    ("module", "step"),
    [(store, "store"), (store, "settle"), (store, "questions"), (renewal, "renew"), (report, "report")],
)
@pytest.mark.parametrize("error", [MemoryError, OSError, KeyboardInterrupt])
def test_failure_at_any_step_leaves_the_state_before(
    con: warehouse.Connection, monkeypatch: pytest.MonkeyPatch, module: Any, step: str, error: type[BaseException]
) -> None:
    _load(con, TICKETS)
    before = _state(con)

    def fail(*_: Any) -> None:
        raise error

    with monkeypatch.context() as patched:
        patched.setattr(module, step, fail)
        with pytest.raises(error):
            _load(con, TIME, CHANGED)
    assert _state(con) == before


@pytest.mark.usefixtures("in_earnest")
def test_failing_progress_leaves_the_state_before(con: warehouse.Connection) -> None:
    """A page that starts anew in the middle of a load does so by an exception out of the progress bar."""
    before = _state(con)

    def stop(name: str, rows: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        workspace.load_files(con, [workspace.Upload("a.csv", TICKETS.encode())], workspace.LoadOptions(), stop)
    assert _state(con) == before


@pytest.mark.usefixtures("in_earnest")
def test_child_that_dies_is_a_sentence_and_the_next_file_is_read(
    con: warehouse.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    start, dying = reading._start, [True]

    def start_one(module: str) -> subprocess.Popen[bytes]:
        if dying and dying.pop():
            quits = [sys.executable, "-c", "import os, sys; sys.stdin.buffer.readline(); os._exit(139)"]
            return subprocess.Popen(quits, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        return start(module)

    monkeypatch.setattr(reading, "_start", start_one)
    files = [workspace.Upload(name, text.encode()) for name, text in FILES.items()]
    reports = workspace.load_files(con, files, workspace.LoadOptions())
    assert [item.decision for item in reports] == ["refuse", "accept", "accept"]
    assert "broke off" in reports[0].message


@pytest.mark.usefixtures("in_earnest")
def test_child_and_parent_agree_on_a_file(con: warehouse.Connection) -> None:
    rows: dict[str, list[Any]] = {"here": [], "there": []}
    here = prepare(TIME.encode(), "t.csv", Options(), lambda *part: rows["here"].append(part))
    child = reading.ReaderProcess()
    there = child.prepare(TIME.encode(), "t.csv", Options(), lambda *part: rows["there"].append(part))
    child.close()
    assert [part[2].to_pylist() for part in rows["here"]] == [part[2].to_pylist() for part in rows["there"]]
    assert (here.sha256, here.tables[0].match, here.tables[0].rows_read) == (
        there.sha256,
        there.tables[0].match,
        there.tables[0].rows_read,
    )


@pytest.mark.parametrize("text", [TICKETS, TIME, INVOICES], ids=["tickets", "time", "invoices"])
def test_loading_twice_changes_no_number(con: warehouse.Connection, text: str) -> None:
    first = _load(con, text)[0]
    before = _rows(con, first.entity)
    again = _load(con, text)[0]
    assert again.rows_set_aside == again.rows_read == again.reasons["already_loaded"]
    assert "already loaded" in again.message
    assert _rows(con, first.entity) == before


def test_one_row_is_said_to_be_one(con: warehouse.Connection) -> None:
    text = "Date,Technician,Client,Hours\n2025-03-14,Ann,Acme,1.5\n2025-03-15,Bob,Birch,soon\n"
    assert _load(con, text)[0].message == "1 row loaded as time entries. 1 row can't be read."
    again = "0 rows loaded as time entries. 1 row was already loaded. 1 row can't be read."
    assert _load(con, text)[0].message == again
    months = "Client,Jan 2025,Feb 2025\nAcme,100,120\nBirch,50,\n"
    assert "1 cell below months is empty: it is no invoice." in _load(con, months, confirm_mapping="yes")[0].message


def test_undo_restores_what_was_there(con: warehouse.Connection) -> None:
    _load(con, TICKETS, TIME)
    before = {entity: _rows(con, entity) for entity in ("tickets", "time_entries")}
    loads = [item.load_id for item in _load(con, CHANGED, MORE_TIME)]
    assert {entity: _rows(con, entity) for entity in before} != before
    for load in loads:
        workspace.undo(con, load)
    assert {entity: _rows(con, entity) for entity in before} == before
    with pytest.raises(VitalsError, match="no load"):
        workspace.undo(con, loads[0])


def test_undo_of_the_first_load_lets_the_second_count(con: warehouse.Connection) -> None:
    first = _load(con, TICKETS)[0].load_id
    before = _rows(con, "tickets")
    _load(con, TICKETS)
    workspace.undo(con, first)
    assert _rows(con, "tickets") == before


def test_order_matters_only_where_files_disagree(con: warehouse.Connection) -> None:
    found = []
    for texts in itertools.permutations([TICKETS, TIME, MORE_TIME, INVOICES]):
        own = warehouse.connect()
        _load(own, *texts)
        found.append({entity: _rows(own, entity) for entity in ("tickets", "time_entries", "invoice_lines")})
        own.close()
    assert all(item == found[0] for item in found)


def test_keyless_rows_keep_the_largest_count_of_any_file(con: warehouse.Connection) -> None:
    first, second = _load(con, TIME, MORE_TIME)
    assert first.flags["identical_lines_kept"] == 2
    assert second.reasons == {"already_loaded": 1}
    assert _value(con, "select sum(hours) from staging.time_entries") == 8


def test_rows_without_a_key_among_others_are_compared_by_all_that_they_say(con: warehouse.Connection) -> None:
    rest = "2025-03-14,Ann,Acme,1.5\n"
    (found,) = _load(con, f"Entry ID,Date,Technician,Client,Hours\nE1,{rest}E1,{rest}E2,{rest},{rest},{rest}")
    assert (found.records, found.reasons) == (4, {"exact_duplicate": 1})
    assert found.flags["identical_lines_kept"] == 2


def test_later_version_of_a_key_replaces_and_says_what_changed(con: warehouse.Connection) -> None:
    _load(con, TICKETS)
    changed = _load(con, CHANGED)[0]
    assert changed.flags["replaces_older_version"] == 1
    assert _value(con, "select detail from raw.flags where flag = 'replaces_older_version'") == "status was Open"
    assert _value(con, "select status from staging.tickets where ticket_id = '1'") == "Closed"


@pytest.mark.parametrize(("answer", "total"), [("replace", 120 + 7 + 20), ("add", 100 + 50 + 20 + 120 + 7)])
def test_invoice_with_other_lines_is_asked(con: warehouse.Connection, answer: str, total: int) -> None:
    _load(con, INVOICES)
    asked = _load(con, OTHER_INVOICES)[0]
    assert (asked.decision, asked.questions[0].name) == ("ask", "replace_invoice")
    assert _value(con, "select sum(amount) from staging.invoice_lines") == 170
    _load(con, OTHER_INVOICES, replace_invoice=answer)
    assert _value(con, "select sum(amount) from staging.invoice_lines") == total


@pytest.mark.parametrize(("answer", "total"), [("replace", 120 + 7 + 20), ("add", 100 + 50 + 20 + 120 + 7)])
@pytest.mark.parametrize("again", [True, False])
def test_invoice_once_answered_for_changes_nothing_the_next_time(
    con: warehouse.Connection, answer: str, total: int, again: bool
) -> None:
    _load(con, INVOICES)
    _load(con, OTHER_INVOICES, replace_invoice=answer)
    found = _load(con, OTHER_INVOICES, **({"replace_invoice": answer} if again else {}))[0]
    assert (found.decision, found.rows_loaded, found.reasons) == ("accept", 0, {"already_loaded": 2})
    assert found.flags == {}
    assert _value(con, "select sum(amount) from staging.invoice_lines") == total


def test_older_version_of_a_replaced_invoice_is_asked_again(con: warehouse.Connection) -> None:
    _load(con, INVOICES)
    _load(con, OTHER_INVOICES, replace_invoice="replace")
    assert _load(con, INVOICES)[0].decision == "ask"
    _load(con, INVOICES, replace_invoice="replace")
    assert _value(con, "select sum(amount) from staging.invoice_lines") == 100 + 50 + 20 + 7


NUMBERED = "Invoice #,Line,Client,Invoice Date,Amount\nI1,1,Acme,2025-03-01,100\nI1,2,Acme,2025-03-01,50\n"


@pytest.mark.parametrize("files", [(INVOICES, NUMBERED), (NUMBERED, INVOICES)])
@pytest.mark.parametrize(("answer", "total"), [("replace", 150), ("add", 300)])
def test_same_invoice_with_and_without_line_numbers_is_asked(
    con: warehouse.Connection, files: tuple[str, str], answer: str, total: int
) -> None:
    _load(con, files[0])
    assert _load(con, files[1])[0].questions[0].name == "replace_invoice"
    _load(con, files[1], replace_invoice=answer)
    assert _value(con, "select sum(amount) from staging.invoice_lines where invoice_number = 'I1'") == total
    workspace.undo(con, 2)
    assert _value(con, "select sum(amount) from staging.invoice_lines where invoice_number = 'I1'") == 150


def test_numbered_lines_are_replaced_one_by_one_whatever_was_answered(con: warehouse.Connection) -> None:
    _load(con, NUMBERED)
    correction = NUMBERED.replace("1,Acme,2025-03-01,100", "1,Acme,2025-03-01,110").rsplit("I1", 1)[0]
    assert _load(con, correction, replace_invoice="replace")[0].flags == {"replaces_older_version": 1}
    assert _value(con, "select sum(amount) from staging.invoice_lines") == 160


def test_both_sides_of_every_balance_are_equal(con: warehouse.Connection) -> None:
    text = f"{INVOICES}I4,,2025-03-04,11.11\nI5,Elm,bad,22.22\nI6,Elm,2025-03-06,x\nTOTAL,,,203.33\n"
    found = _load(con, text)[0]
    assert found.rows_read == found.rows_loaded + found.rows_quarantined + found.rows_set_aside == 7
    sides = [getattr(found, f"money_{side}") for side in ("loaded", "quarantined", "set_aside")]
    assert sides == [170, 33.33, 203.33]
    assert found.money_read == pytest.approx(sum(sides), abs=1e-9)
    assert "203.33" in found.message


def test_command_line_says_by_its_status_what_happened(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "good.csv").write_text(TICKETS)
    (tmp_path / "bad.csv").write_text(TICKETS + "4,Acme,never,Open\n")
    (tmp_path / "none.csv").write_text("Client\nAcme\n", encoding="utf-8")
    own = ["--workspace", str(tmp_path / "w.duckdb")]
    assert cli.main(["load", *own, "--format", "json", str(tmp_path / "good.csv")]) == 0
    assert json.loads(capsys.readouterr().out)[0]["rows_loaded"] == 2
    assert cli.main(["load", *own, str(tmp_path / "bad.csv")]) == 1
    assert cli.main(["load", *own, "--entity", "invoice_lines", str(tmp_path / "none.csv"), "nowhere.csv"]) == 2
    said = capsys.readouterr()
    assert "nowhere.csv" in said.err
    assert "Traceback" not in said.err
    assert cli.main(["undo", *own, "1"]) == 0
    assert cli.main(["undo", *own, "1"]) == 2


def test_each_table_has_a_line_with_its_file_and_what_it_warns_of_below(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with zipfile.ZipFile(tmp_path / "both.zip", "w") as archive:
        for name, text in {"t.csv": TICKETS, "i.csv": INVOICES, "other.csv": "Kunde,Wann\nB,2025-10-03\n"}.items():
            archive.writestr(name, text)
    (tmp_path / "none.csv").write_text("")
    (tmp_path / "alone.csv").write_text(TIME)
    given = [str(tmp_path / name) for name in ("both.zip", "none.csv", "alone.csv")]
    assert cli.main(["load", "--workspace", str(tmp_path / "w.duckdb"), *given]) == 2
    said = capsys.readouterr()
    tables, refused = said.out.splitlines(), said.err.splitlines()
    assert sorted(line.split(": load ")[0] for line in tables[:2]) == ["both.zip, i.csv", "both.zip, t.csv"]
    assert tables[2].startswith('    "other.csv" was left out: ')
    assert tables[3].startswith("alone.csv: load 3, ")
    assert [line.split(". ")[0] for line in refused] == ["none.csv: refuse"]


@pytest.mark.skipif(os.name == "nt", reason="a closed pipe ends a command on other systems")
def test_command_whose_reader_has_gone_ends_quietly() -> None:
    lists = [sys.executable, "-m", "vitals", "queries"]
    with subprocess.Popen(lists, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as command:
        assert command.stdout and command.stderr
        command.stdout.close()
        assert command.stderr.read() == b""
    assert command.returncode == 141


def test_a_clean_file_waits_for_no_data_frames(tmp_path: Path) -> None:
    (tmp_path / "tickets.csv").write_text(TICKETS)
    loads = "import sys; from vitals import cli; sys.exit(cli.main(sys.argv[1:]) or 'pandas' in sys.modules)"
    command = [sys.executable, "-c", loads, "load", "--workspace", tmp_path / "w.duckdb", tmp_path / "tickets.csv"]
    assert subprocess.run(command, stdout=subprocess.DEVNULL).returncode == 0


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_rows_that_differ_in_the_spelling_of_names_alone_count_once(
    con: warehouse.Connection, order: tuple[int, ...]
) -> None:
    texts = [TIME, TIME.replace("Acme", "ACME").replace("Ann", "ann"), MORE_TIME.replace("Birch", " birch ")]
    _load(con, *(texts[place] for place in order))
    assert _value(con, "select sum(hours) from staging.time_entries") == 1.5 + 1.5 + 2 + 3
    found = con.execute("select distinct client from staging.time_entries order by 1").fetchall()
    assert found == [("Acme",), ("Birch",)]


def test_invoice_told_again_with_another_spelling_of_its_client_is_not_asked(con: warehouse.Connection) -> None:
    _load(con, INVOICES)
    [report] = _load(con, INVOICES.replace("Acme", "ACME"))
    assert report.decision == "accept"
    assert _value(con, "select sum(amount) from staging.invoice_lines") == 170


def test_answers_and_mappings_hold_for_their_file(con: warehouse.Connection) -> None:
    dates = "Invoice #,Client,Invoice Date,Amount\nA,Acme,01/02/2025,1\n"
    files = [workspace.Upload(name, dates.replace("A,", f"{name[0]},").encode()) for name in ("x.csv", "y.csv")]
    answers = {"x.csv:day_or_month_first": "dmy", "day_or_month_first": "mdy"}
    workspace.load_files(con, files, workspace.LoadOptions(answers=answers), prepare=prepare)
    found = con.execute("select month(invoiced_on) from staging.invoice_lines order by invoice_number").fetchall()
    assert found == [(2,), (1,)]
