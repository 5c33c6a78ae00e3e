"""The rows behind the numbers: of which kinds there are any, whose they are, what they add up to, and all as a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from vitals import formats, warehouse
from vitals.exports import tables as files
from vitals.queries import query
from vitals.ui.page import columns, contents, filters, record, session, tables
from vitals.ui.page.safe import md

KIND, CLIENT, TECHNICIAN = "kind", "of_client", "of_technician"
"""What is chosen, also in the address."""
ALL = "All"
MOST_SHOWN = 500
MIMES = {"csv": "text/csv", "xlsx": tables.XLSX}


@dataclass(frozen=True)
class Kind:
    """One kind of rows: what it is called, the entities that hold them, and the table that shows them."""

    name: str
    entities: tuple[str, ...]
    table: tables.Table
    noun: str
    says: str
    """What they add up to in a sentence, with the place of the sum."""
    sum: str
    """The column of the sum."""
    form: str = "count"

    @property
    def params(self) -> dict[str, str]:
        """What its query can be asked for."""
        return query(self.table.query).params


KINDS = (
    Kind("Invoice lines", ("invoice_lines",), columns.INVOICE_LINES, "invoice line",
         "bring {} of revenue from clients", "amount_in_all", "money_exact"),
    Kind("Hours", ("time_entries", "tickets"), columns.LABOUR, "record",
         "of work hold {} for clients", "hours_in_all", "hours"),
    Kind("Tickets", ("tickets",), columns.TICKETS, "ticket", "were opened, {} of which have no end yet", "open_in_all"),
    Kind("Reviews", ("reviews",), columns.REVIEW_ROWS, "review",
         "stand in the files up to the end, {} of which count as held", "held_in_all"),
)  # fmt: skip


def _held() -> list[Kind]:
    held = session.held()
    return [kind for kind in KINDS if held.intersection(kind.entities)]


def links(entities: Iterable[str]) -> None:
    """The ways to the rows of these entities: of the client or technician that the page is about, where it is."""
    asked, about = set(entities), record.about()
    said = ((CLIENT, about.get(contents.CLIENT)), (TECHNICIAN, about.get(contents.TECHNICIAN)))
    whose = {key: name for key, name in said if name}
    with st.container(horizontal=True):
        for kind in _held():
            if asked.intersection(kind.entities):
                contents.link_to_rows(
                    kind.name, {KIND: kind.name, **{key: name for key, name in whose.items() if name}}
                )


@dataclass(frozen=True)
class Chosen:
    """The rows that were asked for: their kind and the parameters of its query."""

    kind: Kind
    params: dict[str, Any]

    def rows(self) -> pd.DataFrame:
        """As many of them as a screen can show."""
        return session.run(self.kind.table.query, at_most=MOST_SHOWN, **self.params)

    def total(self, found: pd.DataFrame, months: str) -> str:
        """How many there are and what they add up to: "1,943 invoice lines bring $2,813,544.61 of revenue"."""
        if found.empty:
            return f"There is no row of this kind in {months}."
        first = found.iloc[0]
        total = formats.written(first[self.kind.sum], self.kind.form)
        return f"{formats.plural(int(first['rows_in_all']), self.kind.noun)} {self.kind.says.format(total)}: {months}."

    def downloads(self, found: pd.DataFrame) -> None:
        """All of them as files, and that a screen shows only the first where it does."""
        if found.empty:
            return
        if (rows := int(found.iloc[0]["rows_in_all"])) > len(found):
            st.caption(md(f"The first {formats.count(len(found))} rows; the files hold all {formats.count(rows)}."))
        described = {column.caption: column for column in self.kind.table.described}
        makes: dict[str, Callable[..., bytes]] = {
            "csv": files.csv_file,
            "xlsx": partial(
                files.as_xlsx,
                forms={caption: column.form for caption, column in described.items()},
                title=self.kind.name,
            ),
        }
        name = self.kind.name.lower().replace(" ", "-") + "."
        with st.container(horizontal=True, horizontal_alignment="right", gap="small"):
            for ending, make in makes.items():
                tables.download(ending, MIMES[ending], self._file(make, described), name, "rows")

    def _file(self, make: Callable[..., bytes], described: dict[str, tables.TableColumn]) -> Callable[[], bytes]:
        """Makes the file when somebody asks for it, from the workspace as it is then."""

        def made(con: warehouse.Connection) -> bytes:
            found = warehouse.run(con, self.kind.table.query, at_most=None, **self.params)
            return make(tables.rows(found, described))

        return session.later(made)


def _whose(label: str, key: str, names: pd.Series) -> str | None:
    options = [ALL, *sorted(set(names.dropna()), key=str.casefold)]
    shown = st.selectbox(md(label), options, key=key, bind="query-params")
    return None if shown == ALL else str(shown)


def choose(period: filters.Period) -> Chosen:
    """Which rows to show, as the address and the visitor say."""
    kinds = {kind.name: kind for kind in _held()}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        said = st.segmented_control("Kind of row", list(kinds), key=KIND, bind="query-params", required=True)
        kind = kinds.get(str(said), next(iter(kinds.values())))
        names = session.run("metrics.names_of_rows")
        params: dict[str, Any] = {name: value for name, value in period.months.items() if name in kind.params}
        for label, key, column in (("Client", CLIENT, "client"), ("Technician", TECHNICIAN, "technician")):
            if column in kind.params:
                params[column] = _whose(label, key, names.loc[names["kind"] == column, "name"])
    return Chosen(kind, params)
