"""A target as a buyer sees it, and several side by side: what is said of them, and that each number leads somewhere."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from tests.ui.conftest import open_page, read
from vitals import targets, warehouse
from vitals.kept import folder
from vitals.targets import COVERED, LINES, Comparison, Months, Target
from vitals.ui import targets as parts
from vitals.ui.words import targets as words

SPAN = Months(date(2025, 2, 1), date(2025, 3, 1))
FINDINGS = [
    {"place": 1, "finding": "bench", "severity": "high", "subject_kind": "book", "subject": None,
     "money": Decimal(331169), "money_is": "labour cost", "says": "33 % reaches no client.", "question": "Why?",
     "page": "utilisation"},
    {"place": 2, "finding": "under_water", "severity": "low", "subject_kind": "client", "subject": "**Birch**",
     "money": Decimal(2601), "money_is": "margin lost", "says": "Costs more than it pays.", "question": "When?",
     "page": "client_margin"},
    {"place": 3, "finding": "flag_top1_share", "severity": "high", "subject_kind": "book", "subject": None,
     "money": None, "money_is": None, "says": "Largest client: 31 %.", "question": "What explains it?",
     "page": "revenue_mix"},
]  # fmt: skip
FLAGS = [
    {"state": "pass", "found": 0.6, "format": "percent", "label": "a", "flag": "a", "cases": 1, "counted": "client"},
    {"state": "fail", "found": 3, "format": "count", "label": "b", "flag": "b", "cases": 5, "counted": "clients"},
    {"state": "not_testable", "found": None, "format": None, "label": "c", "flag": "c", "cases": None, "counted": None},
]


def test_the_largest_findings_are_told_first():
    said = words.findings(FINDINGS)
    assert said == "3 findings: the largest are Bench, $331,169 of labour cost; **Birch**, $2,601 of margin lost."
    assert words.findings([]) == "These exports give an examiner nothing to write down."
    assert "none of them with money" in words.findings(FINDINGS[2:])
    assert words.findings([FINDINGS[0] | {"finding": "notice_soon"}]).startswith(
        "1 finding: the largest is Notice due soon,"
    )
    assert words.finding(FINDINGS[1]) == "**Birch**: $2,601 of margin lost. Costs more than it pays."


def test_bounds_that_are_missed_come_first():
    assert words.flags(FLAGS, []) == (
        "Of 2 bounds that buyers set and that could be tested 1 is missed; 1 can't be tested on these exports."
    )
    shown = words.with_words(pd.DataFrame(FLAGS))
    assert list(shown["standing"]) == ["Misses it", "Not testable", "Holds"]
    assert list(shown["found_said"]) == ["3 (5 clients)", "–", "60.0\N{NO-BREAK SPACE}% (1 client)"]


def test_what_one_client_misses_alone_is_said_of_the_same_client_and_how_many_there_are():
    bounds = [{"flag": name, "state": "fail", "found": 0.2, "format": "percent", "label": name, "cases": 5,
               "counted": "clients"} for name in "ab"]  # fmt: skip
    leavers = [{"flag": name, "is_one_client": True} for name in "ab"]
    said = words.flags(bounds, leavers)
    assert said.startswith("Of 2 bounds that buyers set and that could be tested 2 are missed, 2 of them by the same ")
    assert list(words.with_words(pd.DataFrame(bounds))["found_said"]) == [
        "20.0\N{NO-BREAK SPACE}% (5 clients)",
        "20.0\N{NO-BREAK SPACE}% (5 clients)",
    ]
    assert "same client" not in words.flags(bounds, [row | {"is_one_client": False} for row in leavers])


def test_each_finding_leads_to_its_rows(results, monkeypatch):
    real = warehouse.run

    def run(con, name, **given):
        return pd.DataFrame(FINDINGS) if name == "metrics.findings" else real(con, name, **given)

    monkeypatch.setattr(warehouse, "run", run)
    app = open_page("diligence")
    assert not app.exception
    assert "3 findings: the largest are Bench" in read(app)
    ways = [link.proto.label for link in app.get("page_link")]
    assert {"Utilisation", "Client margin", "Mix"} <= set(ways)


def _target(name, margin, currency="USD"):
    values = dict.fromkeys((line.name for line in (*LINES, *COVERED)), None)
    return Target(name, currency, SPAN, SPAN, {**values, "gross_margin_after_bench_pct": margin})


def test_the_best_is_named_and_places_are_written():
    found = Comparison((_target("Alder", 0.3), _target("Birch", 0.41)), SPAN)
    assert words.compared(found).startswith("2 targets over Feb 2025 – Mar 2025: Birch is best by gross margin after")
    line = next(line for line in LINES if line.name == "gross_margin_after_bench_pct")
    assert [words.place(found, line, target)[-5:] for target in found.targets] == ["(2nd)", "(1st)"]
    shared = Comparison((_target("Alder", 0.3), _target("Birch", 0.3), _target("Cedar", 0.2)), SPAN)
    said = [words.place(shared, line, target).split(" ", 1)[1] for target in shared.targets]
    assert [text.strip("%\N{NO-BREAK SPACE} ") for text in said] == ["(equal 1st)", "(equal 1st)", "(3rd)"]
    alike = Comparison((_target("Alder", 0.3), _target("Birch", 0.3)), SPAN)
    assert "by no number is one of them alone the best" in words.compared(alike)
    assert "(" not in words.place(alike, line, alike.targets[0])


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setenv(folder.VARIABLE, str(tmp_path))
    for name in ("Alder", "Birch"):
        (tmp_path / f"{name}.duckdb").write_bytes(b"")
    return tmp_path


def test_kept_workspaces_stand_side_by_side_with_files_to_take_away(place, monkeypatch):
    found = Comparison((_target("Alder", 0.3), _target("Birch", 0.41, "EUR")), SPAN)
    monkeypatch.setattr(parts, "_opened", lambda stack, item: item.name)
    monkeypatch.setattr(targets, "compare", lambda opened: found)
    app = open_page("compare")
    assert not app.exception
    assert "Birch is best by gross margin after bench" in read(app)
    assert "amounts are neither converted nor ranked" in read(app)
    assert app.multiselect[0].value == ["Alder", "Birch"]
    labels = [button.proto.label for button in app.get("download_button")]
    assert labels[-2:] == ["The book (XLSX)", "All numbers (CSV)"]
    app.multiselect[0].unselect("Alder").run()
    assert words.TOO_FEW in read(app)


def test_one_workspace_alone_is_not_compared(tmp_path, monkeypatch):
    monkeypatch.setenv(folder.VARIABLE, str(tmp_path))
    app = open_page("compare")
    assert words.TOO_FEW in read(app)
    assert not app.multiselect


def test_a_bound_that_is_failed_is_named_in_its_own_words():
    row = {
        "finding": "flag_top1_share",
        "subject": None,
        "money": None,
        "says": "Largest client: 32.6 %. Buyers: 15 %.",
    }
    assert words.finding(row) == "Largest client: 32.6 %. Buyers: 15 %."
