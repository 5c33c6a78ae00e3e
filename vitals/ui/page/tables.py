"""Tables: which rows and columns they show, numbers as people write them, a dash for what is missing, and choosing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
import streamlit as st

from vitals import currency, formats
from vitals.ui.page import record
from vitals.ui.page.captions import Caption, captions
from vitals.ui.page.filters import Period
from vitals.ui.page.safe import md, plain

SPELT_OUT = ("text", "words", "yes_no")
"""Written out before they are shown: yes or no would be drawn as a box to tick."""
TEXT_FORMS = ("text", "words", "quarter", "yes_no")
LETTER, MARGIN, WIDEST, LOOKED_AT = 8, 24, 320, 500
"""Pixels of a letter, of a cell's two margins and of the widest column; how many texts are measured."""
STYLED_CELLS = 60_000
"""Beyond this pandas refuses to write each cell by hand; such tables are shown with the first rows only."""


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
        return currency.captioned(self.label) if self.form in formats.MONEY else self.label


@dataclass(frozen=True)
class Table:
    """The query that a table shows, and which of its columns: by name, or with words of their own where needed."""

    query: str
    columns: tuple[str | TableColumn, ...]

    @property
    def described(self) -> tuple[TableColumn, ...]:
        """Its columns with label, form and help."""
        own = (TableColumn(item) if isinstance(item, str) else item for item in self.columns)
        return tuple(map(self._described, own))

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
    """Only the columns asked for; text without invisible characters; decimals as floats so that they sort."""
    shown = frame.loc[:, [column.name for column in columns]].copy()
    for column in columns:
        if column.form in SPELT_OUT:
            written = (formats.written(None if pd.isna(cell) else cell, column.form) for cell in shown[column.name])
            shown[column.name] = [plain(cell) for cell in written]
    return shown


def _styled(shown: pd.DataFrame, columns: Sequence[TableColumn]) -> Any:
    numeric = [column for column in columns if column.form in formats.FORMATS and column.form not in SPELT_OUT]
    forms = {column.name: formats.FORMATS[column.form] for column in numeric}
    return shown.style.format(forms, na_rep=formats.MISSING)


def _prepared(frame: pd.DataFrame, table: Table) -> tuple[Any, dict[str, Any]]:
    known = [column for column in table.described if column.name in frame.columns]
    record.showed_table(table.query, [column.name for column in known])
    rows = max(1, STYLED_CELLS // max(1, len(known)))
    shown = _cells(frame.head(rows), known).reset_index(drop=True)
    settings = {
        column.name: _settings(column, shown[column.name], first=place == 0) for place, column in enumerate(known)
    }
    return _styled(shown, known), settings


def show(frame: pd.DataFrame, table: Table, alt: str, key: str | None = None) -> None:
    """A table to read."""
    styled, settings = _prepared(frame, table)
    st.dataframe(styled, hide_index=True, column_config=settings, alt=alt, key=key, placeholder=formats.MISSING)


def choose(frame: pd.DataFrame, table: Table, alt: str, key: str) -> int | None:
    """A table of which one row can be chosen; returns its position."""
    styled, settings = _prepared(frame, table)
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
    rows = chosen["selection"]["rows"]
    return int(rows[0]) if rows and rows[0] < len(frame) else None


def only(frame: pd.DataFrame, keys: Sequence[Any], column: str = "client_key") -> pd.DataFrame:
    """The rows of the chosen keys, or all while none is chosen."""
    return frame[frame[column].isin(keys)] if keys else frame


def within(frame: pd.DataFrame, period: Period) -> pd.DataFrame:
    """The rows whose month lies in the period."""
    months = pd.to_datetime(frame["month_start"])
    inside = (months >= pd.Timestamp(period.month_from)) & (months <= pd.Timestamp(period.month_to))
    return frame[inside].sort_values("month_start", kind="stable").reset_index(drop=True)
