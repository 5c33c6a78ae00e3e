"""The parts of the pages on targets: one as a buyer sees it, and several side by side."""

from __future__ import annotations

from contextlib import ExitStack
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from vitals import formats, targets, warehouse
from vitals.catalogue import numbers_of
from vitals.exports import tables as files
from vitals.exports import targets as books
from vitals.kept import folder
from vitals.kept.file import Opener
from vitals.kept.folder import Kept
from vitals.targets import COVERED, LINES, MOST, Comparison, Line
from vitals.ui import charts
from vitals.ui.page import contents, download, frame, memory, record, session, signing, standing, tables
from vitals.ui.page.safe import md
from vitals.ui.words import targets as words

HERE = "What is loaded here"
CHOSEN, BY = "compared_targets", "compared_by"
MOST_LISTED = 10
SIGNS = {"high": ":red-badge[High] ", "medium": ":orange-badge[Medium] ", "low": ":gray-badge[Low] "}
NUMBERS = tuple(line.name for line in (*LINES, *COVERED))
"""Every number that is compared."""
BOUNDS = "metrics.red_flag_measures"


def bounds() -> list[str]:
    """The measures that buyers set a bound for, whose query stands behind that of the bounds."""
    record.asked(BOUNDS)
    return [item.name for item in numbers_of(BOUNDS)]


def findings(rows: pd.DataFrame) -> None:
    """The first findings, each with its question and the way to its rows."""
    for row in formats.rows(rows.head(MOST_LISTED)):
        said, way = st.columns(frame.LEAD, vertical_alignment="center")
        with said.container(gap="xxsmall"):
            sign = SIGNS[row["severity"]]
            st.markdown(sign + md(words.finding(row)))
            frame.note(f"To ask: {row['question']}")
        with way:
            contents.link(row["page"], contents.entry(row["page"]).label)


def _here() -> str:
    own = standing.kept_as()
    return f"{own.name} (open)" if own else HERE


def _opened(stack: ExitStack, item: Kept) -> Any:
    con = stack.enter_context(session.another())
    with st.spinner(f"Opening {md(item.name)}"), session.working(Opener()) as process:
        visitor = signing.visitor()
        folder.open_into(con, visitor.open(item.name) if visitor else item, process)
    return con


def _compared(chosen: list[str], kept: dict[str, Kept]) -> Comparison:
    def compare(own: warehouse.Connection) -> Comparison:
        with ExitStack() as stack:
            return targets.compare({name: _opened(stack, kept[name]) if name in kept else own for name in chosen})

    compared: Comparison = session.found(compare)
    return compared


def choose() -> Comparison | None:
    """The targets that the visitor chose, side by side; none of fewer than two."""
    for line in (*LINES, *COVERED):
        record.asked(line.number.query)
    kept = {item.name: item for item in standing.others()}
    known = [*([_here()] if session.held() else []), *kept]
    if len(known) < 2:
        return None
    frame.note(words.many(len(known)))
    chosen = st.multiselect("Workspaces", known, known[:MOST], max_selections=MOST, key=CHOSEN)
    if len(chosen) < 2:
        return None
    key = ("targets", *((name, kept[name].stamp if name in kept else None) for name in chosen))
    return memory.once(key, lambda: _compared(chosen, kept))


def headline(found: Comparison | None) -> str:
    """Who is best, or what it takes to compare."""
    return words.compared(found) if found else words.TOO_FEW


def draw(found: Comparison) -> None:
    """Everything that is compared: a bar for each target by one number, all numbers, and what keeps them apart."""
    for sentence in targets.apart(found):
        frame.note(sentence)
    by = {line.label: line for line in LINES}
    line = by[st.selectbox("Ranked by", list(by), index=list(by).index(_first().label), key=BY)]
    ranked = [
        (target.name, target.values[line.name], words.place(found, line, target)) for target in found.ranked(line)
    ]
    charts.draw(
        charts.answer_bars(pd.DataFrame(ranked, columns=["target", "value", "said"]), "target", "value", "said"),
        alt=f"A bar for each target, the best first: {line.label}.",
    )
    frame.section("Side by side")
    tables.listed(_side_by_side(found, LINES), alt="Each number of each target, with its place", key="compared")
    frame.section("How far each can be believed")
    tables.listed(_coverage(found), alt="What each target's data covers", key="coverage")
    _downloads(found)


def _first() -> Line:
    return next(line for line in LINES if line.name == words.TELLS[0][0])


def _side_by_side(found: Comparison, lines: tuple[Line, ...]) -> pd.DataFrame:
    return pd.DataFrame(
        {"Of": line.group, "Number": line.label}
        | {target.name: words.place(found, line, target) for target in found.targets}
        for line in lines
    )


def _coverage(found: Comparison) -> pd.DataFrame:
    return pd.DataFrame(
        {"Target": target.name, "Compared": target.months.label, "Covered": target.held.label}
        | {line.label: words.figure(target, line) for line in COVERED}
        | {"Currency": target.currency or "not stated", "Does not hold": ", ".join(target.lacks).lower() or "–"}
        for target in found.targets
    )


def _downloads(found: Comparison) -> None:
    with st.container(horizontal=True):
        download.offer("The book (XLSX)", lambda: books.book(found), "compared.xlsx", "compared.xlsx")
        numbers = partial(files.csv_file, targets.rows(found))
        download.offer("All numbers (CSV)", numbers, "compared.csv", "compared.csv")
