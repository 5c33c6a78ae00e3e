"""The parts of the page on automation: what it assumes, what it would save by category, and how it scales."""

from __future__ import annotations

import streamlit as st

from vitals import formats
from vitals.ui import charts
from vitals.ui.page import failure, frame, pricing_columns, session, tables
from vitals.ui.page.filters import Period
from vitals.ui.words import automation as words
from vitals.ui.words import caveats

MOST = 1e9
"""More than anybody pays, in money or minutes: sums of it stay numbers."""


def _share(label: str, key: str, start: int, said: str) -> float:
    return st.slider(label, 0, 100, start, format="%d %%", key=key, bind="query-params", help=said) / 100


def _amount(label: str, key: str, start: float, said: str) -> float:
    return float(st.number_input(label, 0.0, MOST, start, key=key, bind="query-params", help=said))


def _assumed() -> dict[str, float]:
    """What an automation does and costs, from the fields."""
    grid = st.grid(3, min_column_width=240, gap="medium")
    with grid.cell():
        tried = _share("Tickets tried", "tried", 30, "Share of people's tickets that automation would try.")
        attempt = _amount("Cost of an attempt", "attempt", 0.1, "What one try costs, resolved or not.")
    with grid.cell():
        success = _share("Success rate", "success", 70, "Share of tries after which nobody has to work on the ticket.")
        handback = _amount("Hand-back, minutes", "handback", 4.0, "More work where a person picks up after a failure.")
    with grid.cell():
        cashable = _share(
            "Cashable", "cashable", 50, "Saved hours are cash only where pay is avoided or they are sold."
        )
        fixed = _amount("Fixed cost a month", "fixed", 500.0, "Licence and upkeep, however many tickets.")
    frame.note(words.JUDGED)
    costs = {"attempt_cost": attempt, "handback_minutes": handback, "fixed_cost": fixed}
    return {"tried_share": tried, "success_share": success, "cashable_share": cashable, **costs}


@failure.fragment
def by_category(period: Period) -> None:
    """What automation would save, category by category, and what an endpoint would cost as their number grows."""
    assumed = _assumed()
    rows = session.run("metrics.automation_categories", **period.months, **assumed)
    company = session.one("metrics.company_margin", **period.months)
    frame.headline(words.gain(formats.rows(rows)))
    frame.note(words.counted(formats.rows(rows), caveats.months(company, period.label)))
    frame.note("Categories by net gain; a success rate above 100 % to pay from is never reached.")
    tables.show(rows, pricing_columns.AUTOMATION, alt="What automation saves and costs by category", key="automation")
    _scale(assumed)
    frame.note(words.CLAIMS)


def _scale(assumed: dict[str, float]) -> None:
    frame.section("Does it grow with the endpoints?")
    left, right = st.columns(2, gap="medium")
    with left:
        each = _amount("Tickets an endpoint and month", "each", 0.3, "Our judgement: put your own figure here.")
    with right:
        minutes = _amount("Minutes of a ticket", "minutes", 20.0, "Our judgement: the table above has your own.")
    kept = {name: value for name, value in assumed.items() if name not in ("tried_share", "cashable_share")}
    costs = session.run("metrics.automation_scale", tickets_each=each, minutes=minutes, **kept)
    frame.note(words.scale(formats.rows(costs)))
    charts.draw(
        charts.scale_lines(costs),
        alt="Cost of an endpoint and month from 1,000 to 10,000 endpoints, by people alone and with automation.",
    )
    tables.show(costs, pricing_columns.AUTOMATION_SCALE, alt="Cost of an endpoint by size", key="scale")
