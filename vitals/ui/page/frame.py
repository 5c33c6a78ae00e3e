"""The page frame: title, age of the data, the headline, and what to say when data is missing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from vitals import formats
from vitals.ui.page import contents, failure, filters, record, session, tables
from vitals.ui.page.safe import md
from vitals.ui.words import caveats

PERIOD = "period"
LEAD = (9, 2)
"""How a line is shared between a sentence and the link beside it."""
WHOLE_BOOK = "All clients together"
WIDTH = 1120
"""A measure that the eye can follow: charts and tables don't grow with the screen."""


def show(run: Callable[[], None]) -> None:
    """Run a page inside the frame: whatever fails becomes a sentence, and amounts are in the workspace's currency."""
    with st.container(width=WIDTH), failure.shown(), session.amounts():
        failure.show_kept()
        run()


def _through_app() -> None:
    """Begin again through app.py if the server ran the page's file alone."""
    if not contents.reached_through_app():
        contents.navigate()
        st.rerun()


def _ends_before(chosen: filters.Period) -> str:
    """Which of invoices and hours end in an earlier month than the data, and when; empty if neither does."""
    found = session.one("metrics.default_period")
    known = {"invoices": found.get("invoices_through"), "hours": found.get("labour_through")}
    last = formats.month(chosen.data_through)
    ends = [
        f"{of} to {formats.day(day)}" for of, day in known.items() if formats.month(day) not in (last, formats.MISSING)
    ]
    return f", {formats.listed(ends)}" if ends else ""


def _dates(chosen: filters.Period, dated: str) -> str:
    """The months the page is about and the age of the data, of each source by itself where one ends months before."""
    through = f"data through {formats.day(chosen.data_through)}{_ends_before(chosen)}"
    return f"{chosen.label} · {through}" if dated == PERIOD else f"As of {formats.day(chosen.as_of)}"


def open_page(page: str, dated: str = PERIOD) -> filters.Period:
    """Draw the page's question and the period, or say what to upload and stop.

    dated: "period" or "as_of" says what the page is about; empty leaves it out, and then no month need be complete.
    """
    _through_app()
    item = contents.entry(page)
    contents.tabs(page)
    st.title(item.question, anchor=False)
    missing, chosen = contents.missing(item.needs), filters.period()
    if missing or (dated and chosen is None):
        contents.empty_page(item.tells, missing)
        st.stop()
    if dated and chosen:
        st.caption(md(_dates(chosen, dated)))
    record.begin()
    if item.margins and chosen:
        _warn_of_hours(chosen)
    if item.managed and chosen:
        _warn_of_coverage(chosen)
    return chosen or filters.NO_PERIOD


def _warn_of_hours(chosen: filters.Period) -> None:
    """Before any figure: that the hours on file carry no margin; by which bounds is explained either way."""
    record.showed(("read_time_capture", "read_unbilled_hours"))
    lead("data_health", caveats.unread(session.one("metrics.margin_reading", **chosen.months)))


def _warn_of_coverage(chosen: filters.Period) -> None:
    """Before any figure: that hours may be the fee's which are not counted as such, and where to say so."""
    lead("assumptions", caveats.of_coverage(session.one("metrics.work_on_top", **chosen.months)))


def headline(sentence: str) -> None:
    """What the page finds, in a sentence."""
    st.header(md(sentence), anchor=False)


def note(sentence: str) -> None:
    """A small remark; nothing if there is none."""
    if sentence:
        st.caption(md(sentence))


def section(title: str) -> None:
    """A heading inside a page."""
    st.subheader(md(title), anchor=False)


def lead(page: str, sentence: str, choices: dict[str, str] | None = None) -> None:
    """The headline of another page, and the way there, to what is chosen on it; nothing if there is none."""
    if not sentence:
        return
    said, way = st.columns(LEAD, vertical_alignment="center")
    said.markdown(md(sentence))
    with way:
        contents.link(page, contents.entry(page).label, choices=choices)


def choose_one(page: str, names: Sequence[str]) -> str:
    """Which of the names a page is about, as its address says; one that isn't among them is told from what is shown."""
    filters.follow_address(page, names)
    asked = st.session_state.get(page)
    shown = st.selectbox(md(page.capitalize()), names, key=page, bind="query-params")
    if asked and asked not in names:
        note(f"{asked} has nothing to show in these months: this is {shown}.")
    record.is_about(page, shown)
    return shown


def choose_client(clients: pd.DataFrame, key: str) -> tuple[str, str | None]:
    """One of the clients by name and key, as the address says, or neither for all of them together."""
    pairs = clients.drop_duplicates("client_key").sort_values("client")
    keys = dict(zip(pairs["client"], pairs["client_key"], strict=True))
    filters.follow_address(key, keys)
    chosen = st.selectbox("Client", [WHOLE_BOOK, *keys], key=key, bind="query-params")
    return (chosen, str(keys[chosen])) if chosen in keys else ("", None)


def _rows_leading_to(page: str, rows: pd.DataFrame, shown: tables.Table, key: str) -> None:
    """A table of names, each of which opens the page about it with the same filters."""
    st.caption(f"Click a name to open the {md(page)}; on the keyboard, Enter opens the row.")
    row = tables.choose(rows, shown, alt=f"Rows that each open a {page}", key=key, leads_on=True)
    if row is not None:
        contents.go(page, {page: str(rows.iloc[row][page])})


def rows_leading_to_client(clients: pd.DataFrame, shown: tables.Table, key: str) -> None:
    """A table of clients, each row of which opens that client's page."""
    _rows_leading_to(contents.CLIENT, clients, shown, key)


def rows_leading_to_technician(technicians: pd.DataFrame, shown: tables.Table, key: str) -> None:
    """A table of technicians, each row of which opens that technician's page."""
    _rows_leading_to(contents.TECHNICIAN, technicians, shown, key)
