"""How is this made, and what does it leave out: the way from a number on screen to its words, SQL and rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from vitals import formats
from vitals.assumptions import Assumption, assumptions
from vitals.catalogue import Number, number
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
PRIORITY, CATEGORY = "of_priority", "of_category"
"""What is chosen, also in the address."""
BY = {"client": CLIENT, "technician": TECHNICIAN, "priority": PRIORITY, "category": CATEGORY}
"""What rows can be chosen by, and where the choice stands."""
ALL = "All"


@dataclass(frozen=True)
class Kind:
    """One kind of rows: what it is called, and the table that shows them."""

    name: str
    table: tables.Table
    noun: str
    says: str
    """What all of them add up to in a sentence, with the places of the sums."""
    form: str = "count"
    dated_by: str = ""
    """What tells the day that they are as of, where it isn't that of the months."""

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
    Kind("Payments", columns.PAYMENTS, "invoice line",
         "ask for {whole}; {part} of it is not paid, as far as files say so",
         "money_exact", "metrics.payments_day"),
    Kind("Reviews owed", columns.REVIEWS_OWED, "client", "owed a review, {part} of which had it inside the cadence"),
    Kind("Contracted hours", columns.CAPACITY, "month",
         "of technicians hold {whole} without leave and holidays, {part} of which went to clients", "hours"),
    Kind("Money at stake", columns.AT_STAKE, "client", "would bring {whole} more a year", "money_exact"),
)  # fmt: skip


def held_kinds() -> list[Kind]:
    """The kinds of rows that the loaded files hold."""
    held = session.held()
    return [kind for kind in KINDS if kind.is_in(held)]


def _whose() -> dict[str, str]:
    """The client or technician that the page is about, as the page of rows knows them."""
    about = record.about()
    return {
        CLIENT: about.get(contents.CLIENT, ALL),
        TECHNICIAN: about.get(contents.TECHNICIAN, ALL),
        PRIORITY: ALL,
        CATEGORY: ALL,
    }


def _ways_to_rows(entities: Iterable[str]) -> None:
    """The ways to all rows of these entities: of the client or technician that the page is about, where it is.

    Buttons, since a link would hold the name in its address, as a file has it.
    """
    asked, ways = set(entities), {NUMBER: ALL, **_whose()}
    with st.container(horizontal=True):
        for kind in held_kinds():
            # of every page only what stands in files; the others by their numbers
            if "row_number" in query(kind.table.query).grain and kind.is_in(asked):
                contents.button(md(kind.name), f"rows_{md(kind.name)}", contents.ROWS, {**ways, KIND: kind.name})


def _has_rows(item: Number) -> bool:
    return item.rows is not None and item.rows.kind in {kind.name for kind in held_kinds()}


def _way_to_rows_of(item: Number) -> None:
    """The way to the very rows that make one number, or to those of the numbers that it is reckoned from."""
    if _has_rows(item):
        contents.button(md(f"The rows of: {item.label}"), "rows_of_" + item.name, contents.ROWS, rows_of(item.name))
    parts = [part for part in map(number, item.parts) if _has_rows(part)]
    if parts:
        st.caption("The rows that it is reckoned from:")
        with st.container(horizontal=True):
            for part in parts:
                key = "_".join(("rows_of", item.name, part.name))
                contents.button(md(part.label), key, contents.ROWS, rows_of(part.name))


def rows_of(name: str) -> dict[str, str]:
    """What to choose on the page of rows to see those of a number, of whom the page is about; nothing where no rows
    make it."""
    item = number(name)
    return {KIND: item.rows.kind, NUMBER: called(item), **_whose()} if item.rows else {}


def _kind_of(item: Number) -> Kind:
    return next(kind for kind in KINDS if item.rows and kind.name == item.rows.kind)


def is_of_months(item: Number) -> bool:
    """Whether it is told of chosen months."""
    return "month_from" in query(item.query).params


def is_of_a_year(item: Number) -> bool:
    """Whether it is of the twelve months that close on a day, whatever months are chosen."""
    return "month_from" in _kind_of(item).params and not is_of_months(item)


def called(item: Number) -> str:
    """What a number is called among those whose rows can be chosen."""
    if is_of_a_year(item):
        return f"{item.label}, of a year"
    return f"{item.label}, at the months' end" if _kind_of(item).dated_by and is_of_months(item) else item.label


def leading_to_rows(found: pd.DataFrame, shown: tables.Table, name: str, alt: str, key: str) -> None:
    """A table of priorities or categories, each of which opens the tickets that make a number of it."""
    (by,) = query(number(name).query).grain
    said = f"Click a {by} to see its tickets of “{number(name).label}”; on the keyboard, Enter opens the row."
    st.caption(md(said))
    row = tables.choose(found, shown, alt=alt, key=key, leads_on=True)
    if row is not None:
        contents.go(contents.ROWS, rows_of(name) | {BY[by]: str(found.iloc[row][by])})
