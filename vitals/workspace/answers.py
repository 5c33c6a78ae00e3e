"""The user's answers, [FILE:]QUESTION to answer: whether their questions exist, and which hold for a file."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

from vitals.contract import entities
from vitals.errors import VitalsError
from vitals.ingest.files.codepage import QUESTION as ENCODING_QUESTION
from vitals.ingest.read import exchange
from vitals.ingest.read.decisions import ASKED
from vitals.ingest.recognise.questions import SHEETS
from vitals.ingest.shapes.documents import QUESTION as WORD
from vitals.workspace.report import Report
from vitals.workspace.settle import REPLACE_QUESTION

COLUMN = "which_column_is_"
QUESTIONS = ("confirm_mapping", ENCODING_QUESTION, *ASKED, exchange.QUESTION, SHEETS, REPLACE_QUESTION)


def _parted(key: str) -> tuple[str, str]:
    """The file that an answer is for, empty for all, and its question."""
    file, _, question = key.rpartition(":")
    return file, question


def _is_for(file: str, name: str) -> bool:
    return name in (file, Path(file).name)


def holding_for(name: str, answers: Mapping[str, str]) -> dict[str, str]:
    """The answers that hold for a file: those for all, then its own, given under its name or its path."""
    parted = [(*_parted(key), text) for key, text in answers.items()]
    for_all = {question: text for file, question, text in parted if not file}
    return {**for_all, **{question: text for file, question, text in parted if file and _is_for(file, name)}}


def check(answers: Mapping[str, str]) -> None:
    """Refuse answers to questions that are never asked, since such an answer would do nothing.

    Raises VitalsError for the first of them.
    """
    columns = {column.name for entity in entities().values() for column in entity.columns}
    known = (*QUESTIONS, *(f"{COLUMN}{name}" for name in sorted(columns)))
    for key in answers:
        question = _parted(key)[1]
        if question not in known and not question.startswith(WORD):
            near = get_close_matches(question, known, 1)
            hint = f'Is "{near[0]}" meant?' if near else f"Questions are {', '.join(QUESTIONS)} and {COLUMN}NAME."
            raise VitalsError(f'There is no question "{question}", so "{answers[key]}" answers nothing.', hint)


def _astray(answers: Mapping[str, str], names: Collection[str]) -> list[str]:
    """A sentence on each answer for a file that is not among those loaded."""
    files = {file: question for file, question in map(_parted, answers) if file}
    return [
        f'The answer to {question} is for "{file}", which is not among the files loaded here.'
        for file, question in files.items()
        if not any(_is_for(file, name) for name in names)
    ]


def with_astray(reports: list[Report], answers: Mapping[str, str], names: Collection[str]) -> list[Report]:
    """The reports of the files of these names, the first of which says which answers found no file."""
    said = _astray(answers, names)
    if not reports or not said:
        return reports
    first, *others = reports
    told = replace(first, message=" ".join([first.message, *said]), warnings=(*first.warnings, *said))
    return [told, *others]
