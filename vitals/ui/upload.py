"""The start page's upload: drop files, see one line for each, answer what a file can't decide."""

from __future__ import annotations

from typing import Any

import streamlit as st

from vitals.ui import intake, mapping, receipts, session, unrecognised, visit
from vitals.ui.repeats import REPEAT
from vitals.ui.safe import md

FIRST = (
    "Time entries and invoices make a good start: with those two, each client's margin is there. All stays in the "
    "memory of this computer for this session, and is gone when you close or reload the tab."
)
ROUND = "vitals_upload_round"
SIGNS = {
    "accept": "Loaded",
    "partial": "Loaded in part",
    "ask": "Waiting for you",
    "refuse": "Refused",
    REPEAT: "Nothing new",
}
ORDER = {decision: place for place, decision in enumerate(("ask", "refuse", REPEAT, "partial", "accept"))}
"""What waits for the user comes first."""
COLOURS: dict[str, Any] = {"accept": "blue", "partial": "orange", "ask": "orange", "refuse": "red", REPEAT: "gray"}


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


def _offer_sample() -> None:
    if not session.held():
        st.caption(md(FIRST))
        st.button("Try it with an invented MSP", key="load_sample", on_click=intake.take_sample)
        st.caption("Two years of tickets, time and invoices of a made-up firm; one click takes it out again.")


def _take_sample_out() -> None:
    if intake.sample_loads():
        st.button("Take the invented MSP out again", key="sample_out", on_click=intake.take_sample_out)


def _question(report: dict[str, Any], question: dict[str, Any]) -> str | None:
    """One question with nothing chosen beforehand: only the user knows."""
    choices = question["choices"]
    return st.radio(
        md(question["sentence"]),
        list(choices),
        index=None,
        captions=[md(choices[answer]) for answer in choices],
        format_func=lambda answer: md(receipts.answer_word(answer)),
        key=f"ask_{report['file']}_{report.get('entity')}_{question['name']}",
    )


def _ask(report: dict[str, Any]) -> None:
    """The questions of a file, answered in place; nothing of it counts until then."""
    answers = {question["name"]: _question(report, question) for question in report["questions"]}
    name = report["file"]
    with st.container(horizontal=True):
        st.button(
            "Load with this answer",
            type="primary",
            disabled=None in answers.values(),
            key=f"answer_{name}_{report.get('entity')}",
            on_click=intake.again,
            args=(name, answers, {}, None),
        )
        st.button("Leave the file out", key=f"drop_{name}_{report.get('entity')}", on_click=intake.forget, args=(name,))


def _receipt(report: dict[str, Any]) -> None:
    """One line: what the file is, what became of its rows, whether it balances."""
    decision = report["decision"]
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.badge(SIGNS.get(decision, decision), color=COLOURS.get(decision, "gray"))
        st.markdown(md(receipts.receipt(report)), width="stretch")
    for warning in report.get("warnings") or ():
        st.caption(md(warning))
    if decision == "ask":
        _ask(report)
    elif decision in ("refuse", REPEAT):
        unrecognised.draw(report)
        st.button("Dismiss", key=f"dismiss_{report['file']}", on_click=intake.forget, args=(report["file"],))
    elif decision in ("accept", "partial") and intake.kept(report["file"]):
        mapping.draw(report)


def draw() -> None:
    """Drop zone, progress, results."""
    _drop()
    if intake.queued():
        intake.work_off()
    _offer_sample()
    _take_sample_out()
    for report in sorted(visit.reports(), key=lambda report: ORDER.get(report["decision"], 0)):
        _receipt(report)
