"""The page of one technician: reached from a row, clients and months, hours over the band, and who has room."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from tests.ui import canned
from tests.ui.conftest import open_page, read
from vitals.ui import charts
from vitals.ui.page import contents
from vitals.ui.words import caveats, people

GAP = "\N{NO-BREAK SPACE}"


def test_row_of_utilisation_leads_to_the_technician(results):
    app = open_page("utilisation")
    app.session_state["people"] = {"selection": {"rows": [1], "columns": [], "cells": []}}
    app.run()
    assert app.title[0].value == contents.entry("technician").question
    assert app.selectbox(key=contents.TECHNICIAN).value == "Bo Chen"


def test_page_begins_with_whoever_is_furthest_over_the_band(results):
    app = open_page("technician")
    assert app.selectbox(key=contents.TECHNICIAN).value == "Ana Ruiz"
    said = read(app)
    assert f"88.0{GAP}% of Ana Ruiz's net hours" in said and f"148{GAP}h over the 70–80{GAP}% band" in said
    shown = {tile.label: tile.value for tile in app.metric}
    assert (shown["Hours over the band"], shown["Room for client work"]) == (f"148{GAP}h", f"0&#46;0{GAP}h")


def test_page_says_for_whom_and_who_has_room(results):
    app = open_page("technician")
    tables = {table.key: table.value for table in app.dataframe}
    assert list(tables["technician_clients"]["client"]) == canned.NAMES[:3]
    assert [len(table.value) for table in app.dataframe if "month_start" in table.value] == [12]
    assert list(tables["room"]["technician"]) == ["Dee Okafor", "**Cy** Dale", "Bo Chen", "Eli Novak"]
    assert f"Room below the upper end of the band: Dee Okafor 292{GAP}h, **Cy** Dale 142{GAP}h" in read(app)


def test_month_that_is_not_known_is_a_gap_and_no_zero():
    bars = charts.technician_bars(canned.technician_months()).data[0]
    assert np.isnan(bars.y[2]) and list(np.isnan(bars.y)).count(True) == 1
    assert list(bars.x) == list(range(12))
    # 0.88 and 0.82 of 150 hours less 120
    assert [label for label in bars.text if label] == ["+12", "+3"]


def test_technician_without_a_known_month_has_a_sentence_instead_of_a_chart():
    figure = charts.technician_bars(canned.technician_months().assign(utilisation_net=np.nan))
    assert not figure.data and "No month" in figure.layout.annotations[0].text
    row = {"technician": "Eli", "utilisation_net": np.nan, "hours_over_band": np.nan, "hours_of_room": np.nan}
    assert people.technician(row, "May 2026") == "Of Eli no month in May 2026 has both hours and a known capacity."


@pytest.mark.parametrize(
    ("share", "room", "where"), [(0.5, 45.0, "below"), (0.75, 7.5, "inside"), (0.7, 15.0, "inside")]
)
def test_sentence_says_where_a_technician_stands(share, room, where):
    row = {"technician": "Eli", "utilisation_net": share, "hours_over_band": 0.0, "hours_of_room": room}
    said = people.technician(row, "May 2026")
    assert f", {where} the 70–80{GAP}% band; " in said and "more would fit" in said


def test_who_logs_nothing_is_not_known_rather_than_idle():
    row = {"technician": "Owen", "utilisation_net": np.nan, "hours_over_band": 0.0, "no_room": "logged no hour"}
    assert people.technician(row, "May 2026") == (
        "Owen logged no hour in May 2026: how much of that time went to clients is not known."
    )
    assert set(people.unlogged(row)) == {"utilisation_net", "hours_over_band"}
    assert people.unlogged({**row, "no_room": None}) == {}


def test_hours_without_any_leave_on_file_are_not_called_net():
    row = {"technician": "Eli", "utilisation_net": 0.5, "hours_over_band": 0.0, "hours_of_room": 45.0}
    plain = people.technician({**row, "net_share": 1.0}, "May 2026")
    assert "of Eli's contracted hours (no leave or holiday is on file) in May 2026" in plain
    assert "of Eli's net hours in" in people.technician({**row, "net_share": 0.9}, "May 2026")


def test_room_names_three_and_counts_the_rest():
    rows = [{"technician": name, "hours_of_room": 10.0 - place} for place, name in enumerate("ABCDE")]
    assert people.room("A", rows) == (
        f"Room below the upper end of the band: B 9.0{GAP}h, C 8.0{GAP}h, D 7.0{GAP}h and 1 more."
    )
    full = [{"technician": "B", "hours_of_room": 0.0}, {"technician": "C", "hours_of_room": pd.NA}]
    assert people.room("A", full) == "Nobody else is known to have room below the upper end of the band."
    assert people.room("A", [rows[0]]) == ""
    # who has left can take on nothing, and of who logs nothing nobody knows
    gone = [
        {"technician": "D", "hours_of_room": pd.NA, "no_room": "has left"},
        {"technician": "E", "hours_of_room": pd.NA, "no_room": "logged no hour"},
    ]
    said = people.room("A", [rows[1], *gone])
    assert said == f"Room below the upper end of the band: B 9.0{GAP}h. Left out: D (has left) and E (logged no hour)."
    leaver = {"technician": "D", "utilisation_net": 0.5, "hours_over_band": 0.0, **gone[0]}
    assert people.technician(leaver, "May 2026").endswith(f", below the 70–80{GAP}% band.")


@pytest.mark.parametrize("page", ["client", "technician"])
def test_name_without_anything_in_these_months_is_told_from_the_one_shown(results, page):
    """A row of reviews may lead to a client without revenue: another one was shown without a word."""
    app = open_page("overview")
    app.session_state[page] = "**Gone** Ltd"
    said = read(app.switch_page(f"pages/{page}.py").run())
    assert "**Gone** Ltd has nothing to show in these months: this is " in said


def test_technicians_of_a_client_lead_to_their_pages(results, monkeypatch):
    monkeypatch.setitem(canned.FRAMES, "metrics.client_technicians", pd.DataFrame({
        "technician_key": ["bo chen"], "technician": ["Bo Chen"], "labour_hours": [12.0], "hours_share": [1.0],
        "labour_cost": [600.0], "assumed_rate_hours": [0.0], "hourly_cost": [50.0],
    }))  # fmt: skip
    app = open_page("client")
    app.session_state["team"] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    assert app.run().selectbox(key=contents.TECHNICIAN).value == "Bo Chen"


def test_page_begins_with_whoever_is_nearest_while_nobody_is_over_the_band(results, monkeypatch):
    rows = canned.room().assign(hours_over_band=[0.0, 0.0, 0.0, 0.0, np.nan])
    monkeypatch.setitem(canned.FRAMES, "metrics.technician_room", rows)
    assert open_page("technician").selectbox(key=contents.TECHNICIAN).value == "Ana Ruiz"


def test_time_that_is_not_written_down_is_said_to_look_like_room():
    row = {"technician": "Eli", "utilisation_net": 0.4, "hours_over_band": 0.0, "hours_of_room": 70.0}
    assert people.capture({**row, "time_capture": 0.76}).startswith(f"76.0{GAP}% of the time at work is written down")
    assert people.capture({**row, "time_capture": 0.9}) == people.capture({**row, "time_capture": None}) == ""
    unread = people.technician({**row, "time_capture": 0.45}, "May 2026")
    assert unread.startswith(f"The band cannot be read: only 45{GAP}% of the time at work is written down. 40.0")


def test_months_whose_hours_are_probably_missing_are_named_with_what_is_on_file():
    march, may = date(2026, 3, 1), date(2026, 5, 1)
    rows = [
        {"technician": "Kim", "month_start": march, "hours_share": 0.38},
        {"technician": "Kim", "month_start": may, "hours_share": 0.0},
        *({"technician": name, "month_start": may, "hours_share": 0.2} for name in ("Lee", "Max", "Noa")),
    ]
    assert people.missing(rows).replace(GAP, " ") == (
        "Hours are probably missing (of the usual, with no leave on file): Kim, Mar 2026 (38 %) and May 2026 (0 %); "
        "Lee, May 2026 (20 %); Max, May 2026 (20 %); 1 more."
    )
    assert people.missing([]) == ""


@pytest.mark.parametrize("page", ["utilisation", "technician"])
def test_pages_where_time_is_judged_name_such_months(results, monkeypatch, page):
    shown = "Ana Ruiz" if page == "utilisation" else open_page(page).selectbox(key=contents.TECHNICIAN).value
    key = shown.lower()
    rows = {"technician_key": [key], "technician": [shown], "month_start": [pd.Timestamp("2025-03-01")],
            "hours": [40.0], "usual_hours": [100.0], "hours_share": [0.4]}  # fmt: skip
    monkeypatch.setitem(canned.FRAMES, "metrics.technician_gaps", pd.DataFrame(rows))
    assert f"Hours are probably missing (of the usual, with no leave on file): {shown}, Mar 2025 (40{GAP}%)." in read(
        open_page(page)
    )


def test_margins_over_months_with_gaps_say_which_way_they_err():
    assert caveats.of_margins({"gap_months": 2}).startswith("Hours of a technician are probably missing in 2 months:")
    assert "missing" not in caveats.of_margins({"gap_months": 0})


def test_whoever_has_room_is_not_said_to_be_left_out(results, monkeypatch):
    """A frame's missing word is a number that counts as true."""
    known = canned.room().assign(no_room=[np.nan, "has left", *[np.nan] * 3])
    monkeypatch.setitem(canned.FRAMES, "metrics.technician_room", known)
    assert "Left out: **Cy** Dale (has left)." in read(open_page("technician"))
