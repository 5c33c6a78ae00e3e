"""A merged cell that names who or whom names them for every row it reaches over, and each such row is flagged."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from tests.ingest.written import cells, flagged, left_out, only, saved

NAMES = (
    "Customer",
    "Client Name",
    "Technician",
    "Assigned To",
    "Kunde",
    "Kontrahent",
    "Medewerker",
    "Technicien",
    "Staff",
)
OTHERS = ["Item", "Invoice Number", "Remark"]
GROUPS = st.lists(st.tuples(st.sampled_from(["Acme", "Birch", "Cedar"]), st.integers(1, 4)), min_size=2, max_size=5)


def merged_book(captions: list[str], named: str, other: str, groups: list[tuple[str, int]], formula: bool) -> bytes:
    """A sheet whose named column and another one are merged over the rows of each group."""
    workbook = Workbook()
    sheet = workbook.active
    sheet.append(captions)
    amount = 0
    for name, rows in groups:
        first = sheet.max_row + 1
        for _ in range(rows):
            amount += 1
            row = {named: name, other: f"x{amount}", "Amount": f"={amount}*2" if formula else amount * 2}
            sheet.append([row.get(caption, f"text {amount}") for caption in captions])
        for at, caption in enumerate(captions, 1):
            if rows > 1 and caption in (named, other):
                sheet.merge_cells(start_row=first, end_row=first + rows - 1, start_column=at, end_column=at)
    return saved(workbook)


@settings(max_examples=40, deadline=None)
@given(
    order=st.permutations([0, 1, 2, 3]), named=st.sampled_from(NAMES), other=st.sampled_from(OTHERS), groups=GROUPS,
    is_upper=st.booleans(), formula=st.booleans(),
)  # fmt: skip
def test_amounts_stay_with_those_they_are_for(
    order: list[int], named: str, other: str, groups: list[tuple[str, int]], is_upper: bool, formula: bool
) -> None:
    named = named.upper() if is_upper else named
    captions = [[named, other, "Amount", "Note"][at] for at in order]
    table = only(merged_book(captions, named, other, groups, formula), "book.xlsx")
    assert not left_out(table)
    wanted, found, amount = Counter[str](), Counter[str](), 0
    for name, rows in groups:
        for _ in range(rows):
            amount += 1
            wanted[name] += amount * 2
    rows = cells(table)
    for row in rows:
        found[str(row[captions.index(named)])] += int(row[captions.index("Amount")] or 0)
    assert found == wanted
    assert sum(flag == "filled_down" for _, flag in flagged(table)) == sum(rows - 1 for _, rows in groups)
    # nothing but names is filled: a text that was typed once stands once
    assert sum(bool(row[captions.index(other)]) for row in rows) == len(groups)


def test_a_cell_of_its_own_is_kept_and_blank_rows_stay_blank() -> None:
    workbook = Workbook()
    sheet = workbook.active
    for row in (["Customer", "Item", "Amount"], ["Acme", "a", 1], ["", "b", 2], ["", "", None], ["Birch", "c", 3]):
        sheet.append(row)
    sheet.merge_cells("A2:A4")
    table = only(saved(workbook), "book.xlsx")
    assert [row[0] for row in cells(table)] == ["Acme", "Acme", "Birch"]
    assert left_out(table) == {4: "blank"}
