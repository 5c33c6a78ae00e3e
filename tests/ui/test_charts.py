"""Charts as pure functions: labels in words, arrays not lists, and no crash on missing data."""

from __future__ import annotations

import json
from datetime import date

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import plotly.io
import pytest

from tests.ui import canned
from vitals import formats
from vitals.kept.shelf import Shelf
from vitals.ui import charts, data_health
from vitals.ui.charts import drawing, margin, reviews
from vitals.ui.page import memory, tables

CORRIDORS = pd.DataFrame(
    {
        "client": ["<b>Birch</b>", "Alder", "Quay"],
        "floor_fee": [900.0, 400.0, np.nan],
        "target_fee": [1600.0, 700.0, np.nan],
        "ceiling_fee": [1200.0, 900.0, 500.0],
        "current_fee": [1000.0, 800.0, 500.0],
        "room": ["below_target", "room", None],
    }
)
GAINS = pd.DataFrame(
    {
        "model": ["hourly", "outcome", "per_device"],
        "customer_pays": [900.0, 800.0, np.nan],
        "customer_gain": [540.0, 0.0, np.nan],
        "provider_gain": [-360.0, 180.0, np.nan],
    }
)
BACKLOG = pd.DataFrame(
    {
        "month_start": pd.date_range("2026-01-01", periods=2, freq="MS"),
        "open_at_end": [12, 9],
        "open_over_30_days": [5, 0],
    }
)
COMPONENTS = pd.DataFrame({
    "component": ["delivery", "client_relationship"], "data_score": [2.4, np.nan], "checklist_score": [np.nan, 3.0],
    "parts_measured": [3, 0], "parts": 3,
})  # fmt: skip
CRITERIA = pd.DataFrame({"client": ["<b>Birch</b>", "Quay"], "state": ["met", "not_known"]})
PROPOSALS = pd.DataFrame({"name": ["<b>Ours</b>", "B"], "margin_left": [10.0, -5.0], "customer_pays": [40.0, 20.0]})
PARTS = pd.DataFrame({"place": [2, 1], "item": ["<b>Tools</b>", "Fee"], "term_cost": [5.0, 40.0]})
GATES = pd.DataFrame(
    {
        "client": "<b>Birch</b>",
        "gate": ["history", "time_capture", "filled_tickets", "margin"],
        "is_passed": pd.array([True, False, pd.NA, True], "boolean"),
    }
)
MOVES = pd.DataFrame(
    {
        "quarter_start": [pd.Timestamp("2026-04-01"), pd.Timestamp("2026-07-01"), pd.NaT],
        "moved": [2, 0, 1],
        "opening_margin": [100.0, 140.0, 140.0],
        "plan_gain": [40.0, 0.0, 5.0],
        "closing_margin": [140.0, 140.0, 145.0],
    }
)
STEPS = pd.DataFrame(
    {
        "name": ["Before", "<b>Price</b>", "Tools", "Unknown", "After"],
        "amount": [100.0, -140.0, 15.0, np.nan, -25.0],
        "is_total": [True, False, False, False, True],
    }
)
TRAJECTORY = pd.DataFrame(
    {
        "month_start": pd.date_range("2026-01-01", periods=2, freq="MS"),
        "gross_revenue_retention": [0.96, 0.88],
        "net_revenue_retention": [1.04, 0.97],
        "clients_opening": [40, 41],
        "clients_lost": [1, 3],
    }
)
COHORTS = pd.DataFrame(
    {
        "began": ["Before Dec 2024", "Before Dec 2024", "Q1 2025"],
        "quarters_since": [0, 1, 0],
        "clients_start": [12, 12, 1],
        "clients_kept": [12, 11, 0],
        "mrr_kept": [9000.0, 9400.0, 0.0],
        "mrr_share": [1.0, 1.04, np.nan],
    }
)
MIX = pd.DataFrame({"month_start": pd.date_range("2026-01-01", periods=2, freq="MS")}).assign(
    managed=[900.0, 950.0],
    other_recurring=120.0,
    project=[0.0, 400.0],
    by_the_hour=80.0,
    product=[-50.0, 300.0],
    unclassified=0.0,
    stray_credits=[-20.0, 0.0],
)
DEMAND = pd.DataFrame(
    {
        "client": ["<b>Birch</b>", "Alder", "Quay"],
        "reactive_hours": [40.0, 12.0, 0.0],
        "reactive_tickets_per_user": [0.9, np.nan, 0.1],
    }
)
QUALITY = pd.DataFrame(
    {
        "measure": ["opened again", "rated happy", "escalated"],
        "rate": [0.03, 0.9, np.nan],
        "tickets": [1000, 10, np.nan],
        "rate_low": [0.02, 0.6, np.nan],
        "rate_high": [0.04, 0.98, np.nan],
    }
)
ATTAINMENT_MONTHS = pd.DataFrame(
    {
        "priority": ["<b>P1</b>", "<b>P1</b>", "P2"],
        "month_start": pd.to_datetime(["2026-01-01", "2026-02-01", "2026-02-01"]),
        "resolution_attainment_pct": [0.9, np.nan, 0.99],
        "tickets": [10, 0, 100],
    }
)
AGEING = pd.DataFrame(
    {
        "bucket": ["not_due", "1_30", "over_90", "credit"],
        "label": ["Not due yet", "1 to 30 days overdue", "More than 90 days overdue", "Credit notes not set off"],
        "invoices": [4, 2, 0, 1],
        "clients": [3, 2, 0, 1],
        "open_amount": [4000.0, 1200.0, 0.0, -300.0],
    }
)
COMING = pd.DataFrame(
    {
        "client": ["<b>Birch</b>", "Quay", "Alder", "Open"],
        "agreement": ["Plan", "Block", "Plan", None],
        "state": ["open", "notice_past", "no_notice", "no_date"],
        "comes_as": ["renews", "ends", "ends", None],
        "notice_by": pd.to_datetime(["2026-05-01", "2026-03-01", None, None]),
        "renews_on": pd.to_datetime(["2026-07-01", "2026-04-01", "2026-12-31", None]),
        "at_stake": [1200.0, np.nan, 80.0, np.nan],
    }
)
AS_OF = date(2026, 3, 31)
LEVELS = pd.DataFrame(
    {
        "level": ["1", "1", "<b>Senior</b>"],
        "month_start": pd.to_datetime(["2026-01-01", "2026-02-01", "2026-02-01"]),
        "utilisation_net": [0.72, 0.75, 0.91],
        "technicians": [4, 4, 1],
    }
)
ROLES = pd.DataFrame(
    {
        "technician": ["<b>Ann</b>", "Bob"],
        "logged_hours": [100.0, 80.0],
        "account_hours": [20.0, np.nan],
        "above_hours": [30.0, np.nan],
        "other_share": [0.5, np.nan],
    }
)
GROUPS = pd.DataFrame(
    {
        "group_kind": ["all", "account_manager", "account_manager"],
        "group_name": ["All clients", "<b>Ann</b>", "(nobody)"],
        "quarter_start": pd.to_datetime(["2026-01-01", "2026-01-01", "2026-04-01"]),
        "clients_due": [4, 3, 0],
        "clients_completed": [2, 2, 0],
        "completion_pct": [0.5, 2 / 3, np.nan],
        "reviews_held": [1, 1, 0],
    }
)
CAPACITY = pd.DataFrame(
    {
        "month_start": pd.date_range("2026-01-01", periods=3, freq="MS"),
        "client_hours": [120.0, 150.0, 130.0],
        "capacity_hours": [140.0, 140.0, np.nan],
        "is_ahead": [False, False, True],
    }
)
DEPENDENCE = pd.DataFrame(
    {"client": ["<b>Birch</b>", "Quay"], "top_technician": ["<b>Cy</b>", "Ann"], "top_share": [0.3, 0.62]}
)
FULL = {
    "margin_bars": lambda: charts.margin_bars(canned.clients()),
    "tier_strip": lambda: charts.tier_strip(canned.clients(), canned.FRAMES["metrics.tier_dispersion"]),
    "months_bars": lambda: charts.months_bars(canned.monthly().tail(12)),
    "utilisation_rows": lambda: charts.utilisation_rows(canned.people(), canned.people_monthly()),
    "level_lines": lambda: charts.level_lines(LEVELS),
    "role_bars": lambda: charts.role_bars(ROLES),
    "capacity_bars": lambda: charts.capacity_bars(CAPACITY),
    "dependence_bars": lambda: charts.dependence_bars(DEPENDENCE),
    "review_grid": lambda: charts.review_grid(canned.review_quarters(), canned.NAMES),
    "completion_grid": lambda: charts.completion_grid(GROUPS),
    "pricing_curve": lambda: charts.pricing_curve(canned.curve(), 0.2),
    "corridors": lambda: charts.corridors(CORRIDORS),
    "gains": lambda: charts.gains(GAINS),
    "backlog_bars": lambda: charts.backlog_bars(BACKLOG),
    "attainment_by_month": lambda: charts.attainment_by_month(ATTAINMENT_MONTHS),
    "demand_bars": lambda: charts.demand_bars(DEMAND),
    "quality_rows": lambda: charts.quality_rows(QUALITY),
    "left_out_bars": lambda: charts.left_out_bars(data_health.reasons(canned.left_out_counts())),
    "recurring_bridge": lambda: charts.recurring_bridge(canned.bridge()),
    "retention_lines": lambda: charts.retention_lines(TRAJECTORY),
    "cohort_grid": lambda: charts.cohort_grid(COHORTS),
    "mix_bars": lambda: charts.mix_bars(MIX),
    "ageing_bars": lambda: charts.ageing_bars(AGEING),
    "renewal_marks": lambda: charts.renewal_marks(COMING, AS_OF),
    "attainment_by_priority": lambda: charts.attainment_by_priority(canned.attainment()),
    "waterfall": lambda: charts.waterfall(STEPS, "Nothing is known."),
    "gap_bars": lambda: charts.gap_bars(canned.gaps()),
    "component_rows": lambda: charts.component_rows(COMPONENTS),
    "migration_bridge": lambda: charts.migration_bridge(MOVES),
    "gate_grid": lambda: charts.gate_grid(GATES, ["<b>Birch</b>"]),
    "criteria_bars": lambda: charts.criteria_bars(CRITERIA),
    "proposals": lambda: charts.proposals(PROPOSALS),
    "engagement": lambda: charts.engagement(PARTS),
}
EMPTY = {
    "margin_bars": lambda: charts.margin_bars(canned.clients().head(0)),
    "margin_bars_unknown": lambda: charts.margin_bars(canned.clients().assign(gross_margin=np.nan)),
    "tier_strip": lambda: charts.tier_strip(canned.clients().head(0), pd.DataFrame()),
    "months_bars": lambda: charts.months_bars(canned.monthly().head(0)),
    "utilisation_rows": lambda: charts.utilisation_rows(canned.people().head(0), canned.people_monthly()),
    "level_lines": lambda: charts.level_lines(LEVELS.assign(utilisation_net=np.nan)),
    "role_bars": lambda: charts.role_bars(ROLES.head(0)),
    "capacity_bars": lambda: charts.capacity_bars(CAPACITY.head(0)),
    "dependence_bars": lambda: charts.dependence_bars(DEPENDENCE.assign(top_share=np.nan)),
    "review_grid": lambda: charts.review_grid(canned.review_quarters().head(0), canned.NAMES),
    "completion_grid": lambda: charts.completion_grid(GROUPS.assign(clients_due=0)),
    "pricing_curve": lambda: charts.pricing_curve(canned.curve().head(0), 0.2),
    "corridors": lambda: charts.corridors(CORRIDORS.assign(target_fee=np.nan)),
    "gains": lambda: charts.gains(GAINS.assign(customer_pays=np.nan)),
    "backlog_bars": lambda: charts.backlog_bars(BACKLOG.head(0)),
    "attainment_by_month": lambda: charts.attainment_by_month(ATTAINMENT_MONTHS.iloc[1:2]),
    "demand_bars": lambda: charts.demand_bars(DEMAND.tail(1)),
    "quality_rows": lambda: charts.quality_rows(QUALITY.tail(1)),
    "left_out_bars": lambda: charts.left_out_bars(data_health.reasons(canned.left_out_counts().head(0))),
    "recurring_bridge": lambda: charts.recurring_bridge(canned.bridge().head(1)),
    "retention_lines": lambda: charts.retention_lines(TRAJECTORY.head(0)),
    "cohort_grid": lambda: charts.cohort_grid(COHORTS.head(0)),
    "mix_bars": lambda: charts.mix_bars(MIX.head(0)),
    "ageing_bars": lambda: charts.ageing_bars(AGEING.assign(invoices=0)),
    "renewal_marks": lambda: charts.renewal_marks(COMING.tail(1), AS_OF),
    "attainment_by_priority": lambda: charts.attainment_by_priority(canned.attainment().tail(1)),
    "gap_bars": lambda: charts.gap_bars(canned.gaps().assign(gap=np.nan)),
    "component_rows": lambda: charts.component_rows(COMPONENTS.assign(data_score=np.nan, checklist_score=np.nan)),
    "waterfall": lambda: charts.waterfall(STEPS.assign(amount=np.nan), "Two clients are too few for a tier."),
    "migration_bridge": lambda: charts.migration_bridge(MOVES.assign(moved=0)),
    "gate_grid": lambda: charts.gate_grid(GATES.head(0), []),
    "criteria_bars": lambda: charts.criteria_bars(CRITERIA.head(0)),
    "proposals": lambda: charts.proposals(PROPOSALS.assign(margin_left=np.nan)),
    "engagement": lambda: charts.engagement(PARTS.head(0)),
}


def _texts(figure: go.Figure) -> str:
    """Every word on the chart: annotations, ticks, labels and hover texts."""
    ticks = [*(figure.layout.xaxis.ticktext or ()), *(figure.layout.yaxis.ticktext or ())]
    marks = [text for trace in figure.data for part in (trace.text, trace.hovertext) for text in (part or ())]
    return "\n".join([*(note.text for note in figure.layout.annotations), *ticks, *marks])


@pytest.mark.parametrize("name", FULL)
def test_chart_has_no_legend_and_no_missing_words(name):
    figure = FULL[name]()
    assert figure.data
    assert figure.layout.showlegend is False
    assert not {"nan", "None", "NaT"} & set(_texts(figure).replace(",", " ").split())


@pytest.mark.parametrize("name", FULL)
def test_chart_is_serialised_from_arrays(name):
    for trace in FULL[name]().data:
        assert isinstance(trace.x, np.ndarray)
        assert isinstance(trace.y, np.ndarray)


@pytest.mark.parametrize("name", FULL)
def test_names_are_not_read_as_markup(name):
    assert "<b>" not in _texts(FULL[name]())


@pytest.mark.parametrize("name", EMPTY)
def test_chart_without_data_says_why(name):
    figure = EMPTY[name]()
    assert not figure.data
    assert len(figure.layout.annotations[0].text) > 20


@pytest.mark.parametrize(("rows", "said"), [(1, "1 waits for your choice"), (8, "8 wait for your choice")])
def test_rows_that_wait_are_said_in_their_number(rows, said):
    found = pd.DataFrame({"reason": ["conflicting_duplicate"], "fate": ["waits"], "rows": [rows]})
    assert charts.left_out_bars(found).layout.annotations[0].text == said


def test_losses_lie_left_of_zero_and_come_first():
    figure = charts.margin_bars(canned.clients())
    bars = figure.data[0]
    assert list(bars.x) == sorted(bars.x)
    assert figure.layout.xaxis.range[0] <= 0 <= figure.layout.xaxis.range[1]
    assert [colour == drawing.VERMILION for colour in bars.marker.color] == [value < 0 for value in bars.x]


def test_label_says_money_and_margin():
    row = pd.DataFrame({
        "client_key": ["a"], "client": ["Birch"], "gross_margin": [28_400.0], "gross_margin_pct": [0.46],
        "is_unbilled": [False],
    })  # fmt: skip
    assert charts.margin_bars(row).layout.annotations[0].text == "$28.4k · 46\N{NO-BREAK SPACE}%"


def test_values_stand_at_the_ends_of_their_bars():
    figure = charts.margin_bars(canned.clients())
    ends = [max(0.0, value) for value in figure.data[0].x]
    labels = figure.layout.annotations
    assert [note.x for note in labels] == ends
    assert [note.y for note in labels] == list(figure.data[0].y)
    assert {note.xanchor for note in labels} == {"left"}
    # beside the longest bar there is room for the longest label
    assert figure.layout.margin.r >= drawing.LABEL_LETTER * max(len(note.text) for note in labels)


def _named(figure: go.Figure) -> list[str]:
    return [note.text for note in figure.layout.annotations if not note.text.startswith("median")]


def test_lowest_client_of_each_tier_is_named_however_near_the_others():
    clients = pd.DataFrame({
        "client_key": list("abcd"), "client": ["Ash", "Birch", "Cedar", "Elm"], "service_tier": ["Gold"] * 3 + ["Tin"],
        "gross_margin_pct": [0.40, 0.41, 0.42, 0.9],
    })  # fmt: skip
    tiers = pd.DataFrame({
        "service_tier": ["Gold", "Tin"], "median_gross_margin_pct": [0.41, 0.9], "iqr_gross_margin_pct": np.nan,
    })  # fmt: skip
    figure = charts.tier_strip(clients, tiers)
    assert _named(figure) == ["Ash", "Elm"]
    # a name near the right end grows to the left
    assert [note.xanchor for note in figure.layout.annotations if note.text in ("Ash", "Elm")] == ["left", "right"]


def test_middle_half_of_a_tier_is_a_box_where_enough_clients_make_one():
    figure = charts.tier_strip(canned.clients(), canned.FRAMES["metrics.tier_dispersion"])
    boxes = [(shape.x0, shape.x1) for shape in figure.layout.shapes if shape.type == "rect"]
    assert boxes == [(0.2, 0.42)]


def test_too_many_clients_show_both_ends():
    many = pd.DataFrame({
        "client_key": [str(i) for i in range(500)], "client": "same name",
        "gross_margin": np.arange(500.0), "gross_margin_pct": 0.5, "is_unbilled": False,
    })  # fmt: skip
    shown = charts.margin_bars(many).data[0].x
    assert len(shown) == margin.MOST_BARS
    assert {shown[0], shown[-1]} == {0.0, 499.0}


def test_low_capture_is_hollow():
    marks = charts.utilisation_rows(canned.people(), canned.people_monthly()).data[1].marker
    assert list(marks.symbol) == ["circle", "circle-open", "circle", "circle"]


def test_crossover_is_named():
    assert "outcome pays better" in _texts(charts.pricing_curve(canned.curve(), 0.2))
    without = canned.curve().assign(crossover=1.4)
    assert "outcome pays better" not in _texts(charts.pricing_curve(without, 0.2))


def test_each_state_of_a_review_has_a_sign_of_its_own():
    signs = {word: symbol for word, symbol, _ in reviews.STATES.values()}
    assert len(set(signs.values())) == len(signs) == 6
    assert [word for word in signs if word not in charts.REVIEW_SIGNS] == []
    # one drawn for each cell, and none left blank
    quarters = canned.review_quarters()
    figure = charts.review_grid(quarters, canned.NAMES)
    assert sum(len(trace.x) for trace in figure.data) == len(quarters)


def test_grid_of_reviews_has_the_order_of_its_table():
    names = canned.NAMES[::-1]
    labels = charts.review_grid(canned.review_quarters(), names).layout.yaxis.ticktext
    assert [label.strip() for label in labels] == [drawing.short(name) for name in names]


def test_bars_of_a_month_add_up_to_what_moved_its_recurring_revenue():
    bridge = canned.bridge()
    figure = charts.recurring_bridge(bridge)
    moved = sum(trace.y for trace in figure.data)
    assert np.allclose(moved, (bridge["closing"] - bridge["opening"])[1:])
    assert [note.text for note in figure.layout.annotations] == ["before: $91.8k a month", "after: $127.2k a month"]
    looks = {(trace.marker.color, trace.marker.pattern.shape) for trace in figure.data}
    assert len(looks) == len(figure.data) == 6


def test_months_in_which_nothing_moved_have_no_empty_frame():
    still = canned.bridge().assign(expansion=0, arrived=0, first_seen=0, reactivation=0, contraction=0, churn=0)
    (note,) = charts.recurring_bridge(still).layout.annotations
    assert note.text == "Nothing moved the recurring revenue of these months."


def test_priority_that_misses_its_target_most_stands_first_and_out():
    figure = charts.attainment_by_priority(canned.attainment())
    assert [label.strip() for label in figure.layout.yaxis.ticktext] == ["P2", "**P1**"]
    resolved, answered = figure.data
    assert list(resolved.x) == [0.9, 0.96] and list(answered.x) == [0.99, 0.95]
    assert list(resolved.marker.color) == [drawing.AMBER, drawing.BLUE]
    assert list(answered.marker.color) == [drawing.BLUE, drawing.BLUE]
    assert figure.layout.xaxis.range[0] < 0.9


def test_chart_of_the_same_rows_is_made_once_until_the_workspace_changes(monkeypatch):
    state = {}
    monkeypatch.setattr(memory.st, "session_state", state)
    clients, monthly = canned.clients(), canned.monthly()
    first = charts.margin_bars(clients)
    assert charts.margin_bars(clients.copy()) is first
    assert charts.margin_bars(clients.assign(revenue=clients["revenue"] + 1)) is not first
    assert charts.months_bars(monthly) is not charts.months_bars(monthly, "revenue")
    # what a change of the workspace leaves behind
    state[memory.KEPT] = {}
    assert charts.margin_bars(clients) is not first


def _asked(shelf, rows):
    """Rows as a query of what is read together gives them."""
    return memory.once(("rows", len(rows)), lambda: rows, shelf=shelf).copy(deep=False)


def test_chart_of_rows_that_readers_share_is_made_once_for_them_and_for_nobody_else(monkeypatch):
    shelf, other = Shelf(), Shelf()
    first = charts.margin_bars(tables.only(_asked(shelf, canned.clients()), []))
    monkeypatch.setattr(memory.st, "session_state", {})
    again = charts.margin_bars(_asked(shelf, canned.clients()).sort_values("revenue").sort_index())
    assert again is first
    assert memory.st.session_state == {}
    # who reads another workspace, or none, has nothing of it, were its rows the same
    own = [charts.margin_bars(rows) for rows in (_asked(other, canned.clients()), canned.clients())]
    assert own[0] is not first and own[1] is not first
    assert (shelf.things, other.things) == (2, 2)
    # nor does anybody once its last reader has left
    late = _asked(other, canned.clients())
    other.clear()
    assert charts.margin_bars(late) is not own[0]
    assert other.things == 0


def test_chart_of_anything_else_a_reader_keeps_for_itself(monkeypatch):
    shelf, other, state = Shelf(), Shelf(), {}
    monkeypatch.setattr(memory.st, "session_state", state)
    rows, strange = (_asked(one, canned.clients()) for one in (shelf, other))
    quarters = _asked(shelf, canned.review_quarters())
    known = shelf.things
    for own in (canned.clients(), pd.DataFrame(rows.to_dict("records")), pd.concat([rows, strange, canned.clients()])):
        assert charts.margin_bars(own) is charts.margin_bars(own)
    charts.review_grid(quarters, ["a name that was typed"])
    charts.review_grid(quarters, strange["client"])
    assert (shelf.things, other.things) == (known, 1)
    assert len(state[memory.KEPT]) == 5


def test_chart_that_two_draw_in_two_inks_is_each_in_its_own_and_stays_as_it_was():
    figure = charts.margin_bars(canned.clients())
    before = plotly.io.to_json(figure)
    light, dark = (drawing._Ready(figure, ink).to_dict() for ink in drawing.INK.values())
    for said, ink in ((light, drawing.INK["light"]), (dark, drawing.INK["dark"])):
        expected = go.Figure(figure)
        expected.update_layout(font_color=ink, hoverlabel_font_color=ink)
        expected.update_xaxes(tickfont_color=ink)
        expected.update_yaxes(tickfont_color=ink)
        assert json.loads(plotly.io.to_json(said, validate=False)) == json.loads(plotly.io.to_json(expected))
    assert plotly.io.to_json(figure) == before


def test_corridor_of_a_fee_goes_from_floor_to_ceiling_and_marks_a_target_beyond_it():
    line, target, today, closed = charts.corridors(CORRIDORS).data
    assert list(line.x[:2]) == [900, 1200] and np.isnan(line.x[2]) and len(line.x) == 6
    assert list(target.x) == [1600, 700] and list(target.marker.color) == [drawing.AMBER, drawing.BLUE]
    assert list(today.x) == [1000, 800]
    assert np.isnan(closed.x).all()


def _many(rows: pd.DataFrame, times: int = 50, **columns: str) -> pd.DataFrame:
    """The same rows many times over, each with a name of its own."""
    made = pd.concat([rows] * times, ignore_index=True)
    return made.assign(**{name: [f"{stem} {place}" for place in range(len(made))] for name, stem in columns.items()})


CUT = {
    "corridors": (lambda: charts.corridors(_many(CORRIDORS, client="C")), "The 60 clients that pay least"),
    "crossovers": (lambda: charts.crossovers(_many(canned.regimes(), client="C"), 0.2), "The 60 clients for whom"),
    "gate_grid": (lambda: charts.gate_grid(GATES, [f"C {place}" for place in range(70)]), "The 60 clients first"),
    "demand_bars": (lambda: charts.demand_bars(_many(DEMAND, client="C")), "The 20 clients with the most hours"),
    "dependence_bars": (lambda: charts.dependence_bars(_many(DEPENDENCE, client="C")), "The 20 clients that rest"),
    "role_bars": (lambda: charts.role_bars(_many(ROLES, technician="T")), "The 20 technicians, seniors"),
    "renewal_marks": (lambda: charts.renewal_marks(_many(COMING, client="C"), AS_OF), "The 30 agreements that come up"),
    "margin_bars": (
        lambda: charts.margin_bars(_many(canned.clients(), client="C", client_key="c")),
        "The 20 clients at both ends, 10 lowest and 10 highest, of",
    ),
    "answer_bars": (
        lambda: charts.answer_bars(_many(PROPOSALS), "name", "margin_left"), "The 30 first rows, of 100; all are in"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CUT)
def test_a_chart_that_leaves_rows_to_the_table_says_which_and_how_many(name):
    make, said = CUT[name]
    assert make().layout.meta.startswith(said)
    assert name not in FULL or FULL[name]().layout.meta is None


def test_where_no_fee_suits_both_the_corridor_is_marked_and_says_so():
    figure = charts.corridors(CORRIDORS.assign(floor_fee=1300.0, room=["no_room", "room", None]))
    assert figure.data[3].x[0] == 1300 and np.isnan(figure.data[3].x[1])
    assert [note.text for note in figure.layout.annotations] == ["no room, today $1k", "$700, today $800"]
    assert figure.data[3].marker.symbol == "x-thin" and "✕ no room" in charts.CORRIDOR_SIGNS


def test_bars_of_the_backlog_hold_what_is_old_and_what_is_not():
    old, young = charts.backlog_bars(BACKLOG).data
    assert (list(old.y), list(young.y)) == ([5, 0], [7, 9])
    assert [note.text for note in charts.backlog_bars(BACKLOG).layout.annotations] == ["12<br>5 old", "9"]


def test_each_part_of_a_waterfall_begins_where_the_one_before_it_ended():
    bars = charts.waterfall(STEPS, "Nothing is known.").data[0]
    assert list(bars.base) == [0, 100, -40, 0]
    assert list(bars.x) == [100, -140, 15, -25]
    # the last total is where the parts end
    assert bars.base[2] + bars.x[2] == bars.x[3]
    assert list(bars.marker.color) == [drawing.GREY, drawing.VERMILION, drawing.BLUE, drawing.GREY]
    labels = [note.text for note in charts.waterfall(STEPS, "Nothing is known.").layout.annotations]
    assert labels == ["$100", f"{formats.MINUS}$140", "+$15", f"{formats.MINUS}$25"]
    low, high = charts.waterfall(STEPS, "Nothing is known.").layout.xaxis.range
    assert (low, high) == (-40, 100)


def test_whoever_files_more_tickets_than_is_usual_is_amber():
    figure = charts.demand_bars(DEMAND)
    assert list(figure.data[0].marker.color) == [drawing.AMBER, drawing.GREY]
    assert [note.text.replace("\N{NO-BREAK SPACE}", " ") for note in figure.layout.annotations] == [
        "40.0 h · 0.9",
        "12.0 h",
    ]


def test_a_month_below_the_line_is_amber_and_one_without_tickets_empty():
    marks = charts.attainment_by_month(ATTAINMENT_MONTHS).data[0]
    assert (list(marks.text), list(marks.textfont.color)) == (["90", "99"], [drawing.AMBER, drawing.BLUE])


def test_clients_half_of_whose_hours_are_of_one_are_amber_and_first():
    figure = charts.dependence_bars(DEPENDENCE)
    assert (list(figure.data[0].x), list(figure.data[0].marker.color)) == ([0.62, 0.3], [drawing.AMBER, drawing.GREY])


def test_the_bridge_of_a_plan_has_a_step_for_each_quarter_that_moves_somebody():
    figure = charts.migration_bridge(MOVES)
    assert list(figure.data[0].x) == [100, 40, 5, 145]
    names = [tick.strip() for tick in figure.layout.yaxis.ticktext]
    assert names == ["Today", "Q2 2026: 2 clients", "No date: 1 client", "After the plan"]


def test_a_gate_that_cannot_be_tested_has_a_sign_of_its_own():
    passed, failed, untested = charts.gate_grid(GATES, ["<b>Birch</b>"]).data
    assert [list(trace.x) for trace in (passed, failed, untested)] == [[0, 3], [1], [2]]
    assert len({passed.marker.symbol, failed.marker.symbol, untested.marker.symbol}) == 3
    assert untested.hovertext[0] == "&lt;b&gt;Birch&lt;/b&gt;, tickets: can't be tested"
