"""The rows behind a number: which of them are asked for, how many there are, and what they come to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
import streamlit as st

from vitals import formats
from vitals.catalogue import Number, numbers
from vitals.ui.page import explain, filters, session, tables
from vitals.ui.page.safe import md

MOST_SHOWN = 500


@dataclass(frozen=True)
class Chosen:
    """The rows that were asked for: their kind, the number that they make, and the parameters of their query."""

    kind: explain.Kind
    params: dict[str, Any]
    period: filters.Period
    number: Number | None = None

    @property
    def numbers(self) -> list[str]:
        """The number that they make by name, if it is one's."""
        return [self.number.name] if self.number else []

    @property
    def reckoned(self) -> str:
        """How the number is made of them, in words."""
        return f"{self.number.label}: {self.number.formula}." if self.number else ""

    def rows(self) -> pd.DataFrame:
        """As many of them as a screen can show."""
        return session.run(self.kind.table.query, at_most=MOST_SHOWN, **self.params)

    def total(self, found: pd.DataFrame) -> str:
        """How many there are and what they add up to: "1,943 invoice lines bring $2,813,544.61 of revenue"."""
        when = self.kind.when(self.period)
        if found.empty:
            return f"There is no row of this kind: {when}."
        made = self.number.rows if self.number else None
        form = (made and made.form) or self.kind.form
        first = found.iloc[0]
        sums = {name: formats.written(first.get(f"{name}_in_all"), form) for name in ("whole", "part")}
        said = (made or self.kind).says.format(**sums)
        return f"{formats.plural(int(first['rows_in_all']), self.kind.noun)} {said}: {when}."

    def downloads(self, found: pd.DataFrame) -> None:
        """All of them as files, and that a screen shows only the first where it does."""
        if found.empty:
            return
        if (rows := int(found.iloc[0]["rows_in_all"])) > len(found):
            st.caption(md(f"The first {formats.plural(len(found), 'row')}; the files hold all {formats.count(rows)}."))
        name = self.kind.name.lower().replace(" ", "-") + "."
        tables.downloads(found, self.kind.table.captioned, name, "rows", self._all, self.kind.name)

    def _all(self, make: Callable[[pd.DataFrame], bytes]) -> Callable[[], bytes]:
        """Makes a file of all rows when somebody asks for it, from the workspace as it is then."""
        return session.frame_later(make, self.kind.table.query, at_most=None, **self.params)


def _one_of(label: str, key: str, names: Iterable[str]) -> str | None:
    options = [explain.ALL, *names]
    filters.follow_address(key, options)
    if st.session_state.get(key, explain.ALL) not in options:
        # a number of another kind of rows
        st.session_state[key] = explain.ALL
    shown = st.selectbox(md(label), options, key=key, bind="query-params")
    return None if shown == explain.ALL else str(shown)


def _numbers_of(kind: explain.Kind) -> dict[str, Number]:
    """The numbers that such rows make, by their labels; the same of a client and of the company stands there once."""
    made = (item for item in reversed(numbers().values()) if item.rows and item.rows.kind == kind.name)
    return {explain.called(item): item for item in made}


def _of_a_year(period: filters.Period) -> filters.Period:
    """The twelve months that close on its day; its own while none closes."""
    span = session.one("metrics.signal_window", as_of=period.as_of)
    if formats.is_missing(span.get("closing_month")):
        return period
    return replace(period, month_from=span["twelve_from"], month_to=span["closing_month"])


def _of_its_day(period: filters.Period, kind: explain.Kind, one: Number | None) -> filters.Period:
    """As of the day that the kind's own files reach; its own where there is none, or the number is of months."""
    if not kind.dated_by or (one and explain.is_of_months(one)):
        return period
    return replace(period, as_of=session.one(kind.dated_by).get("as_of") or period.as_of)


def choose(period: filters.Period) -> Chosen:
    """Which rows to show, as the address and the visitor say."""
    kinds = {kind.name: kind for kind in explain.held_kinds()}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        first = next(iter(kinds))
        filters.follow_address(explain.KIND, kinds)
        said = st.segmented_control(
            "Kind of row", list(kinds), default=first, key=explain.KIND, bind="query-params", required=True
        )
        kind = kinds.get(str(said), kinds[first])
        made = _numbers_of(kind)
        one = made.get(_one_of("Number", explain.NUMBER, reversed(made)) or "") if made else None
        names = session.run("metrics.names_of_rows")
        period = _of_a_year(period) if one and explain.is_of_a_year(one) else period
        period = _of_its_day(period, kind, one)
        known = {**period.months, "as_of": period.as_of, "subset": (one and one.rows and one.rows.only) or None}
        params: dict[str, Any] = {name: value for name, value in known.items() if name in kind.params}
        for column, key in explain.BY.items():
            if column in kind.params:
                options = sorted(set(names.loc[names["kind"] == column, "name"].dropna()), key=str.casefold)
                params[column] = _one_of(column.capitalize(), key, options)
    return Chosen(kind, params, period, one)
