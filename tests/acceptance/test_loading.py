"""Sections 1 and 3: what loading counts, rows with and without a key, and the commands with their exit statuses."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

from tests.acceptance.desk import desk, months
from vitals.cli import main
from vitals.workspace import LoadOptions

KEYS = {
    "file", "entity", "system", "decision", "header_row", "preamble_lines", "rows_seen", "rows_read", "rows_loaded",
    "rows_quarantined", "rows_set_aside", "rows_flagged", "records", "reasons", "flags", "questions", "hours",
    "money_read", "money_loaded", "money_quarantined", "message", "warnings",
}  # fmt: skip
HOURS = "worked_on,hours,technician,client"


def adds_up(report):
    return report["rows_read"] == report["rows_loaded"] + report["rows_quarantined"] + report["rows_set_aside"]


def logged(book):
    return book.con.execute("select sum(hours), count(*) from staging.time_entries").fetchone()


def test_identical_rows_without_a_key():
    row = "2025-01-06,1,Ann,A"
    with desk() as book:
        first = book.load(one=f"{HOURS}\n{row}\n{row}\n2025-01-07,1,Ann,A")["one"]
        assert (first["rows_loaded"], first["flags"]["identical_lines_kept"], logged(book)) == (3, 2, (3, 3))
        again = book.load(one=f"{HOURS}\n{row}\n{row}\n2025-01-07,1,Ann,A")["one"]
        assert (again["rows_loaded"], again["rows_set_aside"], again["reasons"]) == (0, 3, {"already_loaded": 3})
        assert (again["decision"], logged(book)) == ("accept", (3, 3))
        # three of them in another file: the largest count of any one file
        more = book.load(two=f"{HOURS}\n{row}\n{row}\n{row}\n2025-01-08,1,Ann,A")["two"]
        assert (more["rows_loaded"], more["rows_set_aside"], logged(book)) == (2, 2, (5, 5))
        assert adds_up(first) and adds_up(again) and adds_up(more)


def test_order_of_keyless_files_does_not_matter():
    row = "2025-01-06,1,Ann,A"
    few, many = f"{HOURS}\n{row}\n2025-01-07,2,Ann,A", f"{HOURS}\n{row}\n{row}\n2025-01-08,4,Ann,A"
    with desk(few=few, many=many) as one, desk(many=many, few=few) as other:
        assert logged(one) == logged(other) == (8, 4)


def test_later_load_replaces_by_key():
    head = "entry_id,worked_on,hours,technician,client"
    with desk(one=f"{head}\na,2025-01-06,1,Ann,A\nb,2025-01-06,2,Ann,A") as book:
        found = book.load(two=f"{head}\na,2025-01-06,5,Ann,A\nb,2025-01-06,2,Ann,A\nc,2025-01-06,1,Ann,A")["two"]
        assert found["flags"]["replaces_older_version"] == 1
        assert (found["rows_loaded"], found["rows_set_aside"], found["reasons"]) == (2, 1, {"already_loaded": 1})
        assert logged(book) == (8, 3)


def test_conflicting_rows_of_one_file():
    with desk() as book:
        found = book.load(
            time_entries="""
                entry_id,worked_on,hours,technician,client
                a,2025-01-06,1,Ann,A
                a,2025-01-06,2,Ann,A
                b,2025-01-06,4,Ann,A
                b,2025-01-06,4,Ann,A
                """
        )["time_entries"]
        assert (found["decision"], found["rows_quarantined"], found["reasons"]["conflicting_duplicate"]) == (
            "partial",
            2,
            2,
        )
        assert (found["rows_loaded"], found["rows_set_aside"], found["reasons"]["exact_duplicate"]) == (1, 1, 1)
        assert adds_up(found) and logged(book) == (4, 1)


def test_clients_and_technicians_are_keyed_by_their_names():
    with desk(
        one="client,users\nAcme,10\nBeta,5",
        two="client,users\nACME,12",
        three="technician,valid_from,hourly_cost\nAnn,,10\nAnn,2025-02-01,20",
        four='technician,valid_from,hourly_cost\n"Ann",2025-02-01,30',
    ) as book:
        assert book.staging("clients", "lower(client)", "users") == [("acme", 12), ("beta", 5)]
        assert [row[1] for row in book.staging("technicians", "valid_from", "hourly_cost")] == [30, 10]


def test_reviews_are_keyed_by_their_date():
    head = "client,scheduled_on,held_on,status"
    with desk(
        one=f"{head}\nA,2025-01-06,,scheduled\nA,,2025-02-06,held",
        two=f"{head}\nA,2025-01-06,2025-01-07,held\nA,,2025-02-06,no_show",
    ) as book:
        assert {row[3] for row in book.staging("reviews", "client", "scheduled_on", "held_on", "status")} == {
            "held",
            "no_show",
        }
        assert len(book.staging("reviews", "client")) == 2


def test_invoice_whose_lines_differ_is_asked():
    head = "invoice_number,client,invoiced_on,amount"
    older = f"{head}\n1,A,2025-01-06,100\n1,A,2025-01-06,50"
    newer = f"{head}\n1,A,2025-01-06,120\n2,A,2025-01-06,7"
    for answer, total in (("replace", 127), ("add", 277)):
        with desk(older=older) as book:
            asked = book.load(newer=newer)["newer"]
            assert (asked["decision"], asked["rows_seen"], asked["rows_read"], asked["rows_loaded"]) == ("ask", 2, 0, 0)
            assert [question["name"] for question in asked["questions"]] == ["replace_invoice"]
            book.load(LoadOptions(answers={"replace_invoice": answer}), newer=newer)
            assert book.con.execute("select sum(amount) from staging.invoice_lines").fetchone() == (total,)


def test_same_invoice_again_is_not_asked():
    text = "invoice_number,client,invoiced_on,amount\n1,A,2025-01-06,100\n1,A,2025-01-06,50"
    with desk(one=text, two=text) as book:
        assert book.con.execute("select sum(amount) from staging.invoice_lines").fetchone() == (150,)


def test_rows_flagged_counts_a_row_once():
    ahead = date.today() + timedelta(days=30)
    with desk() as book:
        found = book.load(time_entries=f"{HOURS}\n{ahead},0,Ann,A\n2025-01-06,1,Ann,A")["time_entries"]
    assert (found["flags"]["future_date"], found["flags"]["zero_hours"], found["rows_flagged"]) == (1, 1, 1)


@pytest.fixture
def run(tmp_path: Path, capsys):
    """Run a command in a folder of its own; its status, what it printed and what it complained of."""

    def command(*words: object) -> tuple[int, str, str]:
        first, *rest = (str(word) for word in words)
        placed = [] if first == "queries" else ["--workspace", str(tmp_path / "w.duckdb")]
        try:
            status = main([first, *placed, *rest])
        except SystemExit as stop:
            status = int(stop.code or 0)
        out, err = capsys.readouterr()
        return status, out, err

    command.folder = tmp_path
    return command


def written(run, name, text):
    path = run.folder / name
    path.write_text(text)
    return path


def test_commands_from_load_to_undo(run):
    lines = written(run, "lines.csv", "client,invoiced_on,amount,revenue_class\nAcme,2025-01-31,1000.10,managed\n")
    work = written(run, "work.csv", f"{HOURS}\n2025-01-02,1,Ann,Acme\n2025-01-31,1,Ann,acme\n2025-01-31,,Ann,acme\n")
    status, out, _ = run("load", lines, work, "--format", "json")
    first, second = json.loads(out)
    assert status == 1
    assert set(first) >= KEYS and set(second) >= KEYS
    assert (first["file"], first["entity"], first["decision"], first["header_row"]) == (
        "lines.csv",
        "invoice_lines",
        "accept",
        1,
    )
    assert (first["money_read"], first["money_loaded"], first["money_quarantined"]) == (1000.10, 1000.10, 0)
    assert (second["rows_read"], second["rows_quarantined"], second["reasons"]) == (3, 1, {"hours_missing": 1})
    assert (second["hours"], second["records"], adds_up(second)) == (2, 2, True)

    asked = ["metrics.client_margin", "--param", "month_from=2025-01-01", "--param", "month_to=2025-01-01"]
    status, out, _ = run("query", *asked, "--format", "json")
    (row,) = json.loads(out)
    assert (status, row["client"], row["gross_margin"]) == (0, "Acme", 900.10)
    assert run("query", *asked, "--format", "csv")[1].splitlines()[0].startswith("client_key,client,")
    assert "Acme" in run("query", *asked)[1]

    assert run("set", "loaded_hourly_cost", "100")[0] == 0
    assert json.loads(run("query", *asked, "--format", "json")[1])[0]["labour_cost"] == 200
    status, out, _ = run("check")
    assert (status, bool(out)) == (0, True)

    with duckdb.connect(str(run.folder / "w.duckdb"), read_only=True) as con:
        assert con.execute("select client, hours from staging.time_entries").fetchall() == [("Acme", 1), ("Acme", 1)]
    assert run("undo", 2)[0] == 0
    assert json.loads(run("query", *asked, "--format", "json")[1])[0]["labour_cost"] is None
    assert run("load", work)[0] == 1
    assert json.loads(run("query", *asked, "--format", "json")[1])[0]["labour_cost"] == 200


def test_wrong_usage_is_2_with_a_sentence(run):
    lines = written(run, "lines.csv", "client,invoiced_on,amount\nAcme,2025-01-31,10\n")
    assert run("load", lines)[0] == 0
    for words in (
        ("load", run.folder / "none.csv"),
        ("query", "metrics.nothing"),
        ("query", "metrics.client_margin", "--param", "month_from=soon"),
        ("query", "metrics.client_margin", "--param", "month_form=2025-01-01"),
        ("set", "nothing", "1"),
        ("query", "metrics.pricing_summary", "--param", "automation_share=2"),
        ("query", "metrics.flagged_first", "--param", "at_most=-1"),
        ("query", "metrics.left_out_first", "--param", "load_id=99999999999"),
        ("query", "metrics.client_margin", "--param", "month_from=2025-03", "--param", "month_to=2025-01"),
        ("query", "metrics.client_margin", "--param", "month_from=2025-01-15"),
        ("set", "bill_rate", "much"),
        ("set", "automation_share", "inf"),
        ("set", "working_day_start", "17:00"),
        ("undo", "9" * 50),
        ("undo", "77"),
        ("undo", "x"),
        ("nothing",),
        ("load", lines, "--entity", "nothing"),
        ("load", lines, "--answer", "nothing"),
        ("load", lines, "--mapping", run.folder / "none.json"),
    ):
        status, _, err = run(*words)
        assert status == 2, words
        assert err.strip() and "Traceback" not in err, words
        assert "went wrong inside" not in err, words


def test_file_for_another_slot_is_refused(run):
    lines = written(run, "lines.csv", "client,invoiced_on,amount\nAcme,2025-01-31,10\n")
    status, out, err = run("load", lines, "--entity", "time_entries", "--format", "json")
    (found,) = json.loads(out)
    assert (status, found["decision"], found["rows_read"]) == (2, "refuse", 0)
    assert "invoice" in err.lower()


def test_statuses_of_a_batch(run):
    good = written(run, "good.csv", "client,invoiced_on,amount\nAcme,2025-01-31,10\n")
    asked = written(run, "asked.csv", "client,invoiced_on,amount\nAcme,03/04/2025,10\n")
    refused = written(run, "refused.csv", "")
    assert run("load", good)[0] == 0
    assert run("load", good, asked)[0] == 1
    assert run("load", asked, "--answer", "day_or_month_first=dmy")[0] == 0
    status, out, _ = run("load", good, refused, asked, "--format", "json")
    assert (status, len(json.loads(out))) == (2, 3)


def test_answer_may_name_the_file_or_its_path_and_a_wrong_one_is_named(run):
    asked = written(run, "asked.csv", "client,invoiced_on,amount\nAcme,03/04/2025,10\n")
    for key in ("asked.csv:", f"{asked}:", ""):
        assert run("load", asked, "--answer", f"{key}day_or_month_first=dmy")[0] == 0
    assert run("load", asked, "--answer", "other.csv:day_or_month_first=dmy")[0] == 1
    status, out, _ = run("load", asked, "--answer", "day_or_month_first=ymd")
    assert status == 1
    assert '"ymd" is no answer: it is dmy or mdy.' in out


def test_file_of_another_kind_is_no_workspace(run):
    lines = written(run, "w.duckdb", "client,invoiced_on,amount\nAcme,2025-04-03,10\n")
    status, _, err = run("load", lines)
    assert (status, "can't be opened as a workspace" in err) == (2, True)
    assert lines.read_text().startswith("client,")


def test_classes_mapping_and_named_slot(run):
    mapping = written(
        run,
        "m.json",
        json.dumps({"columns": {"client": "Who", "invoiced_on": "When", "amount": "How much", "item": "What"}}),
    )
    classes = written(run, "c.csv", "item,revenue_class,service_months\nThing,managed,2\n")
    lines = written(run, "lines.csv", "Who,When,How much,What\nAcme,2025-01-31,10,THING\n")
    assert run("load", lines, "--entity", "invoice_lines", "--mapping", mapping, "--classes", classes)[0] == 0
    out = run("query", "metrics.client_margin_monthly", "--format", "json")[1]
    assert [(row["month_start"], row["revenue"]) for row in json.loads(out)] == [("2025-01-01", 5), ("2025-02-01", 5)]
    found = json.loads(run("query", "metrics.mrr_bridge", "--format", "json")[1])
    assert found[0]["closing"] == 5


def test_every_stable_query_is_listed(run):
    status, out, _ = run("queries", "--format", "json")
    assert status == 0
    assert {"metrics.client_margin", "metrics.pricing_regimes", "metrics.sla_attainment"} <= {
        row["name"] for row in json.loads(out)
    }


def test_an_empty_workspace_answers():
    with desk(holidays="day\n2025-01-01") as book:
        assert book.rows("metrics.client_margin", **months("2025-01")) == []
        assert len(book.rows("metrics.company_margin", **months("2025-01"))) == 1
        assert book.rows("metrics.mrr_bridge") == []
        for name in (
            "client_margin",
            "tier_dispersion",
            "technician_utilisation",
            "sla_attainment",
            "resolution_time",
            "key_person",
        ):
            assert book.rows(f"metrics.{name}", **months("2025-01")) == []
        assert book.rows("metrics.qbr_status", as_of="2025-01-01") == []
        assert book.one("metrics.qbr_completion", as_of="2025-01-01")["completion_pct"] is None


def test_a_name_tells_slots_of_equal_captions_apart():
    with desk() as book:
        text = "client,starts_on,ends_on,service_tier\nAcme,2025-01-01,,Gold"
        assert book.load(open=text)["open"]["decision"] == "ask"
        found = book.load(clients=text, agreements=text)
        assert [(name, report["entity"], report["decision"]) for name, report in found.items()] == [
            ("clients", "clients", "accept"), ("agreements", "agreements", "accept")
        ]  # fmt: skip
