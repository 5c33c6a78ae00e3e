"""The diagnosis: each signal with its state in words, what is missing, and the rows behind it once they are opened."""

import numpy as np
import pandas as pd
import pytest

from tests.ui import canned
from tests.ui.conftest import open_page, read
from vitals.formats import NO_BREAK
from vitals.ui import diagnosis
from vitals.ui.words.signals import BEHIND, limit

LIMITS = {
    "margin_falls_while_revenue_grows": (-0.02, 0.05, "a fall of 2.0 points on, where revenue grows by 5.0 % or more"),
    "new_clients_add_complexity": (1.25, np.nan, "from 125.0 % of the usual hours on"),
    "seniors_do_account_work": (0.15, np.nan, "from 15.0 % of their hours on"),
    "scope_creep_recurs": (4.0, np.nan, "from 4 such months on"),
    "cannot_run_without_the_owner": (0.3, 0.8, "from 30.0 % of the escalations on, or where the desk ends 80.0 %"),
}


def signals() -> pd.DataFrame:
    states = ["clear", "fires", "fires", "not_testable", "clear"]
    return pd.DataFrame({
        "place": range(1, 6), "signal": list(LIMITS), "question": [f"Does {name}?" for name in LIMITS],
        "state": states, "value": 1.5, "threshold": [low for low, _, _ in LIMITS.values()], "second_value": np.nan,
        "second_threshold": [low for _, low, _ in LIMITS.values()],
        "evidence": [None if state == "not_testable" else f"Found {canned.EVIL[0]}." for state in states],
        "needs": ["time entries that say so" if state == "not_testable" else None for state in states],
    })  # fmt: skip


@pytest.mark.parametrize("name", LIMITS)
def test_each_signal_says_from_where_on_it_fires(name):
    row = signals().set_index("signal", drop=False).loc[name]
    assert LIMITS[name][2] in limit(row).replace(NO_BREAK, " ")


@pytest.mark.parametrize(
    ("name", "nearness", "said"),
    [
        ("seniors_do_account_work", "just_above", "of their hours on; it is just above that."),
        ("new_clients_add_complexity", "just_below", "of the usual hours on; it is just below that."),
        ("scope_creep_recurs", "on", "such months on; it is just there."),
        ("cannot_run_without_the_owner", "just_above", "or less; it is just past that."),
        ("scope_creep_recurs", np.nan, "such months on."),
    ],
)
def test_what_is_near_its_limit_says_so(name, nearness, said):
    row = signals().set_index("signal", drop=False).loc[name].to_dict()
    assert limit(row | {"nearness": nearness}).replace(NO_BREAK, " ").endswith(said)


def test_every_signal_has_rows_behind_it():
    assert diagnosis.ROWS.keys() == BEHIND.keys() == LIMITS.keys()


def test_state_evidence_and_what_is_missing_are_said(results, monkeypatch):
    monkeypatch.setitem(canned.FRAMES, "metrics.signals", signals())
    page = open_page("diagnosis")
    words = read(page)
    assert f"Found {canned.EVIL[0]}." in words
    assert "Missing: time entries that say so." in words
    assert [box.label for box in page.expander][:4] == [
        BEHIND[row.signal] for row in signals().itertuples() if row.state != "not_testable"
    ]
    assert "two or more together are structural. 1 could not be tested." in words


@pytest.mark.parametrize("name", [name for name in LIMITS if name != "scope_creep_recurs"])
def test_rows_are_asked_once_they_are_opened(results, monkeypatch, name):
    asked = []
    monkeypatch.setitem(canned.FRAMES, "metrics.signals", signals())
    real = canned.run

    def run(con, name, **given):
        asked.append(name)
        return real(con, name, **given)

    monkeypatch.setattr(diagnosis.session.warehouse, "run", run)
    page = open_page("diagnosis")
    assert diagnosis.ROWS[name].query not in asked
    page.session_state[f"behind_{name}"] = True
    page.run()
    assert diagnosis.ROWS[name].query in asked and not page.exception
