"""The parts of the overview that lead on: the verdict in three sentences, and the list of what to do first."""

from __future__ import annotations

from typing import Any

import streamlit as st

from vitals import formats
from vitals.ui.page import contents, explain, frame, session
from vitals.ui.page.filters import Period
from vitals.ui.page.safe import md
from vitals.ui.words import actions, signals


def found(period: Period) -> list[dict[str, Any]]:
    """What to do first, a row for each."""
    return formats.rows(session.run("metrics.actions", **period.months, as_of=period.as_of))


def verdict(period: Period, todo: list[dict[str, Any]], clients: dict[str, Any]) -> None:
    """What holds the firm back, what it costs a year, and whom to call on Monday, each with the way to its evidence."""
    frame.lead("diagnosis", signals.diagnosis(session.one("metrics.signal_verdict", as_of=period.as_of)))
    at_stake, is_known = actions.at_stake(todo, clients), any(row["page"] == "client" for row in todo)
    if is_known:
        frame.lead(contents.ROWS, at_stake, explain.rows_of("money_at_stake"))
    else:
        frame.lead("client_margin", at_stake)
    if todo:
        _line(actions.call(todo), "", todo[0])


def listed(todo: list[dict[str, Any]], clients: dict[str, Any]) -> None:
    """The list, each with how it is reckoned and the way to its evidence."""
    frame.section("What to do first")
    frame.note(actions.ranked(todo, clients))
    assumed = session.assumed()
    for row in todo:
        _line(f"{row['place']}. {actions.said(row, assumed)}", actions.reckoned(row), row)


def _line(sentence: str, small: str, row: dict[str, Any]) -> None:
    """A sentence with its small print, and the link to where its numbers stand."""
    said, way = st.columns(frame.LEAD, vertical_alignment="center")
    with said.container(gap="xxsmall"):
        st.markdown(md(sentence))
        frame.note(small)
    with way:
        contents.link_to_evidence(row["page"], row["subject"])
