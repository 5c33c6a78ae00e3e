"""What is said of the components of the operating model: which holds back, by the data and by the answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from vitals import formats
from vitals.formats import is_missing, or_zero

Row = Mapping[str, Any]
NAMES = {
    "commercial": "the commercial model",
    "client_relationship": "the client relationship",
    "metrics": "the use of metrics",
}
"""Component -> its name inside a sentence, where that is another."""
BEST = 5
YEAR = 12
APART = 1.5
"""From how many points on data and answers are said to disagree."""


def score(value: Any) -> str:
    """A score as people say it: 3.1 of 5."""
    return formats.MISSING if is_missing(value) else f"{value:.1f} of 5"


def headline(rows: Sequence[Row]) -> str:
    """Which component holds back by the data, and which by the answers; each says its own."""
    by_data, by_answers = (_lowest(rows, name) for name in ("data_score", "checklist_score"))
    data = _by_data(rows, by_data)
    if not by_answers:
        return f"{data} The questions below are not answered yet."
    said = f"{_name(by_answers)}: {score(by_answers['checklist_score'])}"
    same = by_data is not None and by_data["component"] == by_answers["component"]
    return f"{data} By your answers it is {'the same one, ' if same else ''}{said}."


def _by_data(rows: Sequence[Row], lowest: Row | None) -> str:
    """Which component holds back by the data, where there are two to compare and one falls short."""
    if lowest is None:
        return "No component can be judged by the data yet: the table says what each waits for."
    known = [row for row in rows if not is_missing(row["data_score"])]
    if len(known) == 1:
        said = f"{_name(lowest)} alone can be judged, {score(lowest['data_score'])}"
        return f"By the data {said}: there is nothing to compare it with."
    if lowest["data_score"] >= BEST:
        return f"By the data none of the {formats.count(len(known))} components that can be judged falls short."
    return f"By the data {_name(lowest)} holds back most: {score(lowest['data_score'])}."


def _lowest(rows: Sequence[Row], column: str) -> Row | None:
    known = [row for row in rows if not is_missing(row[column])]
    return min(known, key=lambda row: row[column]) if known else None


def _name(row: Row) -> str:
    return NAMES.get(row["component"], str(row["component"]))


def months(row: Row) -> str:
    """Of which months the data speaks, at most twelve, and that the answers are another matter."""
    covered, what = or_zero(row.get("months_covered")), "What the data says"
    if covered:
        span = formats.months_between(row["covered_from"], row["closing_month"])
        what = f"What the data of {formats.plural(covered, 'month')}, {span}, says"
    few = " Less than a year is behind it: read the scores with care." if 0 < covered < YEAR else ""
    return f"{what} and what you answer stand beside each other, and are never merged.{few}"


def apart(rows: Sequence[Row]) -> str:
    """Where data and answers say different things; empty where they don't, or one of them is missing."""
    both = [row for row in rows if not is_missing(row["data_score"]) and not is_missing(row["checklist_score"])]
    far = [row for row in both if abs(row["data_score"] - row["checklist_score"]) >= APART]
    named = [f"{_name(row)} ({row['data_score']:.1f} and {row['checklist_score']:.1f})" for row in far]
    return f"Data and answers say different things of {', '.join(named)}." if named else ""


def judged(row: Row) -> str:
    """Both scores of a component as its row of the chart has room for them."""
    measured, asked = or_zero(row["parts_measured"]), row["parts"]
    data = "not measured" if is_missing(row["data_score"]) else f"{row['data_score']:.1f}"
    few = f" ({measured} of {asked} parts)" if measured < asked and not is_missing(row["data_score"]) else ""
    answers = "" if is_missing(row["checklist_score"]) else f", answers {row['checklist_score']:.1f}"
    return f"{data}{few}{answers}"
