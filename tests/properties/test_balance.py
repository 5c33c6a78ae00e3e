"""Every row of a file and every sum in it is found again exactly once, by a count that knows nothing of the import."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tests.properties.made import HEADERS, HOURS, MONEY, Sheet, scaled, sheets
from tests.properties.stored import Connection, load, raw_workspace
from vitals import workspace

ZERO = Decimal(0)
LINES = [
    "", " ", ",,,,", "TOTAL", "Page 1 of 2", "Generated on 3 March 2025", "a,b,c,d,e,f,g,h,i,j", "x",
    "Grand total,,5.00",
]  # fmt: skip


def physical_rows(text: str) -> list[tuple[int, list[str]]]:
    """Line number and cells of each record after the header, up to the last that isn't blank."""
    reader = csv.reader(io.StringIO(text, newline=""))
    found, start = [], 1
    for cells in reader:
        found.append((start, cells))
        start = reader.line_num + 1
    while not any(cell.strip() for cell in found[-1][1]):
        found.pop()
    return found[1:]


def places(con: Connection, entity: str, load_id: int) -> list[int]:
    """The row numbers of a load wherever they are kept."""
    texts = [
        f"select row_number from raw.{entity} where load_id = {load_id}",
        *(f"select row_number from raw.{name} where load_id = {load_id}" for name in ("quarantine", "set_aside")),
    ]
    return sorted(number for text in texts for (number,) in con.execute(text).fetchall())


def sums(con: Connection, side: str, load_id: int) -> dict[str, Decimal | None]:
    """Read, loaded, quarantined and set aside as the load's account has them."""
    parts = ("read", "loaded", "quarantined", "set_aside")
    names = ", ".join(f"{side}_{part}" for part in parts)
    found = con.execute(f"select {names} from raw.loads where load_id = ?", [load_id]).fetchall()[0]
    return dict(zip(parts, found, strict=True))


def stored_sum(con: Connection, table: str, column: str, load_id: int) -> Decimal:
    """What a table holds of a load."""
    text = f"select coalesce(sum({column}), 0) from raw.{table} where load_id = {load_id}"
    return con.execute(text).fetchall()[0][0]


def check_report(report: workspace.Report) -> None:
    left_out = report.rows_quarantined + report.rows_set_aside
    assert report.rows_read == report.rows_loaded + left_out
    assert sum(report.reasons.values()) == left_out


@st.composite
def littered(draw: st.DrawFn) -> tuple[Sheet, str]:
    """A file with lines between its rows that are none."""
    sheet = draw(sheets())
    records = [Sheet("", sheet.entity, (row,)).text().split("\n", 1)[1] for row in sheet.rows]
    for line in draw(st.lists(st.sampled_from(LINES), max_size=4)):
        records.insert(draw(st.integers(0, len(records))), f"{line}\n")
    return sheet, ",".join(HEADERS[sheet.entity]) + "\n" + "".join(records)


@scaled(16)
@given(littered())
def test_every_row_is_in_one_place(made: tuple[Sheet, str]) -> None:
    sheet, text = made
    with raw_workspace() as con:
        reports = load(con, [workspace.Upload(sheet.name, text.encode())] * 2)
        expected = [number for number, _ in physical_rows(text)]
        for report in reports:
            if report.decision in ("accept", "partial"):
                assert report.rows_read == len(expected)
                assert places(con, sheet.entity, report.load_id) == expected
                check_report(report)
        assert {report.decision for report in reports} <= {"accept", "partial", "refuse"}


def both_sides(con: Connection, sheet: Sheet, load_id: int) -> Iterator[tuple[str, str, tuple[Decimal | None, ...]]]:
    for side, names, values in (("money", MONEY, sheet.money), ("hours", HOURS, sheet.hours)):
        if sheet.entity in names:
            yield side, names[sheet.entity], values


@scaled(16)
@given(sheets(entity="invoice_lines") | sheets(entity="time_entries") | sheets(entity="tickets"))
def test_every_sum_is_that_of_the_file(sheet: Sheet) -> None:
    with raw_workspace() as con:
        (report,) = load(con, [workspace.Upload(sheet.name, sheet.text().encode())])
        assert report.decision in ("accept", "partial")
        for side, column, values in both_sides(con, sheet, report.load_id):
            account = sums(con, side, report.load_id)
            assert account["read"] == sum((value for value in values if value is not None), ZERO)
            assert account["read"] == sum(account[part] for part in ("loaded", "quarantined", "set_aside"))
            assert account["loaded"] == stored_sum(con, sheet.entity, column, report.load_id)
            for table in ("quarantine", "set_aside"):
                part = "quarantined" if table == "quarantine" else table
                assert account[part] == stored_sum(con, table, side, report.load_id)
