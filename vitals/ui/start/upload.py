"""The start page's upload: drop files, see one line for each, answer what a file can't decide."""

from __future__ import annotations

import streamlit as st

from vitals.ui.page import session, sources
from vitals.ui.page.safe import md
from vitals.ui.start import accounts, intake, questions, unrecognised, visit
from vitals.ui.start.repeats import REPEAT
from vitals.ui.start.visit import Report
from vitals.ui.words import loads

FIRST = (
    "Time entries and invoices make a good start: with those two, each client's margin is there. Tickets that hold "
    "hours do in place of time entries. All stays in the memory of this computer for this session, and is gone when "
    "you close or reload the tab."
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


def _drop() -> None:
    turn = st.session_state.setdefault(ROUND, 0)
    files = st.file_uploader(
        "CSV, Excel or ZIP, several at once",
        accept_multiple_files=True,
        key=f"files_{turn}",
        help="They stay in this session's memory. Nothing is written to a disk, and nothing leaves this machine. "
        "A saved mapping (JSON) dropped beside a file says which of its columns is what.",
    )
    if files:
        intake.take(files)
        st.session_state[ROUND] = turn + 1
        if not intake.queued():
            st.rerun()
    for name in intake.waiting_mappings():
        st.caption(md(f"{name} waits for the file that it is for."))


def answer() -> str:
    """What is loaded, and how many files are not."""
    return loads.start(session.contents(), visit.files("ask"), visit.refused(), visit.unnamed())


def _offer_sample() -> None:
    if not session.held():
        st.caption(md(FIRST))
        st.button("Try it with an invented MSP", key="load_sample", on_click=intake.take_sample)
        st.caption("Two years of tickets, time and invoices of a made-up firm; one click takes it out again.")
        sources.all_of_them()


def _take_sample_out() -> None:
    if intake.sample_loads():
        st.button("Take the invented MSP out again", key="sample_out", on_click=intake.take_sample_out)


def _line(decision: str, said: str) -> None:
    st.markdown(SIGNS[decision] + md(said), width="stretch")


def _warnings(report: Report) -> None:
    for warning in report.get("warnings") or ():
        st.caption(md(warning))


def _loaded(report: Report, with_table: bool) -> None:
    """One line: what the table is, what became of its rows, whether it balances; opened, its whole account."""
    sign = SIGNS["nothing" if loads.brings_nothing(report) else report["decision"]]
    with st.expander(sign + md(loads.receipt(report, with_table))):
        accounts.draw(report)
    if loads.waiting(report):
        accounts.to_the_choice()
    _warnings(report)


def _with_dismissal(name: str, decision: str, said: str, sign: str = "") -> None:
    """A line that can be put away, alone of all that came of the file."""
    with st.container(horizontal=True, vertical_alignment="center"):
        _line(sign or decision, said)
        key = f"dismiss_{name}" if decision == "refuse" else f"dismiss_{decision}_{name}"
        st.button("Dismiss", key=key, type="tertiary", on_click=intake.forget, args=(name, decision))


def _asked(reports: list[Report]) -> None:
    _line("ask", loads.asked(reports))
    _warnings(reports[0])
    questions.draw(reports)


def _refused(reports: list[Report]) -> None:
    report = reports[0]
    sign = "map" if unrecognised.can_be_named(report) else "refuse"
    _with_dismissal(report["file"], "refuse", loads.receipt(report), sign)
    _warnings(report)
    unrecognised.draw(report)


def _file(reports: list[Report]) -> None:
    """What came of one file: its questions, its refusal and what it repeats once, its loaded tables one by one."""
    by_end: dict[str, list[Report]] = {}
    for report in reports:
        by_end.setdefault(report["decision"], []).append(report)
    loaded = [report for report in reports if report["decision"] in ("accept", "partial")]
    if "ask" in by_end:
        _asked(by_end["ask"])
    if "refuse" in by_end:
        _refused(by_end["refuse"])
    if REPEAT in by_end:
        _with_dismissal(reports[0]["file"], REPEAT, loads.repeated(by_end[REPEAT], loaded))
        _warnings(by_end[REPEAT][0])
    for report in loaded:
        _loaded(report, with_table=len(reports) > 1)


def _files() -> list[list[Report]]:
    """The reports of each file together, those files first that wait for the user."""
    found: dict[str, list[Report]] = {}
    for report in visit.reports():
        found.setdefault(report["file"], []).append(visit.current(report))
    return sorted(found.values(), key=lambda own: min(ORDER.get(report["decision"], 0) for report in own))


def draw() -> None:
    """Drop zone, progress, results."""
    _drop()
    if intake.queued():
        intake.work_off()
    _offer_sample()
    _take_sample_out()
    for reports in _files():
        _file(reports)
