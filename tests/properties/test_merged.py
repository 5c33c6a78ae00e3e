"""Merged cells: whatever writes them, no row is another's or nobody's, and each cell that is filled is flagged."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from html import escape

from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from tests.properties.made import scaled
from tests.properties.test_readings import loaded, revenue

Group = tuple[str, list[int]]
"""A name, and the amounts or hours of the rows over which its cell reaches."""
KINDS = {
    "client": (
        ("Customer", "Client", "Company Name", "Bill To", "KUNDE"),
        ("Invoice Date", "Amount", "Invoice Number"),
    ),
    "technician": (
        ("Technician", "Resource", "TECHNICIAN NAME", "Employee"),
        ("Date", "Hours", "Client"),
    ),
}
NAMES = {
    "client": ("Ann Ames", "Birch Ltd", "Cedar & Sons", "Total Care", "12345 Ontario Inc", "O'Hara, Pat"),
    "technician": ("Ann Ames", "Bo Lind", "Zoë Łuk", "O'Hara, Pat"),
}


def grid(groups: list[Group], order: list[int], captions: list[str], others: dict[str, str]) -> list[list[object]]:
    """The cells below their captions; the name of a group stands in its first row."""
    rows: list[list[object]] = [[captions[at] for at in order]]
    for name, figures in groups:
        for place, figure in enumerate(figures):
            cells = [name if place == 0 else None, "2026-05-04", figure, others.get(captions[3]) or f"N{len(rows)}"]
            rows.append([cells[at] for at in order])
    return rows


def spans(groups: list[Group]) -> dict[int, int]:
    """Row of the grid -> over how many rows the name in it reaches."""
    found, row = {}, 1
    for _, figures in groups:
        found[row] = len(figures)
        row += len(figures)
    return found


def as_book(rows: list[list[object]], reach: dict[int, int], at: int) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for first, many in reach.items():
        if many > 1:
            book.active.merge_cells(start_row=first + 1, end_row=first + many, start_column=at + 1, end_column=at + 1)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def as_page(rows: list[list[object]], reach: dict[int, int], at: int) -> bytes:
    lines = []
    for number, row in enumerate(rows):
        cells = [
            f'<td{f" rowspan={reach[number]}" if place == at and number in reach else ""}>{escape(str(cell))}</td>'
            for place, cell in enumerate(row) if cell is not None
        ]  # fmt: skip
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return f"<html><body><table>{''.join(lines)}</table></body></html>".encode()


SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)
MANIFEST = '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'


def as_open_document(rows: list[list[object]], reach: dict[int, int], at: int) -> bytes:
    lines = []
    for number, row in enumerate(rows):
        cells = []
        for place, cell in enumerate(row):
            is_covered = place == at and number and number not in reach
            kind = f'float" office:value="{cell}' if isinstance(cell, int) else "string"
            said = f' table:number-rows-spanned="{reach[number]}"' if place == at and reach.get(number, 1) > 1 else ""
            text = f"<text:p>{escape(str(cell))}</text:p>"
            full = f'<table:table-cell office:value-type="{kind}"{said}>{text}</table:table-cell>'
            cells.append("<table:covered-table-cell/>" if is_covered else full)
        lines.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
    sheet = f'<table:table table:name="Sheet">{"".join(lines)}</table:table>'
    body = f"<office:body><office:spreadsheet>{sheet}</office:spreadsheet></office:body>"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        archive.writestr("content.xml", f"<office:document-content {SPACES}>{body}</office:document-content>")
    return file.getvalue()


WAYS = {"book.xlsx": as_book, "page.xls": as_page, "book.ods": as_open_document}


@scaled(40)
@given(st.data())
def test_what_a_name_reaches_over_is_its_own_and_flagged(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(sorted(KINDS)))
    named, rest = KINDS[kind]
    captions = [data.draw(st.sampled_from(named)), *rest]
    figures = st.lists(st.integers(1, 12), min_size=1, max_size=4)
    groups = data.draw(st.lists(st.tuples(st.sampled_from(NAMES[kind]), figures), min_size=2, max_size=5))
    order = data.draw(st.permutations(range(len(captions))))
    name, way = data.draw(st.sampled_from(sorted(WAYS.items())))
    rows = grid(groups, order, captions, {"Client": "Acme"})
    data_of = way(rows, spans(groups), order.index(0))
    found, taken = loaded(data_of, file=name)
    if found is not None and [item.name for item in found.questions] == ["confirm_mapping"]:
        found, taken = loaded(data_of, file=name, confirm_mapping="yes")
    wanted: Counter[str] = Counter()
    for group, numbers in groups:
        wanted[group] += sum(numbers)
    assert found is not None and not found.questions
    by_name: Counter[str] = Counter()
    for row in taken:
        by_name[row[kind]] += int(row["hours"] if kind == "technician" else revenue([row]))
    assert by_name == wanted
    flags = Counter(found.tables[0].flags["flag"].to_pylist())
    assert flags["filled_down"] == sum(len(numbers) - 1 for _, numbers in groups)
