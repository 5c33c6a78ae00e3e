"""The parts of the page on outcome prices: one client's fee taken apart, what the book bears and is worth."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from vitals import formats
from vitals.ui import charts
from vitals.ui.page import contents, failure, frame, session, tables
from vitals.ui.page.filters import Period
from vitals.ui.page.pricing_columns import FEE_PARTS, OUTCOME_FIGURES
from vitals.ui.words import plans, prices

CHOSEN = "fee_of"
SAYING_FIGURES = ("pricing", "pricing_models", "scenarios", "migration")
"""The pages that each say what the book would leave under outcome fees, in the order of their steps."""


@failure.fragment
def one_fee(clients: pd.DataFrame, period: Period) -> None:
    """What the target fee of one client is made of; another one is chosen without drawing the page anew."""
    frame.section("What is one client's target fee made of?")
    priced = clients.dropna(subset=["target_fee"])
    keys = dict(zip(priced["client"], priced["client_key"], strict=True))
    chosen = st.selectbox("Client", list(keys), key=CHOSEN, bind="query-params") if keys else ""
    parts = session.run("metrics.outcome_fee_parts", **period.months, client_key=keys.get(chosen))
    frame.note(prices.fee(formats.rows(parts)))
    charts.draw(
        charts.waterfall(parts, "No client can be priced: that takes six months of hours, and users."),
        alt="The target fee of a month as a waterfall: expected hours, tools, a bad year, credits and margin.",
    )
    if not parts.empty:
        tables.show(parts, FEE_PARTS, alt="The parts of the target fee", key="fee_parts")


def book(period: Period) -> None:
    """What bad years and surges ask of the whole book."""
    frame.section("What does the whole book bear?")
    years = session.one("metrics.outcome_book_years", **period.months)
    frame.note(prices.book(years, session.one("metrics.book_risk", **period.months)))
    frame.note(prices.surges(session.one("metrics.outcome_surges", **period.months)))


def figures(period: Period) -> None:
    """Why four pages say four margins of one book, step by step; asked once it is opened."""
    box = st.expander("Why do other pages say another figure?", key="outcome_figures", on_change="rerun")
    if not box.open:
        return
    found = session.run("metrics.outcome_figures", **period.months, as_of=period.as_of)
    with box:
        frame.note(plans.figures(formats.rows(found)))
        tables.show(found, OUTCOME_FIGURES, alt="The margin of each page, and the steps between them", key="figures")
        with st.container(horizontal=True):
            for page in SAYING_FIGURES:
                contents.link(page, contents.entry(page).label)
