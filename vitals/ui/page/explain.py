"""How is this made, and what does it leave out: the way from a number on screen to its words, SQL and rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
import streamlit as st

from vitals import formats
from vitals.assumptions import Assumption, assumptions
from vitals.catalogue import Number, number, numbers
from vitals.contract import entities
from vitals.queries import Query, assumed_by, query
from vitals.ui.page import columns, contents, filters, record, session, tables
from vitals.ui.page.safe import md
from vitals.ui.words import loads

MOST_FLAGS, MOST_ROWS = 6, 50
"""What a page says of what it leaves out; the page on the data has all."""
ASSUMPTION_FORMS = {"hours": "number", "days": "days", "count": "number"}


def assumption_text(item: Assumption, value: Any) -> str:
    """An assumption's value in its unit; our figure for another currency bears no sign, since it is none of that."""
    if foreign := unconverted(item, value):
        return f"{formats.number(value)} {formats.a_unit(item.unit)}, in the files' currency{foreign}"
    form = ASSUMPTION_FORMS.get(item.kind, item.kind)
    return formats.written(value, "money_exact" if form == "money" and value and value % 1 else form)


def _formula(item: Number) -> None:
    with st.container(gap="xxsmall"):
        st.subheader(md(item.label), anchor=False)
        st.markdown(md(f"{item.formula}."))
        if item.leaves_out:
            st.caption(md(f"Leaves out: {item.leaves_out}."))
        if item.benchmark:
            basis = f" Cost basis: {item.benchmark.basis}." if item.benchmark.basis else ""
            st.caption(md(f"Benchmark: {item.benchmark.said}. Source: {item.benchmark.source}.{basis}"))
        _way_to_rows_of(item)


def unconverted(item: Assumption, value: Any) -> str:
    """That an assumed amount is our figure for another currency; empty for any other value."""
    foreign = formats.unconverted(item.currency) if value == item.default and value is not None else ""
    return f" (judged {foreign})" if foreign else ""


def _assumption(item: Assumption, value: Any) -> str:
    return f"{item.label}: {assumption_text(item, value)}"


def rate_said(name: str) -> str:
    """An assumed amount an hour inside a sentence: with its sign, or in words where it was judged for another one."""
    item, value = assumptions()[name], session.assumed().get(name)
    if unconverted(item, value):
        return f"{formats.number(value)} {formats.a_unit(item.unit)} in the files' currency"
    return formats.money(value)


def rests_on(name: str, amount: Any = 1) -> str:
    """The assumption as a sentence where any amount rests on it and it is our figure for another currency."""
    if formats.is_missing(amount) or not amount:
        return ""
    item, value = assumptions()[name], session.assumed().get(name)
    return f"{_assumption(item, value)}." if unconverted(item, value) else ""


def _assumed(asked: Iterable[str]) -> None:
    """The assumptions that the queries read, or those that they read in turn."""
    bearing = frozenset[str]().union(*map(assumed_by, asked))
    values = session.assumed()
    lines = [_assumption(item, values.get(name)) for name, item in assumptions().items() if name in bearing]
    if lines:
        st.subheader("Assumptions that bear on it", anchor=False)
        for line in lines:
            st.markdown(md(line))
        contents.link("assumptions", "Change an assumption")


def _sql(item: Query) -> None:
    st.subheader(md(item.purpose), anchor=False)
    st.code(item.sql, language="sql", wrap_lines=False, height=320)


def how_made(said: Iterable[str] = ()) -> None:
    """Formula in words, assumptions, and the SQL as written: of the numbers shown and the queries asked on this page.

    said: the numbers that its sentences and charts show, beside those of cards and tables.
    """
    record.showed(said)
    asked = record.queries()
    # the same number of a client and of the company is explained once
    words = {(item.label, item.formula): item for item in reversed([number(name) for name in record.shown()])}
    with st.expander("How is this made?"):
        for item in reversed(words.values()):
            _formula(item)
        if kinds := _kinds():
            st.subheader("The rows behind it", anchor=False)
            _ways_to_rows(kinds)
        _assumed(asked)
        for name in asked:
            # a check says of itself what it looks for
            if query(name).layer != "checks":
                _sql(query(name))


def _flags(kinds: list[str]) -> None:
    """How many of the rows that count look odd, in words."""
    counts = session.run("metrics.flag_counts_by_kind")
    touched = counts[counts["entity"].isin(kinds)]
    if touched.empty:
        return
    said = [f"{row.label.lower()} ({formats.count(row.rows)})" for row in touched.head(MOST_FLAGS).itertuples()]
    more = f", and {formats.plural(len(touched) - MOST_FLAGS, 'other oddity', 'other oddities')}"
    st.markdown(md(f"Counted although odd: {', '.join(said)}{more if len(touched) > MOST_FLAGS else ''}."))


def _left_out_rows(kinds: list[str], count: int) -> None:
    first = session.run("metrics.left_out_first", kinds=",".join(kinds), load_id=None, at_most=MOST_ROWS)
    if count > len(first):
        st.caption(md(f"The first {formats.count(len(first))} of {formats.count(count)} rows."))
    said = loads.with_fate(first)
    tables.show(said, columns.LEFT_OUT, alt="Rows that did not reach these numbers, with the reason")


def _kinds() -> list[str]:
    """The kinds of rows that the page's numbers are made from, in the order of the contract."""
    read = {
        kind
        for name in record.queries()
        for need in (*query(name).needs, *query(name).uses)
        for kind in need.split("|")
    }
    return [name for name in entities() if name in read]


def left_out() -> None:
    """What the page's numbers leave out: in words by number, the flags that touch them, and the rows left out."""
    kinds, said = _kinds(), {number(name).label: number(name).leaves_out for name in record.shown()}
    counts = session.run("metrics.left_out_counts")
    gone = int(counts.loc[counts["entity"].isin(kinds), "rows"].sum()) if len(counts) else 0
    with st.expander(md(f"What this leaves out: {formats.plural(gone, 'row')} of the files it reads")):
        st.caption(md(f"Rows of the files this page reads: {', '.join(kind.replace('_', ' ') for kind in kinds)}."))
        for label, words in said.items():
            if words:
                st.markdown(md(f"{label}: {words}."))
        _flags(kinds)
        if gone:
            _left_out_rows(kinds, gone)
        else:
            st.caption("Every row of the files behind this page was loaded.")
        _to_data_health()


def _to_data_health() -> None:
    contents.link("data_health", "Each of these rows, and the flags with theirs")


KIND, NUMBER, CLIENT, TECHNICIAN = "kind", "of_number", "of_client", "of_technician"
"""What is chosen, also in the address."""
ALL = "All"
MOST_SHOWN = 500


@dataclass(frozen=True)
class Kind:
    """One kind of rows: what it is called, and the table that shows them."""

    name: str
    table: tables.Table
    noun: str
    says: str
    """What all of them add up to in a sentence, with the places of the sums."""
    form: str = "count"

    @property
    def params(self) -> dict[str, str]:
        """What its query can be asked for."""
        return query(self.table.query).params

    def is_in(self, entities: Iterable[str]) -> bool:
        """Whether these entities hold them."""
        return all(set(need.split("|")).intersection(entities) for need in query(self.table.query).needs)

    def when(self, period: filters.Period) -> str:
        """The months or the day that they are of."""
        if "as_of" in self.params:
            return f"as of {formats.day(period.as_of)}"
        return period.label if "month_from" in self.params else f"up to the end of {period.last}"


KINDS = (
    Kind("Invoice lines", columns.INVOICE_LINES, "invoice line",
         "bring {whole} of revenue from clients", "money_exact"),
    Kind("Hours", columns.LABOUR, "record", "of work hold {whole} for clients", "hours"),
    Kind("Tickets", columns.TICKETS, "ticket", "were opened, {part} of which have no end yet"),
    Kind("Reviews", columns.REVIEW_ROWS, "review", "stand in the files, {part} of which count as held"),
    Kind("Reviews owed", columns.REVIEWS_OWED, "client", "owed a review, {part} of which had it inside the cadence"),
    Kind("Contracted hours", columns.CAPACITY, "month",
         "of technicians hold {whole} without leave and holidays, {part} of which went to clients", "hours"),
    Kind("Money at stake", columns.AT_STAKE, "client", "would bring {whole} more a year", "money_exact"),
)  # fmt: skip


def _held() -> list[Kind]:
    held = session.held()
    return [kind for kind in KINDS if kind.is_in(held)]


def _whose() -> dict[str, str]:
    """The client or technician that the page is about, as the page of rows knows them."""
    about = record.about()
    return {CLIENT: about.get(contents.CLIENT, ALL), TECHNICIAN: about.get(contents.TECHNICIAN, ALL)}


def _ways_to_rows(entities: Iterable[str]) -> None:
    """The ways to all rows of these entities: of the client or technician that the page is about, where it is.

    Buttons, since a link would hold the name in its address, as a file has it.
    """
    asked, ways = set(entities), {NUMBER: ALL, **_whose()}
    with st.container(horizontal=True):
        for kind in _held():
            # of every page only what stands in files; the others by their numbers
            if "row_number" in query(kind.table.query).grain and kind.is_in(asked):
                contents.button(md(kind.name), f"rows_{md(kind.name)}", contents.ROWS, {**ways, KIND: kind.name})


def _way_to_rows_of(item: Number) -> None:
    """The way to the very rows that make one number."""
    if item.rows and item.rows.kind in {kind.name for kind in _held()}:
        contents.button(
            md(f"The rows of: {item.label}"), "rows_of_" + item.name, contents.ROWS, rows_of(item.name) | _whose()
        )


def rows_of(name: str) -> dict[str, str]:
    """What to choose on the page of rows to see those of a number; nothing where no rows make it."""
    item = number(name)
    return {KIND: item.rows.kind, NUMBER: _called(item)} if item.rows else {}


def _is_of_a_year(item: Number) -> bool:
    """Whether it is of the twelve months that close on a day, whatever months are chosen."""
    kind = next(kind for kind in KINDS if item.rows and kind.name == item.rows.kind)
    return "month_from" in kind.params and "month_from" not in query(item.query).params


def _called(item: Number) -> str:
    return f"{item.label}, of a year" if _is_of_a_year(item) else item.label


@dataclass(frozen=True)
class Chosen:
    """The rows that were asked for: their kind, the number that they make, and the parameters of their query."""

    kind: Kind
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
    options = [ALL, *names]
    if st.session_state.get(key, ALL) not in options:
        # a number of another kind of rows
        st.session_state[key] = ALL
    shown = st.selectbox(md(label), options, key=key, bind="query-params")
    return None if shown == ALL else str(shown)


def _numbers_of(kind: Kind) -> dict[str, Number]:
    """The numbers that such rows make, by their labels; the same of a client and of the company stands there once."""
    made = (item for item in reversed(numbers().values()) if item.rows and item.rows.kind == kind.name)
    return {_called(item): item for item in made}


def _of_a_year(period: filters.Period) -> filters.Period:
    """The twelve months that close on its day; its own while none closes."""
    span = session.one("metrics.signal_window", as_of=period.as_of)
    if formats.is_missing(span.get("closing_month")):
        return period
    return replace(period, month_from=span["twelve_from"], month_to=span["closing_month"])


def choose_rows(period: filters.Period) -> Chosen:
    """Which rows to show, as the address and the visitor say."""
    kinds = {kind.name: kind for kind in _held()}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        first = next(iter(kinds))
        said = st.segmented_control(
            "Kind of row", list(kinds), default=first, key=KIND, bind="query-params", required=True
        )
        kind = kinds.get(str(said), kinds[first])
        made = _numbers_of(kind)
        one = made.get(_one_of("Number", NUMBER, reversed(made)) or "") if made else None
        names = session.run("metrics.names_of_rows")
        period = _of_a_year(period) if one and _is_of_a_year(one) else period
        known = {**period.months, "as_of": period.as_of, "subset": (one and one.rows and one.rows.only) or None}
        params: dict[str, Any] = {name: value for name, value in known.items() if name in kind.params}
        for label, key, column in (("Client", CLIENT, "client"), ("Technician", TECHNICIAN, "technician")):
            if column in kind.params:
                options = sorted(set(names.loc[names["kind"] == column, "name"].dropna()), key=str.casefold)
                params[column] = _one_of(label, key, options)
    return Chosen(kind, params, period, one)
