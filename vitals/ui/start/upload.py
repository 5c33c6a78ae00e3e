"""The upload: a place to drop files, the sample, and for each file what came of it, its account and its questions."""

from __future__ import annotations

from typing import Any

import streamlit as st

from vitals import formats
from vitals.errors import COMMAND_LINE
from vitals.ui.page import contents, failure, session
from vitals.ui.page.filters import Period
from vitals.ui.page.safe import md
from vitals.ui.start import history, mapping, questions, queue, reports
from vitals.ui.start.reports import REPEAT
from vitals.ui.words import loads
from vitals.workspace import Report

FIRST = (
    "Time entries and invoices make a good start: with those two, each client's margin is there. Tickets that hold "
    "hours do in place of time entries. All stays in the memory of this computer for this session, and is gone when "
    "you close or reload the tab, unless you keep it under a name on the page Workspaces."
)
ROUND = "vitals_upload_round"
SIGNS = {
    "accept": ":blue-badge[Loaded] ",
    "partial": ":orange-badge[Loaded in part] ",
    "map": ":orange-badge[Columns to be named] ",
    "nothing": ":orange-badge[Nothing loaded] ",
    "ask": ":orange-badge[Waiting for you] ",
    "refuse": ":red-badge[Refused] ",
    REPEAT: ":gray-badge[Nothing new] ",
}
ORDER = {decision: place for place, decision in enumerate(("ask", "refuse", REPEAT, "partial", "accept"))}
"""What waits for the user comes first."""


def drop_zone() -> None:
    """Where files are dropped; those that wait are loaded at once, with progress."""
    turn = st.session_state.setdefault(ROUND, 0)
    most = formats.count(st.get_option("server.maxUploadSize"))
    files = st.file_uploader(
        md(f"CSV, Excel or ZIP, several at once; a file over {most} MB by the command line: python -m vitals load"),
        accept_multiple_files=True,
        key=f"files_{turn}",
        help="They stay in this session's memory. Nothing is written to a disk, and nothing leaves this machine. "
        "A saved mapping (JSON) dropped beside a file says which of its columns is what.",
    )
    if files:
        queue.take(files)
        st.session_state[ROUND] = turn + 1
        st.rerun()
    _too_large(most)
    if left := queue.too_much():
        failure.show(left)
    for name in queue.waiting_mappings():
        st.caption(md(f"{name} waits for the file that it is for."))
    if st.session_state.pop(contents.SAMPLE, False):
        queue.take_sample()
        st.rerun()
    if queue.queued():
        queue.load_next()


def _too_large(most: str) -> None:
    """Where the browser names the files of a drop that are over the limit, of which the server never hears."""
    said = f"over {most} MB and {{}} not taken. {COMMAND_LINE}"
    words = f'data-one="is {said.format("was")}" data-many="are {said.format("were")}"'
    line = f'<p class="vitals-large" role="alert" data-most="{queue.largest_file()}" {words}></p>'
    st.html(line)
    st.html("<script>" + contents.LARGE + "</script>", unsafe_allow_javascript=True)


def headline() -> str:
    """What is being loaded, else what is, until when, and how many files are not."""
    if queue.queued():
        return loads.under_way(len(queue.queued()), queue.holds_the_sample())
    through = session.one("metrics.default_period").get("data_through")
    return loads.start(session.contents(), reports.files("ask"), reports.refused(), reports.unnamed(), through)


def result(period: Period) -> None:
    """The way to the result before anything else, once files are in and none is on its way."""
    # a place of its own, empty or not: what moves down is drawn anew, and forgets which files were too large
    with st.container():
        if period.is_known and not queue.queued():
            reports.to_the_result()


def sample() -> None:
    """The invented MSP: offered while nothing is loaded, and taken out again."""
    if not session.held():
        st.caption(md(FIRST))
        st.button("Try it with an invented MSP", key="load_sample", on_click=failure.guarded(queue.take_sample))
        st.caption("Two years of tickets, time and invoices of a made-up firm; one click takes it out again.")
        contents.all_of_them()
    if queue.sample_loads():
        st.button("Take the invented MSP out again", key="sample_out", on_click=failure.guarded(queue.take_sample_out))


def _line(decision: str, said: str) -> None:
    st.markdown(SIGNS[decision] + md(said), width="stretch")


def _warnings(report: Report) -> None:
    for warning in report.warnings:
        st.caption(md(warning))


def _account_of(load_id: int | None) -> dict[str, Any]:
    accounts = session.run("metrics.load_accounts")
    found = formats.rows(accounts[accounts["load_id"] == load_id])
    return dict(found[0]) if found else {}


def _flags(report: Report) -> str:
    """What looks odd in the table but counts, in words."""
    if not report.flags:
        return ""
    words = session.run("metrics.flag_words").set_index("flag")["label"]
    said = [f"{str(words.get(name, name)).lower()} ({formats.count(rows)})" for name, rows in report.flags.items()]
    return f"Odd, but counted: {', '.join(said)}."


def _to_the_choice() -> None:
    """Lead to where one of several versions of a row is chosen."""
    _to_data_health("Choose which version of a row is right")


def _to_data_health(label: str) -> None:
    contents.link("data_health", label)


def _account(report: Report) -> None:
    """Everything that is known of one loaded table, the mapping to be changed while its file is still here."""
    account = _account_of(report.load_id)
    for said in (loads.recognised(report, account), *loads.both_sides(report), _flags(report)):
        if said:
            st.markdown(md(said))
    if queue.kept(report.file):
        mapping.draw(report)
    else:
        st.caption("Drop the file again to change which of its columns is what.")
    load = report.load_id
    st.button(
        "Take this load back",
        key=f"take_back_{load}",
        type="tertiary",
        on_click=failure.guarded(history.undo),
        args=(load,),
    )
    if report.rows_quarantined or report.rows_set_aside or report.flags:
        _to_data_health("The rows that were left out or look odd")


def _loaded(report: Report, with_table: bool) -> None:
    """One line: what the table is, what became of its rows, whether it balances; opened, its whole account."""
    sign = SIGNS["nothing" if loads.brings_nothing(report) else report.decision]
    with st.expander(sign + md(loads.receipt(report, with_table))):
        _account(report)
    if loads.waiting(report):
        _to_the_choice()
    _warnings(report)


def _with_dismissal(name: str, decision: str, said: str, sign: str = "") -> None:
    """A line that can be put away, alone of all that came of the file."""
    with st.container(horizontal=True, vertical_alignment="center"):
        _line(sign or decision, said)
        key = f"dismiss_{name}" if decision == "refuse" else f"dismiss_{decision}_{name}"
        st.button("Dismiss", key=key, type="tertiary", on_click=failure.guarded(queue.forget), args=(name, decision))


def _asked(reports: list[Report], is_next: bool) -> None:
    """The questions of a file: in sight if it is the next to be answered, else behind its line."""
    said = loads.asked(reports)
    if is_next:
        _line("ask", said)
    with st.container() if is_next else st.expander(SIGNS["ask"] + md(said)):
        _warnings(reports[0])
        questions.draw(reports)


def _refused(reports: list[Report], is_next: bool) -> None:
    report = reports[0]
    sign = "map" if mapping.can_be_named(report) else "refuse"
    _with_dismissal(report.file, "refuse", loads.receipt(report), sign)
    _warnings(report)
    if is_next or sign == "refuse":
        mapping.choose_by_hand(report)
        return
    with st.expander("Say what is in which column"):
        mapping.choose_by_hand(report)


def _file(reports: list[Report], is_next: bool) -> None:
    """What came of one file: its questions, its refusal and what it repeats once, its loaded tables one by one."""
    by_end: dict[str, list[Report]] = {}
    for report in reports:
        by_end.setdefault(report.decision, []).append(report)
    loaded = [report for report in reports if report.decision in ("accept", "partial")]
    if "ask" in by_end:
        _asked(by_end["ask"], is_next)
    if "refuse" in by_end:
        _refused(by_end["refuse"], is_next)
    if REPEAT in by_end:
        _with_dismissal(reports[0].file, REPEAT, loads.repeated(by_end[REPEAT], loaded))
        _warnings(by_end[REPEAT][0])
    for report in loaded:
        _loaded(report, with_table=len(reports) > 1)


def _by_file() -> list[list[Report]]:
    """The reports of each file together, those files first that wait for the user."""
    found: dict[str, list[Report]] = {}
    for report in reports.reports():
        found.setdefault(report.file, []).append(reports.current(report))
    return sorted(found.values(), key=lambda own: min(ORDER.get(report.decision, 0) for report in own))


def files() -> None:
    """What came of each file of this visit; of several that wait for the user one asks, and the others stay a line."""
    found = _by_file()
    waiting = [own[0].file for own in found if any(map(reports.waits, own))]
    for own in found:
        _file(own, is_next=own[0].file in waiting[:1])
