"""The filters that all pages share, kept in the address so that a link shows the receiver the same view."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from vitals import formats
from vitals.ui.page import contents, failure, session, standing
from vitals.ui.page.contents import Entry
from vitals.ui.page.safe import md
from vitals.ui.words import loads

# The words stand in the address as well, so they are the choices themselves.
USUAL = "Last 12 months"
LENGTHS = {USUAL: 12, "Last 3 months": 3, "Last 6 months": 6, "Last 24 months": 24}
CUSTOM = "Months of your choice"
PERIOD, FROM, TO = "period", "from", "to"
INVOICES, HOURS = BOTH = ("invoices", "hours")
HOLDS = {"has_invoices": INVOICES, "has_labour": HOURS}
COMPLETE = {"is_complete_for_invoices": INVOICES, "is_complete_for_labour": HOURS}
CHOSEN = "vitals_period"


@dataclass(frozen=True)
class Period:
    """The months that a page is about, both ends included, as first days."""

    month_from: date
    month_to: date
    as_of: date
    """The last day of the months, as far as the data reaches: obligations are judged by it."""
    data_through: date
    """The last day of the data, whatever the months."""

    @property
    def is_known(self) -> bool:
        """Whether any month of the data is complete."""
        return self.month_to > date.min

    @property
    def first(self) -> str:
        """The first month in words."""
        return formats.month(self.month_from)

    @property
    def last(self) -> str:
        """The last month in words."""
        return formats.month(self.month_to)

    @property
    def label(self) -> str:
        """The months in words."""
        return formats.months_between(self.month_from, self.month_to)

    @property
    def months(self) -> dict[str, date]:
        """The two month parameters that most queries take."""
        return {"month_from": self.month_from, "month_to": self.month_to}


NO_PERIOD = Period(date.min, date.min, date.min, date.min)
"""What a page that needs no months gets while there are none."""


def _complete_months() -> list[date]:
    """The first days of the months that are complete for invoices or hours, oldest first."""
    found = session.run("metrics.months")
    kept = found[found["is_complete"].astype(bool)]["month_start"]
    return sorted(pd.Timestamp(month).date() for month in kept)


def _choices(months: list[date]) -> list[str]:
    years = sorted({str(month.year) for month in months}, reverse=True)
    return [*LENGTHS, *years, CUSTOM]


def _bounds(choice: str, months: list[date], default: Period) -> tuple[date, date]:
    """First and last month of a choice; the default period decides where the complete months end."""
    if choice in LENGTHS:
        until = [month for month in months if month <= default.month_to][-LENGTHS[choice] :]
        return (default.month_from, default.month_to) if choice == USUAL else (until[0], until[-1])
    year = [month for month in months if str(month.year) == choice]
    return year[0], year[-1]


def _month_box(label: str, key: str, months: list[date], preset: date) -> date:
    known = {formats.month(month): month for month in months}
    index = max(0, months.index(preset) if preset in months else 0)
    chosen = st.selectbox(
        label,
        list(known),
        index=index,
        key=key,
        bind="query-params",
    )
    return known[chosen]


def _custom(months: list[date], default: Period) -> tuple[date, date]:
    """Two months chosen by hand, put in order if the later comes first."""
    first = _month_box("First month", FROM, months, default.month_from)
    last = _month_box("Last month", TO, months, default.month_to)
    return min(first, last), max(first, last)


def _default(page: Entry) -> Period | None:
    """The last 12 months that invoices and hours cover, or invoices alone; else what there is, none without any."""
    found = session.one("metrics.invoice_period" if page.of_invoices else "metrics.default_period")
    if formats.is_missing(found.get("month_from")) or formats.is_missing(found.get("month_to")):
        return None
    return Period(*(found[name] for name in ("month_from", "month_to", "as_of", "data_through")))


def _chosen(months: list[date], default: Period, page: Entry) -> Period:
    choice = st.selectbox("Period", _choices(months), key=PERIOD, bind="query-params")
    first, last = _custom(months, default) if choice == CUSTOM else _bounds(choice, months, default)
    last_day = (pd.Timestamp(last) + pd.offsets.MonthEnd(0)).date()
    shown = Period(first, last, min(last_day, default.data_through), default.data_through)
    said = coverage(session.run("metrics.months"), shown, LENGTHS.get(choice, 0), _counted(page))
    if said:
        st.caption(md(said))
    return shown


def _counted(page: Entry) -> tuple[str, ...]:
    """What a page's months must hold: a page of invoices that says nothing of work needs no hours."""
    return (INVOICES,) if page.of_invoices and not page.also else BOTH


def coverage(found: pd.DataFrame, shown: Period, usual: int = LENGTHS[USUAL], counted: tuple[str, ...] = BOTH) -> str:
    """What of a period is covered, and why the next month isn't in it; empty if all of it is and it has enough."""
    inside = found[_between(found, shown.month_from, shown.month_to)]
    is_judged = counted == BOTH and "is_covered" in inside
    covered = int(inside["is_covered"].sum()) if is_judged else len(inside)
    if covered == len(inside) >= usual:
        return ""
    asked = formats.plural(len(inside), "month")
    if covered < len(inside):
        return f"Invoices and hours cover {formats.count(covered)} of {asked}: {shown.label}."
    said = f"Covers {asked}: {shown.label}."
    later = found[
        _between(found, shown.month_to, shown.data_through) & ~found["month_start"].isin(inside["month_start"])
    ]
    return f"{said} {_why_not(formats.rows(later)[0], counted)}".rstrip() if len(later) else said


def _between(found: pd.DataFrame, first: date, last: date) -> pd.Series:
    months = pd.to_datetime(found["month_start"])
    return (months >= pd.Timestamp(first)) & (months <= pd.Timestamp(last))


def _why_not(month: dict[str, Any], counted: tuple[str, ...]) -> str:
    """Why a month is not among those that pages show by default."""
    name = formats.month(month["month_start"])
    if not month["is_complete"]:
        return f"{name} is not complete."
    lacks = [word for column, word in HOLDS.items() if word in counted and not month.get(column, True)]
    if lacks:
        return f"{name} has no {' and no '.join(lacks)}."
    unfinished = [word for column, word in COMPLETE.items() if word in counted and not month.get(column, True)]
    return f"The {' and '.join(unfinished)} of {name} are not complete." if unfinished else ""


def _holdings() -> None:
    """What the workspace holds, in one small line a kind."""
    if far := standing.published():
        st.caption(md(f"{far.name}: as published, read on {far.address}."))
    if kept := standing.kept_as():
        st.caption(md(f"{kept.name}: {'changed since it was kept' if standing.is_changed() else 'kept as it is'}."))
    found = session.contents()
    lines = [loads.rows_of(row.entity, row.rows) for row in found.itertuples() if row.has_rows]
    st.caption(md(" · ".join(lines)) if lines else "Nothing is loaded yet.")


def draw(page: Entry) -> None:
    """Draw the shared filters in the sidebar and keep what was chosen for this run's page."""
    with st.sidebar, failure.shown():
        default = _default(page)
        months = _complete_months() if default else []
        st.session_state[CHOSEN] = _chosen(months, default, page) if default and months else default
        _holdings()


def period() -> Period | None:
    """The period chosen for this run; none while no month in the data is complete."""
    return st.session_state.get(CHOSEN)


def follow_address(key: str, options: Iterable[str]) -> None:
    """Choose what the address says where a page is entered: the framework tells the browser only of what is no first
    option, and a link to that one would open what was chosen last."""
    if st.session_state.get(contents.ENTERED) and (asked := st.query_params.get(key)) in set(options):
        st.session_state[key] = asked
