"""The page of the data book: which sheets can be filled, whose names it hides, and the files themselves."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pandas as pd
import streamlit as st

from vitals import warehouse
from vitals.exports.book import book, mask
from vitals.exports.book.plan import Sheet, plan
from vitals.queries import query
from vitals.ui.page import contents, download, record, session
from vitals.ui.page.filters import Period
from vitals.ui.page.tables import Table, TableColumn
from vitals.ui.words.books import SheetState

HIDES = {mask.TECHNICIAN: "Hide technicians' names", mask.CLIENT: "Hide clients' names"}
BEYOND = Table(
    "metrics.not_in_exports",
    (
        TableColumn("item", "What is asked for", "text"),
        TableColumn("because", "Why not", "text"),
        TableColumn("needs", "What it would take", "text"),
    ),
)


def _state(sheet: Sheet) -> SheetState:
    """A sheet with what its tables wait for."""
    missing = [contents.missing(query(block.query).needs) for block in sheet.blocks]
    wants = list(dict.fromkeys(need for needs in missing for need in needs))
    return SheetState(sheet.name, sheet.title, contents.listed(wants) if wants else "", all(missing))


def sheets() -> list[SheetState]:
    """Every sheet of the book as it would be filled now; the page explains what they are made of."""
    for name in dict.fromkeys(block.query for sheet in plan().sheets for block in sheet.blocks):
        record.asked(name)
    return list(map(_state, plan().sheets))


def listed(found: Sequence[SheetState]) -> pd.DataFrame:
    """The sheets as a table."""
    return pd.DataFrame(
        {
            "Sheet": [sheet.name for sheet in found],
            "What it says": [sheet.title for sheet in found],
            "State": [sheet.said for sheet in found],
        }
    )


def _made(period: Period, kinds: Sequence[str], con: warehouse.Connection) -> bytes:
    return book.make(con, month_from=period.month_from, month_to=period.month_to, masks=kinds).book


def _key(kinds: Sequence[str], con: warehouse.Connection) -> bytes:
    return mask.mask(con, kinds).key()


def hand_out(period: Period) -> None:
    """Whose names to hide, the book, and the key to the names that it hides: both are made when they are asked for."""
    with st.container(horizontal=True, vertical_alignment="center"):
        kinds = [kind for kind, label in HIDES.items() if _hides(kind, label)]
        book_of = session.later(partial(_made, period, kinds))
        download.offer("Data book", book_of, "data-book.xlsx", "databook_file", type="primary")
        download.offer(
            "Key to the names",
            session.later(partial(_key, kinds)),
            "data-book.key.csv",
            "databook_key",
            disabled=not kinds,
            help="Which code stands for whom. Keep it apart from the book.",
        )


def _hides(kind: str, label: str) -> bool:
    return st.toggle(label, value=kind == mask.TECHNICIAN, key=f"databook_hides_{kind}")
