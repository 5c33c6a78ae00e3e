"""The database is locked before the first row, swaps at once, and belongs to one session."""

import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from vitals import cli, warehouse, workspace
from vitals.assumptions import assumptions, read_value
from vitals.errors import VitalsError
from vitals.workspace import choices

ESCAPES = (
    "select * from read_csv('/etc/passwd')",
    "copy (select 1) to '/tmp/vitals_escape.csv'",
    "attach '/tmp/vitals_escape.duckdb'",
    "install httpfs",
    "load httpfs",
    "set enable_external_access = true",
    "set lock_configuration = false",
    "set memory_limit = '100GB'",
    "from enable_logging(storage = 'file', storage_config = {'path': '/tmp/vitals_escape'})",
    "export database '/tmp/vitals_escape'",
)


@pytest.mark.parametrize("statement", ESCAPES)
def test_nothing_leaves_a_locked_database(statement: str) -> None:
    with warehouse.connect() as con, pytest.raises(duckdb.Error):
        con.execute(statement).fetchall()


def test_two_sessions_share_nothing() -> None:
    with warehouse.connect() as mine, warehouse.connect() as yours:
        mine.execute("insert into raw.holidays (load_id, row_number, day) values (1, 2, '2026-01-01')")
        assert mine.execute("select count(*) from raw.holidays").fetchall() == [(1,)]
        assert yours.execute("select count(*) from raw.holidays").fetchall() == [(0,)]


def test_no_stand_in_is_left_where_a_view_or_a_macro_belongs() -> None:
    with warehouse.connect() as con:
        views = con.execute("select sql from duckdb_views() where schema_name in ('metrics', 'checks')").fetchall()
        made = con.execute("select macro_definition from duckdb_functions() where schema_name = 'metrics'").fetchall()
    assert len(views) > 50 and len(made) > 50
    assert [text for (text,) in [*views, *made] if " from " not in text.lower()] == []


def test_python_objects_are_out_of_reach() -> None:
    secret = [1]
    with warehouse.connect() as con, pytest.raises(duckdb.Error):
        con.execute("select * from secret").fetchall()
    assert secret


def test_a_failed_transaction_leaves_the_state_before() -> None:
    with warehouse.connect() as con:
        with pytest.raises(KeyboardInterrupt), warehouse.transaction(con):
            con.execute("insert into raw.holidays (load_id, row_number, day) values (1, 2, '2026-01-01')")
            warehouse.build(con)
            raise KeyboardInterrupt
        assert con.execute("select count(*) from raw.holidays").fetchall() == [(0,)]


def test_a_workspace_keeps_what_was_set(tmp_path: Path) -> None:
    path = tmp_path / "kept.duckdb"
    with warehouse.connect(path) as con:
        warehouse.set_assumption(con, "loaded_hourly_cost", "62.5")
    with warehouse.connect(path) as con:
        assert con.execute("select loaded_hourly_cost from core.assumption").fetchall() == [(62.5,)]


def test_a_country_is_assumed_by_its_code_or_name_and_taken_back() -> None:
    with warehouse.connect() as con:
        for said in ("us", "United States", "US"):
            warehouse.set_assumption(con, "holiday_country", said)
            assert con.execute("select holiday_country from core.assumption").fetchall() == [("US",)]
        fourth = "select is_holiday from core.calendar where day = date '2026-11-26'"
        assert con.execute(fourth).fetchall() == [(True,)]
        with pytest.raises(VitalsError, match="'Atlantis' is not known"):
            warehouse.set_assumption(con, "holiday_country", "Atlantis")
        warehouse.set_assumption(con, "holiday_country", "")
        assert con.execute(fourth).fetchall() == [(False,)]


def test_the_desks_time_zone_is_told_to_who_reads_the_next_file() -> None:
    with warehouse.connect() as con:
        assert choices.time_zone_of(con) == {}
        warehouse.set_assumption(con, "desk_time_zone", "america/new_york")
        assert choices.time_zone_of(con) == {"time_zone": "America/New_York"}
        tickets = b"Ticket ID,Client,Created At\n1,Acme,2026-01-05T15:00:00Z\n"
        workspace.load_files(con, [workspace.Upload("tickets.csv", tickets)], workspace.LoadOptions())
        assert con.execute("select opened_at from staging.tickets").fetchall() == [(datetime(2026, 1, 5, 10),)]


def test_a_workspace_of_another_format_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "old.duckdb"
    with warehouse.connect(path) as con:
        con.execute("update raw.workspace set format = ?", [warehouse.FORMAT + 1])
    with pytest.raises(VitalsError, match="another version"):
        warehouse.connect(path)


def test_a_workspace_from_before_certainty_was_kept_opens_and_goes_on(tmp_path: Path) -> None:
    path, lines = tmp_path / "older.duckdb", b"client,invoiced_on,amount\nBirch,2025-10-0%d,5\n"
    with warehouse.connect(path) as con:
        workspace.load_files(con, [workspace.Upload("first.csv", lines % 3)], workspace.LoadOptions())
        con.execute("drop table raw.load_matches")
        for view in ("load_balances", "load_accounts", "load_matches", "workspace_currency"):
            con.execute(f"drop view metrics.{view}")
        warehouse.note_built(con, "the queries of before")
    with warehouse.connect(path) as con:
        workspace.load_files(con, [workspace.Upload("next.csv", lines % 4)], workspace.LoadOptions())
        assert [row["confidence"] for row in warehouse.rows(con, "metrics.load_balances")] == [None, 1.0]


def test_a_file_that_is_no_workspace_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "holiday.duckdb"
    path.write_bytes(b"not a database" * 400)
    with pytest.raises(VitalsError, match="can't be opened"):
        warehouse.connect(path)


def test_a_stale_build_is_built_anew(tmp_path: Path) -> None:
    path = tmp_path / "stale.duckdb"
    with warehouse.connect(path) as con:
        current = warehouse.built_from(con)
        warehouse.note_built(con, "the queries of last year")
    with warehouse.connect(path) as con:
        assert warehouse.built_from(con) == current


def test_parameters_are_checked_both_ways() -> None:
    with warehouse.connect() as con:
        with pytest.raises(VitalsError, match="takes month_from, month_to"):
            warehouse.run(con, "metrics.client_margin", month_from="2026-01-01")
        with pytest.raises(VitalsError, match="takes no parameters"):
            warehouse.run(con, "metrics.default_period", as_of="2026-01-01")


def test_defaults_are_those_of_the_stable_surface() -> None:
    stated = {
        "loaded_hourly_cost": 50,
        "bill_rate": 150,
        "burden_pct": 0.25,
        "hours_per_week": 40,
        "working_day_start": 9 * 60,
        "working_day_end": 17 * 60,
        "review_cadence_days": 91,
        "target_gross_margin": 0.5,
        "risk_percentile": 0.8,
        "sla_target": 0.95,
        "sla_credit": 0.05,
        "sla_credit_critical": 0.10,
        "sla_credit_cap": 0.15,
        "sla_critical": 0.85,
        "sla_min_tickets": 20,
        "hybrid_share": 0.2,
        "gain_share": 0.5,
        "onboarding_days": 90,
        "device_price": None,
        "ticket_price": None,
    }
    assert {name: assumptions()[name].default for name in stated} == stated


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("working_day_start", "08:30", 510),
        ("burden_pct", "30 %", 0.3),
        ("burden_pct", "0.3", 0.3),
        ("seat_price", "", None),
        ("bill_rate", "", 150),
    ],
)
def test_values_are_read_as_people_write_them(name: str, text: str, value: float | None) -> None:
    assert read_value(name, text) == value


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("bill_rate", "a lot"),
        ("bill_rate", "-1"),
        ("bill", "1"),
        ("bill_rate", "nan"),
        ("bill_rate", "inf"),
        ("bill_rate", "1e308"),
        ("automation_share", "2"),
        ("automation_share", "-1"),
        ("working_day_start", "07:75"),
    ],
)
def test_what_is_no_value_is_refused(name: str, text: str) -> None:
    with pytest.raises(VitalsError):
        read_value(name, text)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("working_day_start", "17:00", "from 17:00 to 17:00 has no hours"),
        ("working_day_start", "18:30", "from 18:30 to 17:00 has no hours"),
        ("working_day_end", "08:00", "from 09:00 to 08:00 has no hours"),
    ],
)
def test_a_working_day_without_hours_is_refused_and_changes_nothing(name: str, text: str, said: str) -> None:
    with warehouse.connect() as con:
        with pytest.raises(VitalsError, match=said):
            warehouse.set_assumption(con, name, text)
        warehouse.set_assumption(con, "bill_rate", "160")
        kept = con.execute("select working_day_start, working_day_end, bill_rate from core.assumption").fetchall()
        assert kept == [(540, 1020, 160)]


def test_a_working_day_moves_end_first_and_back() -> None:
    with warehouse.connect() as con:
        warehouse.set_assumption(con, "working_day_end", "23:00")
        warehouse.set_assumption(con, "working_day_start", "18:00")
        with pytest.raises(VitalsError, match="from 18:00 to 17:00"):
            warehouse.set_assumption(con, "working_day_end", "")
        assert con.execute("select working_day_start, working_day_end from core.assumption").fetchall() == [
            (1080, 1380)
        ]


HOLDS = "import duckdb, sys; con = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.read()"


def kept(folder: Path) -> Path:
    path = folder / "kept.duckdb"
    warehouse.connect(path).close()
    return path


def refused(path: Path) -> str:
    with pytest.raises(VitalsError) as error:
        warehouse.connect(path)
    return str(error.value)


def test_a_missing_folder_and_one_given_for_a_file_are_told(tmp_path: Path) -> None:
    assert "There is no folder" in refused(tmp_path / "none" / "w.duckdb")
    assert "is a folder" in refused(tmp_path)


def test_a_damaged_workspace_is_told_as_damaged(tmp_path: Path) -> None:
    path = kept(tmp_path)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert "it is damaged" in refused(path)
    path.write_bytes(whole[:4096] + b"\xff" * 8192 + whole[12288:])
    assert "it is damaged" in refused(path)


def test_a_workspace_in_use_is_told_as_in_use(tmp_path: Path) -> None:
    path = kept(tmp_path)
    with subprocess.Popen([sys.executable, "-c", HOLDS, path], stdin=-1, stdout=-1, text=True) as holder:
        assert holder.stdout and holder.stdout.readline() == "held\n"
        assert "is in use by another program" in refused(path)
        holder.communicate("")


@pytest.mark.parametrize(
    ("heard", "said"),
    [
        ("IO Error: Could not write file: No space left on device", "is full"),
        ('IO Error: Cannot open file "w": Read-only file system', "is read-only"),
        ('IO Error: Cannot open file "w": Permission denied', "is read-only"),
        ("IO Error: Trying to read a database file with version number 99, but we can only read 64", "a newer version"),
    ],
)
def test_what_the_system_says_is_told_by_its_cause(
    heard: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise duckdb.IOException(heard)

    monkeypatch.setattr(duckdb, "connect", fail)
    assert said in refused(tmp_path / "w.duckdb")


def test_a_workspace_from_before_a_column_gains_it(tmp_path: Path) -> None:
    path = tmp_path / "older.duckdb"
    with warehouse.connect(path) as con:
        con.execute("alter table raw.outcomes drop column direction")
        con.execute("update raw.workspace set built_from = 'older'")
    with warehouse.connect(path) as con:
        assert con.execute("select direction from raw.outcomes").fetchall() == []
        assert warehouse.is_current(con)


def test_a_newer_format_says_to_update(tmp_path: Path) -> None:
    path = kept(tmp_path)
    with warehouse.connect(path) as con:
        con.execute("update raw.workspace set format = ?", [warehouse.FORMAT + 1])
    assert "newer than this one. Update MSP Vitals" in refused(path)


def test_a_full_disk_during_a_command_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    def fill(*_: object) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(warehouse, "set_assumption", fill)
    assert cli.main(["set", "--workspace", str(kept(tmp_path)), "bill_rate", "160"]) == 2
    assert "is full. Free some space" in capsys.readouterr().err


def test_who_only_asks_needs_no_right_to_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    path = kept(tmp_path)
    monkeypatch.setattr(warehouse, "can_write", lambda path: False)
    before = path.read_bytes()
    assert cli.main(["check", "--workspace", str(path)]) == 0
    assert cli.main(["query", "--workspace", str(path), "metrics.assumptions"]) == 0
    with warehouse.read(path) as con, pytest.raises(duckdb.Error, match="read-only"):
        con.execute("update raw.workspace set built_from = 'before'")
    assert path.read_bytes() == before
    with warehouse.connect(path) as con:
        warehouse.note_built(con, "the queries of last year")
    assert cli.main(["check", "--workspace", str(path)]) == 2
    assert "Copy it to where it can be written" in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_a_new_workspace_is_its_owners_alone(tmp_path: Path) -> None:
    path, lines = tmp_path / "w.duckdb", tmp_path / "lines.csv"
    before = os.umask(0o022)
    try:
        assert cli.main(["set", "--workspace", str(path), "bill_rate", "160"]) == 0
        assert path.stat().st_mode & 0o777 == 0o600
        lines.write_text("x")
        assert lines.stat().st_mode & 0o777 == 0o644
    finally:
        os.umask(before)


FULL = duckdb.IOException("Could not write file: No space left on device")


def _full_disk(path: str, **_: object) -> None:
    Path(path).touch()
    raise FULL


def _no_tables(_: object) -> None:
    raise FULL


@pytest.mark.parametrize("full", [(warehouse.duckdb, "connect", _full_disk), (warehouse, "create_tables", _no_tables)])
def test_a_workspace_that_can_not_be_made_leaves_no_file(tmp_path, monkeypatch, full):
    monkeypatch.setattr(*full)
    assert cli.main(["set", "--workspace", str(tmp_path / "new.duckdb"), "bill_rate", "150"]) == 2
    assert list(tmp_path.iterdir()) == []


def test_a_workspace_that_was_there_stays_whatever_fails(tmp_path, monkeypatch):
    warehouse.connect(tmp_path / "w.duckdb", is_built=False).close()
    monkeypatch.setattr(warehouse, "create_tables", _no_tables)
    assert cli.main(["set", "--workspace", str(tmp_path / "w.duckdb"), "bill_rate", "150"]) == 2
    assert (tmp_path / "w.duckdb").stat().st_size > 0
