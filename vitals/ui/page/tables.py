"""Tables: which rows and columns they show, how numbers are written, choosing or changing rows, and files of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.dataframe_util import convert_pandas_df_to_arrow_bytes
from streamlit.elements import arrow
from streamlit.proto.ArrowData_pb2 import ArrowData

from vitals import formats
from vitals.exports import tables as files
from vitals.ui.page import download, failure, record
from vitals.ui.page.captions import Caption, captions
from vitals.ui.page.filters import Period
from vitals.ui.page.safe import in_cell, md, plain

SPELT_OUT = ("text", "words", "yes_no")
"""Written out before they are shown: yes or no would be drawn as a box to tick."""
TEXT_FORMS = ("text", "words", "quarter", "yes_no")
LETTER, MARGIN, WIDEST, LOOKED_AT = 8, 24, 320, 500
"""Pixels of a letter, of a cell's two margins and of the widest column; how many texts are measured."""
DAYS = ("month", "day", "quarter")
"""Written as a day in a file, which has no time of day."""
AS_IT_IS = "as_it_is"
"""The form of cells that no catalogue describes: a file holds what the screen shows."""
NOTHING = "Nothing to list."
"""In the place of a table without a row."""
STYLED_CELLS = 60_000
"""Beyond this a browser has too many cells written by hand; such tables are shown with the first rows only."""
WRITTEN = "vitals_written"
"""Under what a table holds how its cells are written."""


@dataclass(frozen=True)
class TableColumn:
    """One column on screen; what is left empty is what its caption says."""

    name: str
    label: str = ""
    form: str = ""
    help: str = ""
    width: str | int = ""

    @property
    def caption(self) -> str:
        """The label, with the currency as the unit of money."""
        return formats.captioned(self.label) if self.form in formats.MONEY else self.label


@dataclass(frozen=True)
class Table:
    """The query that a table shows, and which of its columns: by name, or with words of their own where needed."""

    query: str
    columns: tuple[str | TableColumn, ...]

    @cached_property
    def described(self) -> tuple[TableColumn, ...]:
        """Its columns with label, form and help."""
        own = (TableColumn(item) if isinstance(item, str) else item for item in self.columns)
        return tuple(map(self._described, own))

    @property
    def captioned(self) -> dict[str, TableColumn]:
        """Its columns by their captions, which hold the currency, known only while a page is drawn."""
        return {column.caption: column for column in self.described}

    def _described(self, column: TableColumn) -> TableColumn:
        known = captions(self.query).get(column.name, Caption(column.label, "text", ""))
        return replace(
            column,
            label=column.label or known.label,
            form=column.form or known.form,
            help=column.help or known.help,
        )


def _width(column: TableColumn, cells: pd.Series) -> str | int | None:
    """Wide enough for the longest number or the caption: a number cut off at its left end reads as another."""
    if column.width or column.form == "bar":
        return column.width or None
    known = cells.dropna()
    ends = [known.min(), known.max()] if len(known) and column.form not in TEXT_FORMS else list(known.head(LOOKED_AT))
    written = [formats.written(cell, column.form if column.form not in SPELT_OUT else "text") for cell in ends]
    longest = max(map(len, [*written, f"{column.caption}  "]))
    return min(WIDEST, longest * LETTER + MARGIN)


def _settings(column: TableColumn, cells: pd.Series, first: bool) -> Any:
    width: Any = _width(column, cells)
    help_text = md(column.help) if column.help else None
    if column.form == "bar":
        return st.column_config.ProgressColumn(
            column.caption, help=help_text, width=width, format="percent", min_value=0, max_value=1
        )
    alignment: Any = "left" if first or column.form in TEXT_FORMS else "right"
    return st.column_config.Column(column.caption, help=help_text, width=width, pinned=first, alignment=alignment)


def _cells(frame: pd.DataFrame, columns: Sequence[TableColumn]) -> pd.DataFrame:
    """Only the columns asked for; text without invisible characters."""
    shown: dict[str, Any] = {}
    for column in columns:
        cells = frame[column.name]
        if column.form in SPELT_OUT:
            # lists: to read a column of text cell by cell takes longer than all else
            cells = pd.Series([plain(formats.written(cell, column.form)) for cell in cells.tolist()], dtype=object)
        shown[column.name] = cells.reset_index(drop=True)
    return pd.DataFrame(shown)


def _written(cells: pd.Series, column: TableColumn) -> list[str]:
    """How each cell of a column is written."""
    if column.form in SPELT_OUT or column.form not in formats.FORMATS:
        return [str(cell) for cell in cells.tolist()]
    return [formats.FORMATS[column.form](cell) for cell in cells]


def _styled(shown: pd.DataFrame, columns: Sequence[TableColumn]) -> Any:
    """A table with its cells as they are written, for _marshall."""
    styled = shown.style
    written = {column.name: _written(shown[column.name], column) for column in columns}
    vars(styled)[WRITTEN] = pd.DataFrame(written, dtype=object)
    return styled


_DRAWN_FIRST = arrow.marshall_styler


def _marshall(proto: ArrowData, styler: Any, default_uuid: str) -> None:
    """Send how the cells of our tables are written; the framework draws a page of them first, to read it from there."""
    written = vars(styler).get(WRITTEN)
    if written is None:
        _DRAWN_FIRST(proto, styler, default_uuid)
        return
    proto.styler.uuid = default_uuid
    proto.styler.display_values = convert_pandas_df_to_arrow_bytes(written)


arrow.marshall_styler = _marshall


def _known(frame: pd.DataFrame, table: Table) -> list[TableColumn]:
    return [column for column in table.described if column.name in frame.columns]


def _prepared(frame: pd.DataFrame, table: Table, leads_on: bool = False) -> tuple[Any, dict[str, Any]]:
    known = _known(frame, table)
    record.showed_table(table.query, [column.name for column in known])
    rows = max(1, STYLED_CELLS // max(1, len(known)))
    shown = _cells(frame.head(rows), known)
    settings = {
        column.name: _settings(column, shown[column.name], first=place == 0) for place, column in enumerate(known)
    }
    if leads_on and known:
        shown[known[0].name] = [in_cell(cell) for cell in shown[known[0].name].tolist()]
    return _styled(shown, known), settings


def _values(cells: pd.Series, column: TableColumn) -> list[Any]:
    """The cells of a column as a file holds them: numbers with all their digits, days, text; nothing where missing."""
    if column.form in SPELT_OUT:
        return [None if pd.isna(cell) else plain(formats.written(cell, column.form)) for cell in cells]
    if column.form in (*DAYS, "moment"):
        stamps = [None if pd.isna(stamp) else stamp.to_pydatetime() for stamp in pd.to_datetime(cells)]
        return [stamp.date() if stamp and column.form in DAYS else stamp for stamp in stamps]
    kept: list[Any] = cells.astype(object).where(cells.notna(), None).tolist()
    return kept


def rows(frame: pd.DataFrame, columns: dict[str, TableColumn]) -> list[dict[str, Any]]:
    """The rows of a table under their captions, as a file holds them."""
    cells = zip(*(_values(frame[column.name], column) for column in columns.values()), strict=True)
    return [dict(zip(columns, line, strict=True)) for line in cells]


def _as_csv(columns: dict[str, TableColumn], title: str, frame: pd.DataFrame) -> bytes:
    return files.csv_file(rows(frame, columns))


def _as_xlsx(columns: dict[str, TableColumn], title: str, frame: pd.DataFrame) -> bytes:
    return files.as_xlsx(rows(frame, columns), {caption: column.form for caption, column in columns.items()}, title)


def downloads(
    frame: pd.DataFrame,
    columns: dict[str, TableColumn],
    name: str,
    key: str,
    of_all: Callable[[Callable[[pd.DataFrame], bytes]], Callable[[], bytes]] | None = None,
    title: str = "Table",
) -> None:
    """Rows as files, made when one is asked for; name ends in a dot, columns are by their captions; none of no row.

    of_all: makes the file of more rows than the frame has.
    """
    if frame.empty:
        return
    with st.container(horizontal=True, horizontal_alignment="right", gap="small"):
        for ending, as_file in (("csv", _as_csv), ("xlsx", _as_xlsx)):
            make = partial(as_file, columns, title)
            download.offer(
                ending.upper(),
                of_all(make) if of_all else partial(make, frame),
                name + ending,
                f"{key}_{ending}",
                help="All rows of this table as a file",
                type="tertiary",
            )


def _downloads(frame: pd.DataFrame, table: Table, key: str) -> None:
    # captions hold the currency, which is known only while the page is drawn
    columns = {column.caption: column for column in _known(frame, table)}
    downloads(frame, columns, table.query.rpartition(".")[2].replace("_", "-") + ".", key)


def _as_it_stands(frame: pd.DataFrame, captions: Mapping[str, str], key: str) -> None:
    """Rows that are no query's as files, in the words and the order of the screen."""
    columns = {caption: TableColumn(name, caption, AS_IT_IS) for name, caption in captions.items()}
    downloads(frame, columns, re.sub(r"[^a-z0-9]+", "-", key.lower()).strip("-") + ".", key)


def listed(frame: pd.DataFrame, alt: str, key: str) -> None:
    """Rows that are no query's, such as those of a file, to read and to take away."""
    st.dataframe(frame, hide_index=True, alt=alt)
    _as_it_stands(frame, {name: str(name) for name in frame.columns}, key)


def edited(
    frame: pd.DataFrame,
    looks: Mapping[str, Any],
    fixed: Sequence[str],
    alt: str,
    key: str,
    react: Callable[[], None] = lambda: None,
) -> pd.DataFrame:
    """A table to change, and its rows as they stand now to take away.

    looks: the columns shown, in order, each with its caption or its settings; fixed: those that can't be changed;
    react: what follows a change.
    """
    changed = st.data_editor(
        frame,
        hide_index=True,
        column_order=list(looks),
        disabled=list(fixed),
        column_config=dict(looks),
        key=key,
        on_change=failure.guarded(react),
        placeholder=formats.MISSING,
        alt=alt,
    )
    captions = {name: look if isinstance(look, str) else look.get("label") or name for name, look in looks.items()}
    _as_it_stands(changed, captions, f"{key}_rows")
    return changed


def show(
    frame: pd.DataFrame, table: Table, alt: str, key: str = "", has_own_files: bool = False, at_most: int | None = None
) -> None:
    """A table to read, its first rows if at most so many are shown, and all of them to take away.

    has_own_files: the page itself has files, of more than these rows.
    """
    styled, settings = _prepared(frame.head(at_most) if at_most else frame, table)
    if frame.empty:
        st.caption(NOTHING)
        return
    st.dataframe(styled, hide_index=True, column_config=settings, alt=alt, key=key or None, placeholder=formats.MISSING)
    if not has_own_files:
        _downloads(frame, table, key or table.query)


def show_found(frame: pd.DataFrame, columns: Sequence[TableColumn], alt: str, key: str) -> None:
    """A table of rows that no query of ours describes, and all of them to take away."""
    settings = {column.name: _settings(column, frame[column.name], first=False) for column in columns}
    shown = _styled(_cells(frame, columns), columns)
    st.dataframe(shown, hide_index=True, column_config=settings, alt=alt, key=key, placeholder=formats.MISSING)
    downloads(frame, {column.label: column for column in columns}, "answer.", key)


def _leading_on(name: TableColumn, looks: dict[str, Any], key: str) -> Any:
    """A column of names to click; in full ink, which a pinned column of text is not."""
    return st.column_config.ButtonColumn(
        name.caption, key=key, type="tertiary", pinned=True, alignment="left", width=looks["width"], help=looks["help"]
    )


def choose(frame: pd.DataFrame, table: Table, alt: str, key: str, leads_on: bool = False) -> int | None:
    """A table of which one row can be chosen; returns its position.

    leads_on: its first column is a link. Without a mouse the framework chooses a row by Shift and space, we by Enter.
    """
    styled, settings = _prepared(frame, table, leads_on)
    if frame.empty:
        st.caption(NOTHING)
        return None
    name, clicked = _known(frame, table)[0], f"{key}_name"
    if leads_on:
        settings[name.name] = _leading_on(name, settings[name.name], clicked)
    with st.container(key="rows_of_" + key):
        chosen = st.dataframe(
            styled,
            hide_index=True,
            column_config=settings,
            alt=alt,
            key=key,
            placeholder=formats.MISSING,
            on_select="rerun",
            selection_mode="single-row",
        )
        _downloads(frame, table, key)
    click = st.session_state.get(clicked) if leads_on else None
    picked = [click["row"]] if click else chosen["selection"]["rows"]
    return int(picked[0]) if picked and picked[0] < len(frame) else None


def only(frame: pd.DataFrame, keys: Sequence[Any], column: str = "client_key") -> pd.DataFrame:
    """The rows of the chosen keys, or all while none is chosen."""
    return frame[frame[column].isin(keys)] if keys else frame


def within(frame: pd.DataFrame, period: Period) -> pd.DataFrame:
    """The rows whose month lies in the period."""
    months = pd.to_datetime(frame["month_start"])
    inside = (months >= pd.Timestamp(period.month_from)) & (months <= pd.Timestamp(period.month_to))
    return frame[inside].sort_values("month_start", kind="stable").reset_index(drop=True)
