"""Any bytes at all, sent to a workspace, come back as a report whose counts add up: no exception, and no hang."""

from __future__ import annotations

import random
import time
from contextlib import closing

from hypothesis import given
from hypothesis import strategies as st

from tests.ingest.test_read_fuzz import mutated
from tests.properties.made import scaled, sheets
from tests.properties.stored import Connection, load, raw_workspace
from tests.properties.test_balance import check_report, places
from tests.properties.test_representation import as_workbook
from vitals import workspace
from vitals.ingest.process.parent import ReaderProcess

LONGEST = 10.0
"""Seconds of processor time that a few kilobytes may take."""

NAMES = ["a.csv", "a.xlsx", "a.zip", "a.html", "a.tsv", "a", "tickets.csv"]


def check(con: Connection, name: str, data: bytes) -> None:
    started = time.process_time()
    for report in load(con, [workspace.Upload(name, data)]):
        assert report.decision in ("accept", "partial", "ask", "refuse")
        check_report(report)
        if report.load_id:
            found = places(con, report.entity, report.load_id)
            assert len(found) == len(set(found))
    assert time.process_time() - started < LONGEST


@scaled(25)
@given(st.binary(max_size=400), st.sampled_from(NAMES), st.sampled_from([b"", b"PK\x03\x04", b"\xff\xfe", b"client,"]))
def test_any_bytes(data: bytes, name: str, start: bytes) -> None:
    with raw_workspace() as con:
        check(con, name, start + data)


@scaled(25)
@given(sheets(most=6), st.integers(0, 10**6), st.sampled_from(["utf-8", "utf-16", "cp1252"]))
def test_damaged_text(sheet, seed: int, codec: str) -> None:
    with raw_workspace() as con:
        check(con, sheet.name, mutated(sheet.text().encode(codec, "ignore"), random.Random(seed)))


@scaled(12)
@given(sheets(most=6), st.integers(0, 10**6))
def test_damaged_workbooks(sheet, seed: int) -> None:
    with raw_workspace() as con:
        check(con, "book.xlsx", mutated(as_workbook(sheet, is_typed=True), random.Random(seed)))


def test_damaged_files_through_the_reading_process() -> None:
    dice, text = random.Random(7), b"client,invoiced_on,amount\nAcme,2025-03-01,5.00\nBirch,2025-03-02,7.50\n"
    files = [workspace.Upload(f"{place}.csv", mutated(text, dice)) for place in range(12)]
    with raw_workspace() as con, closing(ReaderProcess()) as reading:
        reports = workspace.load_files(con, files, workspace.LoadOptions(), prepare=reading.prepare)
    assert {report.file for report in reports} == {file.name for file in files}
