"""What came of the files of this visit: the reports behind the start page's cards, and the pages that they answer."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import replace

import streamlit as st

from vitals import workspace
from vitals.ui.page import contents, session
from vitals.ui.page.safe import md
from vitals.workspace import Report

REPORTS = "vitals_reports"
REPEAT = "repeat"
"""What became of a file all of whose readable rows were loaded before."""


def reports() -> list[Report]:
    """What came of the files of this visit, the latest first."""
    return st.session_state.get(REPORTS, [])


def current(report: Report) -> Report:
    """The report of a load with its counts as they stand now: a later file or a choice may have changed them."""
    if report.load_id is None or report.decision == REPEAT:
        return report
    now = session.load(report.load_id)
    decision = "partial" if now.rows_quarantined else "accept"
    return replace(now, decision=decision, warnings=report.warnings, columns=report.columns)


def waits(report: Report) -> bool:
    """Whether the user can still make a load of the file: by an answer, or by saying which column is what."""
    return is_asked(report) or is_unnamed(report)


def files(decision: str) -> int:
    """How many files of this visit came to that end."""
    return len({report.file for report in reports() if report.decision == decision})


def refused() -> int:
    """How many files of this visit can't be used, whatever is said of them."""
    return len({report.file for report in reports() if report.decision == "refuse" and not is_unnamed(report)})


def unnamed() -> int:
    """How many files of this visit wait until their columns are named."""
    return len({report.file for report in reports() if is_unnamed(report)})


def kinds_asked() -> set[str]:
    """The kinds of rows of which a file of this visit waits for an answer."""
    return {report.entity for report in reports() if is_asked(report) and report.entity}


def is_unnamed(report: Report) -> bool:
    """Whether the file's table was read but not recognised, so that the user can say what it holds."""
    return report.decision == "refuse" and bool(report.columns and report.columns.header)


def is_asked(report: Report) -> bool:
    """Whether the file waits for an answer."""
    return report.decision == "ask"


def is_repeated(own: Sequence[Report]) -> bool:
    """Whether all that came of a file is that it was loaded before."""
    return bool(own) and all(report.decision == REPEAT for report in own)


def stays(
    report: Report,
    names: Container[str],
    found: Sequence[Report],
    is_fresh: bool,
    replaced: Mapping[str, int | None],
) -> bool:
    """Whether a report of before is still shown beside those of files that came now.

    It goes when a file of its name comes, unless that brings nothing new or only another of its tables anew; a refusal
    goes as soon as a fresh file loads. replaced says of a file which load is no longer.
    """
    if report.file in replaced:
        return report.load_id not in (None, replaced[report.file])
    if report.file in names:
        own = [item for item in found if item.file == report.file]
        return report.load_id is not None and report.decision != REPEAT and is_repeated(own)
    is_loaded = any(item.decision in ("accept", "partial") for item in found)
    return not (report.decision in ("refuse", REPEAT) and is_fresh and is_loaded)


def put_away(name: str, decision: str = "") -> bool:
    """Forget what came of a file, or only that it came to that end; whether something of it is left."""
    left = [item for item in reports() if item.file != name or (decision and item.decision != decision)]
    st.session_state[REPORTS] = left
    return any(item.file == name for item in left)


def taken_back(load_id: int) -> None:
    """Forget the report of a load, and that its file came twice."""
    names = {report.file for report in reports() if report.load_id == load_id}
    st.session_state[REPORTS] = [
        report
        for report in reports()
        if report.load_id != load_id and not (report.decision == REPEAT and report.file in names)
    ]


def _brings_nothing(report: Report) -> bool:
    already = report.reasons.get("already_loaded")
    return report.load_id is not None and not report.rows_loaded and bool(already)


def _same_files() -> set[int]:
    """The loads of a file that an earlier load has brought to the byte."""
    accounts = session.run("metrics.load_accounts").sort_values("load_id")
    return set(accounts.loc[accounts.duplicated(["short_hash", "entity"]), "load_id"])


def _as_repeat(report: Report, same: set[int]) -> Report:
    if not _brings_nothing(report):
        return report
    if report.load_id not in same:
        return replace(report, decision=REPEAT)
    return replace(report, decision=REPEAT, load_id=None, rows_quarantined=0, warnings=())


def settled(found: Sequence[Report]) -> list[Report]:
    """The reports, those of repeats marked; a file that is loaded already to the byte leaves no second load behind."""
    if not any(_brings_nothing(report) for report in found):
        return list(found)
    same = _same_files()
    gone = [load for report in found if _brings_nothing(report) and (load := report.load_id) in same]
    if gone:
        with session.writing() as cursor:
            workspace.undo(cursor, *gone)
    return [_as_repeat(report, same) for report in found]


def _announced() -> tuple[list[contents.Entry], list[contents.Entry]]:
    """The pages that others announce, and those of them that the loaded files answer."""
    announced = [item for item in contents.entries() if item.shows]
    return announced, [item for item in announced if not contents.missing((*item.needs, *item.also))]


def to_the_result() -> None:
    """The way to the first page that the loaded files answer, as what to do next; nothing where they answer none."""
    for item in _announced()[1][:1]:
        if st.button(f"See the result: {md(item.question)}", type="primary", key="see_result"):
            contents.go(item.name, {})


def links_to_pages(asked: Container[str] = ()) -> None:
    """A link for each question that the loaded files answer, and a line for each that waits for others.

    asked: the kinds of rows of which a file is here already and waits for an answer.
    """
    announced, ready = _announced()
    with st.container(horizontal=True):
        for item in [*ready, contents.entry("data_health")]:
            contents.link(item.name, item.asked_briefly)
    for item in announced:
        if item not in ready:
            st.caption(md(_waits_for(item, asked)))


def _waits_for(item: contents.Entry, asked: Container[str]) -> str:
    """Which files a page waits for: an answer to the question about one that is here, else to be loaded."""
    waits = contents.missing((*item.needs, *item.also))
    if not all(any(name in asked for name in need.split("|")) for need in waits):
        return contents.or_what_to_load(item.name, "")
    kinds = contents.listed([next(name for name in need.split("|") if name in asked) for need in waits])
    return f"{kinds[:1].upper()}{kinds[1:]} wait for your answer above: they show {item.shows}."
