"""What is loaded doesn't hang on the order, on loading twice, on how files are cut, or on what was taken back."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tests.properties.made import HEADERS, Sheet, scaled, sheets
from tests.properties.stored import build_staging, load, raw_workspace, staged, told, uploads, used
from vitals import workspace

KEYED = ("tickets", "invoice_lines", "time_entries", "clients", "technicians")


@st.composite
def overlapping(draw: st.DrawFn) -> list[Sheet]:
    """Files of rows out of the same few tables: they share rows, and never disagree about a key."""
    files = []
    for entity in draw(st.lists(st.sampled_from(KEYED), min_size=1, max_size=3, unique=True)):
        whole = draw(sheets(entity=entity, odd=False, most=8))
        for place in range(draw(st.integers(1, 2))):
            chosen = draw(
                st.lists(st.sampled_from(range(len(whole.rows))), min_size=1, unique=entity != "time_entries")
            )
            rows = tuple(whole.rows[index] for index in chosen)
            files.append(replace(whole, name=f"{entity} {place}.csv", rows=rows))
    return files


@scaled(8)
@given(overlapping(), st.randoms(use_true_random=False))
def test_order_changes_nothing_where_files_agree(files: list[Sheet], dice) -> None:
    found = []
    for _ in range(2):
        with raw_workspace() as con:
            reports = load(con, uploads(files))
            assert {report.decision for report in reports} == {"accept"}
            build_staging(con)
            found.append((used(con), staged(con)))
        dice.shuffle(files)
    assert found[0] == found[1]


@scaled(12)
@given(sheets(), st.sampled_from(["add", "replace"]))
def test_the_same_file_again_changes_nothing(sheet: Sheet, answer: str) -> None:
    with raw_workspace() as con:
        load(con, uploads([sheet]))
        before = used(con)
        again = load(con, [workspace.Upload("again.csv", sheet.text().encode())], replace_invoice=answer)
        assert used(con) == before
        assert all(report.rows_loaded == 0 for report in again)


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[Sheet], list[int]]:
    """Files that may contradict each other, and the places of those that are taken back, in that order."""
    entities = draw(st.lists(st.sampled_from(KEYED), min_size=1, max_size=2))
    made = [draw(sheets(entity=draw(st.sampled_from(entities)), most=6)) for _ in range(draw(st.integers(2, 4)))]
    files = [replace(sheet, name=f"{sheet.entity} {place}.csv") for place, sheet in enumerate(made)]
    return files, draw(st.lists(st.sampled_from(range(len(files))), min_size=1, unique=True))


def _undone(files: Sequence[Sheet], gone: Sequence[int], answer: str) -> dict[str, list[tuple]]:
    with raw_workspace() as con:
        reports = [load(con, uploads([sheet]), replace_invoice=answer)[0] for sheet in files]
        loads = [reports[place].load_id for place in gone]
        for load_id in loads:
            if load_id is not None:
                workspace.undo(con, load_id)
        return told(con)


@scaled(12)
@given(histories(), st.sampled_from(["add", "replace"]))
def test_taking_back_in_any_order_is_never_having_loaded(history: tuple[list[Sheet], list[int]], answer: str) -> None:
    files, gone = history
    kept = [sheet for place, sheet in enumerate(files) if place not in gone]
    assert _undone(files, gone, answer) == _undone(kept, [], answer)


@st.composite
def cut(draw: st.DrawFn) -> tuple[Sheet, list[Sheet]]:
    """A file whose rows all differ, and the same rows in several files."""
    sheet = draw(sheets(entity=draw(st.sampled_from(KEYED)), odd=False, most=10))
    if sheet.entity == "time_entries":
        place = HEADERS[sheet.entity].index("ticket_id")
        rows = ((*row[:place], f"U{number}", *row[place + 1 :]) for number, row in enumerate(sheet.rows))
        sheet = replace(sheet, rows=tuple(rows))
    ends = sorted({0, len(sheet.rows), *draw(st.lists(st.integers(0, len(sheet.rows)), max_size=3))})
    parts = [sheet.part(first, after, f"{sheet.entity} {first}.csv") for first, after in itertools.pairwise(ends)]
    return sheet, parts


@scaled(12)
@given(cut())
def test_a_file_cut_into_several_gives_the_same(made: tuple[Sheet, list[Sheet]]) -> None:
    sheet, parts = made
    found = []
    for files in ([sheet], parts):
        with raw_workspace() as con:
            reports = load(con, uploads(files))
            money = sum(Decimal(str(report.money_loaded)) for report in reports)
            hours = sum(Decimal(str(report.hours)) for report in reports)
            found.append((used(con), sum(report.rows_loaded for report in reports), money, hours))
    assert found[0] == found[1]
