"""The components on screen: which holds back by the data and which by the answers, and answers that are kept."""

import numpy as np
import pandas as pd
import pytest

from tests.ui import canned
from tests.ui.conftest import open_page, read
from vitals import registers
from vitals.ui import charts, diagnosis
from vitals.ui.words import components

NAMES = ["delivery", "people", "commercial", "technology", "client_relationship", "metrics"]


def rows(**columns) -> pd.DataFrame:
    return pd.DataFrame({
        "place": range(1, 7), "component": NAMES, "data_score": [4.5, 4.1, 3.1, np.nan, 3.7, 4.9],
        "checklist_score": np.nan, "parts_measured": [3, 4, 3, 0, 3, 3], "parts": [3, 4, 4, 3, 3, 3], "answered": 0,
        "evidence": [None if name == "technology" else f"{canned.EVIL[0]} 3.1" for name in NAMES], "needs": None,
        **columns,
    })  # fmt: skip


def said(**columns) -> str:
    return components.headline(rows(**columns).to_dict("records"))


def test_data_and_answers_each_say_which_component_holds_back():
    assert said() == (
        "By the data the commercial model holds back most: 3.1 of 5. The questions below are not answered yet."
    )
    answers = {"checklist_score": [1.7, 5, np.nan, np.nan, np.nan, np.nan]}
    assert said(**answers).endswith("By your answers it is delivery: 1.7 of 5.")
    same = {"checklist_score": [5, 5, 2.3, np.nan, np.nan, np.nan]}
    assert said(**same).endswith("By your answers it is the same one, the commercial model: 2.3 of 5.")
    assert said(data_score=np.nan).startswith("No component can be judged by the data yet")
    one = [np.nan, np.nan, 5.0, np.nan, np.nan, np.nan]
    assert "the commercial model alone can be judged, 5.0 of 5: there is nothing to compare" in said(data_score=one)
    assert "none of the 2 components that can be judged falls short" in said(data_score=[5.0, *one[1:]])


def test_where_data_and_answers_are_far_apart_is_said():
    answers = {"checklist_score": [1.7, 3.0, 4.7, 1.0, np.nan, np.nan]}
    assert components.apart(rows(**answers).to_dict("records")) == (
        "Data and answers say different things of delivery (4.5 and 1.7), the commercial model (3.1 and 4.7)."
    )
    assert components.apart(rows().to_dict("records")) == ""


@pytest.mark.parametrize(
    ("row", "label"),
    [
        ({"data_score": 4.14}, "4.1"),
        ({"data_score": 4.14, "parts_measured": 2}, "4.1 (2 of 4 parts)"),
        ({"data_score": None, "checklist_score": 3.0}, "not measured, answers 3.0"),
    ],
)
def test_a_row_of_the_chart_has_both(row, label):
    assert components.judged({"checklist_score": None, "parts_measured": 4, "parts": 4, **row}) == label


def test_a_component_without_a_score_has_no_dot():
    figure = charts.component_rows(rows(checklist_score=[2.0, *[np.nan] * 5]))
    hollow, full = figure.data
    assert np.isnan(full.x[3]) and np.isnan(hollow.x[1]) and hollow.x[0] == 2


def test_the_page_says_what_it_finds_and_asks_its_questions(results, monkeypatch):
    monkeypatch.setitem(canned.FRAMES, "metrics.components", rows())
    page = open_page("operating_model")
    words = read(page)
    assert "By the data the commercial model holds back most" in words
    assert "never merged" in words and "Yes counts 5, partly 3, no 1." in words
    assert "What each component is judged by" in [box.label for box in page.expander]


def test_every_component_is_asked_about_and_every_part_has_its_bounds():
    checklist = registers.register("checklist")
    assert {row["component"] for row in checklist.rows} == set(NAMES)
    assert len(checklist.rows) == 18 and checklist.checked(checklist.rows)
    assert len(diagnosis.SCORED) == 20
