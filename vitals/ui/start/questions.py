"""What a file can't decide by itself: its questions, what each answer would give, and the answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

import streamlit as st

from vitals.ingest.model import Question
from vitals.ingest.recognise.amounts import HOLDS_TAX
from vitals.ingest.recognise.cycles import ONE, PAID_FOR
from vitals.ingest.recognise.figures import SPREAD
from vitals.ingest.recognise.questions import CONFIRM, WHICH
from vitals.ui.page import failure
from vitals.ui.page.safe import label_above, md, plain
from vitals.ui.start import mapping, queue
from vitals.ui.start import reports as came
from vitals.workspace import Report

KEEP, RATES = "keep:", "rates:"
ABOUT_COLUMNS = frozenset([CONFIRM, HOLDS_TAX, SPREAD, PAID_FOR])
"""Questions whose answer is seen in the first rows of the file."""
WORDS = {
    "dmy": "Day first",
    "mdy": "Month first",
    "ymd": "Year first",
    "decimal": "Decimal sign",
    "thousands": "Thousands separator",
    "all": "All of them",
    ONE: "One month",
    "cp1252": "Western European",
    "cp1250": "Central European",
    "cp1251": "Cyrillic",
    "cp1253": "Greek",
    "cp1254": "Turkish",
    "cp1257": "Baltic",
    "mac_roman": "Western European, from a Mac",
    "cp850": "Western European, from DOS",
    "cp437": "American, from DOS",
    "koi8_r": "Cyrillic, of old systems",
    "iso8859_15": "Western European, from Unix",
    "cp932": "Japanese",
    "gb18030": "Chinese, simplified",
    "big5": "Chinese, traditional",
    "cp949": "Korean",
}
LEAST_RATE, RATE_WIDTH = 1e-9, 220


def answer_word(question: str, answer: str) -> str:
    """An answer in words; what the file itself calls something stays as it is."""
    if answer.startswith(RATES):
        return "All of them, turned into one currency"
    if answer.startswith(KEEP):
        return f"Only {answer.removeprefix(KEEP)}"
    if _is_column(question, answer):
        return f"Column {answer}"
    if question == "which_sheets" and answer != "all":
        return answer
    return WORDS.get(answer, answer.replace("_", " ").capitalize())


def _is_column(question: str, answer: str) -> bool:
    """Whether an answer is the number of a column."""
    return (question.startswith(WHICH) or question == PAID_FOR) and answer.isdecimal()


def _is_about_columns(question: str) -> bool:
    """Whether a question asks what columns mean."""
    return question in ABOUT_COLUMNS or question.startswith(WHICH)


def gives(word: str, said: str) -> str:
    """What an answer would give, without saying the answer again."""
    rest = said[len(word) :] if said.casefold().startswith(word.casefold()) else said
    return rest.lstrip(",: ")


def written_rates(base: str, rates: Mapping[str, float | None]) -> str | None:
    """The rates as an answer, the currency that all is turned into first; None while one is missing."""
    if None in rates.values():
        return None
    pairs = [f"{code}:{Decimal(repr(rate)):f}" for code, rate in rates.items()]
    return RATES + ",".join([f"{base}:1", *pairs])


def in_rates(answer: str) -> list[str]:
    """The currencies that an answer by rates names, as the question spells it."""
    return [pair.partition(":")[0] for pair in answer.removeprefix(RATES).split(",")]


def _rates(key: str, codes: Sequence[str], targets: Sequence[str]) -> str | None:
    """A rate for each currency of the file that is not the target; of a workspace that has one, that is the target."""
    base = targets[0]
    if len(targets) > 1:
        base = st.selectbox("Into which currency?", targets, format_func=plain, key=f"{key}_base")
    else:
        st.markdown(f":small[{md(f'Turned into {base}, the currency of the files loaded before, by your rates.')}]")
    with st.container(horizontal=True):
        rates = {code: _rate(f"{key}_{code}_in_{base}", code, base) for code in codes if code != base}
    return written_rates(base, rates)


def _rate(key: str, code: str, base: str) -> float | None:
    with st.container(width=RATE_WIDTH, gap="xxsmall"):
        return st.number_input(
            label_above(f"1 {code} in {base}"),
            label_visibility="collapsed",
            min_value=LEAST_RATE,
            value=None,
            format="%g",
            placeholder="Such as 0.92",
            key=key,
        )


def _with_caption(question: str, word: str, answer: str, header: Sequence[str]) -> str:
    """A column's number with its caption, where the file has but one table."""
    place = int(answer) - 1 if _is_column(question, answer) else len(header)
    return f"{word}, {header[place]}" if place < len(header) and header[place].strip() else word


def _answer(file: str, question: Question, header: Sequence[str]) -> str | None:
    """One question with nothing chosen beforehand: only the user knows."""
    name, choices = question.name, question.choices
    words = {answer: _with_caption(name, answer_word(name, answer), answer, header) for answer in choices}
    gained = [gives(answer_word(name, answer), said) for answer, said in choices.items()]
    key = f"ask_{file}_{name}"
    chosen = st.radio(
        label_above(question.sentence),
        list(choices),
        label_visibility="collapsed",
        index=None,
        captions=[md(said) for said in gained],
        format_func=lambda answer: md(words[answer]),
        key=key,
    )
    if chosen is None or not chosen.startswith(RATES):
        return chosen
    targets = [answer.removeprefix(KEEP) for answer in choices if answer.startswith(KEEP)]
    return _rates(key, in_rates(chosen), targets)


def draw(reports: Sequence[Report]) -> None:
    """The questions of one file, answered in place; nothing of it counts until then."""
    name = reports[0].file
    asked = {question.name: question for report in reports for question in report.questions}
    columns = reports[0].columns if len(reports) == 1 else None
    header = columns.header if columns else ()
    answers = {question: _answer(name, item, header) for question, item in asked.items()}
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Load with this answer" if len(asked) == 1 else "Load with these answers",
            type="primary",
            disabled=None in answers.values(),
            key=f"answer_{name}",
            on_click=failure.guarded(queue.again),
            args=(name, answers, {}),
        )
        st.button("Leave the file out", key=f"drop_{name}", on_click=failure.guarded(queue.forget), args=(name,))
        if None in answers.values():
            st.caption("It waits for an answer." if len(asked) == 1 else "It waits for an answer to each question.")
    if columns:
        other_way = "No, change it: which" if CONFIRM in asked else "Which"
        # of several files each says in a sentence what it would be read as, and the columns wait until they are wanted
        is_open = came.files("ask") == 1 and any(map(_is_about_columns, asked))
        with st.expander(md(f"{other_way} columns of {name} would be read as what"), expanded=is_open):
            mapping.draw(reports[0])
