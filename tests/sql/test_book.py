"""The data book of a small workspace: what its cells hold, what it hides, and what it says where nothing is known."""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests import lazy
from tests.sql.conftest import fill
from tests.sql.rows import day, entry, line, months, technician, whole
from vitals import cli, warehouse
from vitals.errors import VitalsError
from vitals.exports.book import book, formula, paper, plan, printing
from vitals.exports.book.charts import ROWS
from vitals.exports.book.plan import Plan

EVIL = "=cmd|' /C calc'!A0"
MONTHS = ("2026-01", "2026-02", "2026-03")
QUARTER = months("2026-01", "2026-03")
ALL = ("client", "technician")
KEY = re.compile("[a-z]+(_[a-z]+)+")
"""A name of ours as it stands in the code."""


def _fees(client: str, amount: float, *on: str, **more) -> list[dict]:
    return [line(client, f"{month}-01", amount, revenue_class="managed", **more) for month in on]


@dataclass(frozen=True)
class Read:
    """A book as its reader sees it: formulas, and what they come to."""

    formulas: Workbook
    values: Workbook

    def row(self, sheet: str, name: object) -> list:
        """The values of the first row that begins with a name."""
        return next([cell.value for cell in row] for row in self.values[sheet] if row[0].value == name)

    def differences(self) -> list[float]:
        """What the checks on the cover come to; one that can't be made comes to nothing."""
        rows = [[cell.value for cell in row] for row in self.values["0 Cover"]]
        first = next(place for place, row in enumerate(rows) if row[4] == "Difference") + 1
        return [row[4] for row in rows[first : first + len(plan.plan().checks) + 1] if row[4] is not None]

    def units(self) -> dict[str, str]:
        """In what each check on the cover is counted."""
        rows = [[cell.value for cell in row] for row in self.values["0 Cover"]]
        return {row[1]: row[5] for row in rows if row[5] and row[5] != "Unit"}


def _read(made: book.Made) -> Read:
    return Read(load_workbook(io.BytesIO(made.book)), load_workbook(io.BytesIO(made.book), data_only=True))


@pytest.fixture(scope="module")
def small() -> Iterator[lazy.Lazy]:
    """Two clients over three months, one of whose names would be a formula, and an agreement named for the other."""
    con = lazy.connect(is_built=False)
    fill(con, {
        "agreements": [{"client": "Acme Widgets", "name": "Plan of Acme Widgets", "starts_on": day("2020-01-01"),
                        "monthly_fee": 300, "renews_on": day("2026-07-01"), "notice_days": 90}],
        "invoice_lines": [
            *_fees("Acme Widgets", 300, *MONTHS, direct_cost=50, item="Care for ACME WIDGETS"),
            *_fees(EVIL, 100, *MONTHS),
            line("Acme Widgets", "2026-02-10", 200, revenue_class="product", direct_cost=150),
        ],
        "technicians": [technician("Ann Quark", hourly_cost=40)],
        "time_entries": [entry("2026-03-10", 5, "Acme Widgets", technician="Ann Quark"), *whole("2026-01", "2026-03")],
        "loads": [{"load_id": 1, "file_name": "acme widgets 2026.csv", "entity": "invoice_lines", "sha256": "ab" * 32,
                   "rows_read": 7, "rows_in_table": 7, "rows_quarantined": 0, "rows_set_aside": 0}],
    })  # fmt: skip
    yield con
    con.close()


@pytest.fixture(scope="module")
def open_book(small: lazy.Lazy) -> book.Made:
    """Its book with all names."""
    return book.make(small, **QUARTER, masks=())


@pytest.fixture(scope="module")
def read(open_book: book.Made) -> Read:
    """The same, as its reader sees it."""
    return _read(open_book)


@pytest.fixture
def only_revenue(monkeypatch: pytest.MonkeyPatch) -> None:
    """Books of the sheets of revenue alone, which are made in no time."""
    whole_plan = plan.plan()
    few = Plan(tuple(sheet for sheet in whole_plan.sheets if sheet.number in (3, 4, 14, 15)), whole_plan.checks)
    monkeypatch.setattr(book, "plan", lambda: few)


def test_cells_hold_what_is_worked_out_by_hand_and_formulas_with_what_they_come_to(read):
    # 900 and 200 of revenue, 150 and 150 of cost, five hours at 40
    acme = read.row("10 Client margin", "Acme Widgets")
    assert acme[2:7] == [1100, 300, 5, 200, 600]
    assert acme[7] == pytest.approx(600 / 1100)
    total = read.row("10 Client margin", "Total")
    assert total[2] == 1400 and total[6] == 900 and total[7] == pytest.approx(900 / 1400)
    formulas = [cell.value for cell in read.formulas["10 Client margin"][5]]
    assert formulas[6] == '=IF(COUNT(C5,F5)<2,"",C5-N(D5)-F5)'
    assert read.row("6 MRR bridge", datetime(2026, 3, 1))[8:10] == [400, 400]
    assert read.row("5 MRR schedule", "Acme Widgets")[5:8] == [300, 300, 0]
    assert set(read.differences()) == {0}


def _cells(read: Read, sheet: str, name: str) -> dict[str, object]:
    """The cells of the first row that begins with a name, by the captions above it."""
    rows = [[cell.value for cell in row] for row in read.values[sheet]]
    place = next(place for place, row in enumerate(rows) if row[0] == name)
    captions = next(row for row in reversed(rows[:place]) if row[0] in ("Client", "Line"))
    return {str(caption).split(",")[0]: value for caption, value in zip(captions, rows[place], strict=False) if caption}


def test_a_cell_says_in_words_what_is_a_key_or_nothing(workspace, monkeypatch):
    """A block of hours has no date, a call-out is by the hour, and a day begins at nine, not at 540."""
    plans = plan.plan()
    few = Plan(tuple(sheet for sheet in plans.sheets if sheet.number in (1, 14)), plans.checks)
    monkeypatch.setattr(book, "plan", lambda: few)
    con = workspace(
        invoice_lines=[*_fees("Acme", 300, *MONTHS),
                       line("Acme", "2026-02-10", 90, item="Emergency call-out hourly", revenue_class=None)],
        agreements=[{"client": "Acme", "name": "Block", "starts_on": day("2020-01-01")},
                    {"client": "Acme", "name": "Plan", "starts_on": day("2020-01-01"), "renews_on": day("2026-07-01"),
                     "monthly_fee": 300}],
    ).con  # fmt: skip
    read = _read(book.make(con, **QUARTER, masks=()))
    assert read.row("1 Data quality", "Emergency call-out hourly")[3] == "by the hour"
    assert read.row("14 Contracts", "No date")[1:4] == [1, 0, None]
    assert read.row("14 Contracts", datetime(2026, 7, 1))[1:4] == [1, 1, 300]
    starts = read.row("0 Basis", "Working day starts")
    assert starts[1:3] == ["09:00", "local time"]
    # rows, hours and money stand in one column: a count gets no decimals that it hasn't
    balances = [row for row in read.values["1 Data quality"] if str(row[1].value).startswith("rows of")]
    assert balances and {cell.number_format for row in balances for cell in row[2:5]} == {"General_)"}


def test_price_and_gates_of_a_client_are_told_in_words_of_their_own():
    """Both queries know a "ready", by tests of their own: no sheet says that word of either."""
    blocks = {block.name: block for sheet in plan.plan().sheets for block in sheet.blocks}
    said = [
        next(column for column in blocks[name].columns if column.name == "verdict") for name in ("prices", "readiness")
    ]
    assert [column.label for column in said] == ["Price", "Gates"]
    assert said[0].says["ready"] != said[1].says["ready"] and "ready" not in {column.says["ready"] for column in said}


def test_a_chart_names_nothing_that_is_nowhere(read):
    """Acme and the other pay managed fees and a product: the legend holds these two of seven classes."""
    (chart,) = read.formulas["3 Revenue by class"]._charts
    names = [read.formulas["3 Revenue by class"][one.tx.strRef.f.split("!")[1]].value if one.tx.strRef else one.tx.v
             for one in chart.series]  # fmt: skip
    assert names == ["Managed", "Product"]


STATED = [
    *_fees("Acme", 300, *MONTHS, direct_cost=50), *_fees("Birch", 100, *MONTHS),
    line("Birch", "2026-02-10", 200, revenue_class="product"),
]  # fmt: skip
"""Acme's lines say what they cost, Birch's don't."""


@pytest.fixture
def on_margins(monkeypatch: pytest.MonkeyPatch) -> None:
    """Books of the sheets that show what is stated of costs."""
    plans = plan.plan()
    few = Plan(tuple(sheet for sheet in plans.sheets if sheet.number in (2, 3, 4, 10, 13)), plans.checks)
    monkeypatch.setattr(book, "plan", lambda: few)


def test_the_cover_says_how_much_of_hours_and_payroll_stands_at_an_assumed_cost(workspace, on_margins):
    """Ann costs 40 an hour, and nobody says what Bo does: 15 of 20 hours, and 50 of the 90 paid an hour."""
    hours = [entry("2026-03-10", 5, "Birch", technician="Ann"), entry("2026-03-11", 15, "Birch", technician="Bo")]
    con = workspace(
        invoice_lines=STATED,
        technicians=[technician("Ann", hourly_cost=40, hours_per_week=40), technician("Bo", hours_per_week=40)],
        time_entries=[*hours, *whole("2026-01", "2026-03")],
    ).con
    read = _read(book.make(con, **QUARTER, masks=()))
    assert read.row("0 Cover", "Hours at an assumed cost")[1] == pytest.approx(0.75)
    assert read.row("0 Cover", "Payroll at an assumed cost")[1] == pytest.approx(5 / 9)


def test_a_client_and_a_line_without_a_stated_cost_have_an_empty_cell_and_still_a_margin(workspace, on_margins):
    con = workspace(
        invoice_lines=STATED,
        technicians=[technician("Ann", hourly_cost=40)],
        time_entries=[entry("2026-03-10", 5, "Birch", work_type="Project"), *whole("2026-01", "2026-03")],
    ).con
    read = _read(book.make(con, **QUARTER, masks=()))
    acme, birch = (_cells(read, "10 Client margin", name) for name in ("Acme", "Birch"))
    total = _cells(read, "10 Client margin", "Total")
    assert [acme[name] for name in ("Direct cost", "Gross margin", "Managed margin")] == [150, 750, 750]
    # 500 less five hours at 50, the assumption, of project work: nobody says what tools cost
    assert [birch[name] for name in ("Direct cost", "Gross margin", "Managed margin")] == [None, 250, 300]
    assert birch["Gross margin %"] == pytest.approx(0.5)
    assert [total[name] for name in ("Direct cost", "Gross margin", "Managed margin")] == [150, 1000, 1050]
    lines = {name: _cells(read, "13 Service lines", name) for name in ("Managed services", "Products")}
    assert [lines["Managed services"][name] for name in ("Direct cost", "Left before labour")] == [150, 1050]
    # the formula of an empty cell comes to nothing
    assert [lines["Products"][name] for name in ("Direct cost", "Left before labour")] == [None, None]
    january = read.row("3 Revenue by class", datetime(2026, 1, 1))
    # managed 400; what products cost is not known, nor what is left of them
    assert [january[place] for place in (1, 8, 9, 10, 11)] == [400, 400, 400, None, None]
    assert set(read.differences()) == {0}


def test_where_no_line_states_a_cost_no_cell_of_the_book_holds_one(workspace, on_margins):
    fees = [{name: value for name, value in fee.items() if name != "direct_cost"} for fee in STATED]
    con = workspace(
        invoice_lines=fees,
        time_entries=[entry("2026-03-10", 5, "Birch", work_type="Project"), *whole("2026-01", "2026-03")],
    ).con
    read = _read(book.make(con, **QUARTER, masks=()))
    for sheet, rows in (("10 Client margin", ("Acme", "Birch", "Total")), ("13 Service lines", ("Products", "Total"))):
        assert [_cells(read, sheet, name)["Direct cost"] for name in rows] == [None] * len(rows), sheet
    # 900 and 500 less 250
    assert [_cells(read, "10 Client margin", name)["Gross margin"] for name in ("Acme", "Birch", "Total")] == [
        900, 250, 1150,
    ]  # fmt: skip
    assert read.row("2 KPIs", "Total")[2] is None
    assert set(read.differences()) == {0}


def test_managed_margins_of_the_book_are_of_clients_with_managed_revenue_alone(workspace, on_margins):
    """Acme pays 900 for managed work of 5 hours, Tom by the hour for 5 hours that no entry marks as billable: the
    company's managed margin is 650 of 900, and so is the book's."""
    con = workspace(
        invoice_lines=[*_fees("Acme", 300, *MONTHS), line("Tom", "2026-02-01", 400, revenue_class="tm")],
        time_entries=[
            entry("2026-03-10", 5, "Acme"), entry("2026-03-10", 5, "Tom"), *whole("2026-01", "2026-03"),
        ],
    ).con  # fmt: skip
    read = _read(book.make(con, **QUARTER, masks=()))
    total, tom = _cells(read, "10 Client margin", "Total"), _cells(read, "10 Client margin", "Tom")
    assert (tom["Managed margin"], tom["Managed margin %"], total["Managed margin"]) == (None, None, 650)
    assert total["Managed margin %"] == pytest.approx(650 / 900)
    (company,) = warehouse.rows(con, "metrics.company_margin", **QUARTER)
    assert company["managed_gross_margin_pct"] == pytest.approx(650 / 900)


def test_each_check_says_what_it_counts_and_no_key_of_ours_is_left_in_a_cell(read):
    units = read.units()
    assert list(units) == [check.words for check in plan.plan().checks]
    assert units["Rows read = loaded + quarantined + set aside"] == "rows"
    assert units["Open invoices by age (19) = by client (19)"] == "money, $"
    keys = {cell.value for sheet in read.values for row in sheet for cell in row if KEY.fullmatch(str(cell.value))}
    assert keys == set()


def test_the_ledger_is_to_be_filled_in_in_blue_and_nothing_else_is(read):
    blue = {cell.coordinate for row in read.formulas["22 Tie-out"] for cell in row if cell.font.color
            and cell.font.color.rgb == "FF0000FF"}  # fmt: skip
    assert blue == {"D5", "D6", "D7"}
    assert read.formulas["22 Tie-out"]["E5"].value == '=IF(COUNT(B5,D5)<2,"",B5-D5)'
    assert not any(sheet.merged_cells.ranges for sheet in read.formulas)
    assert {sheet.sheet_state for sheet in read.formulas} == {"visible"}


def test_rows_are_as_high_and_columns_as_wide_as_the_longest_names_need(workspace, only_revenue):
    names = [
        "W" * 120,
        "東京都千代田区霞が関国際情報通信" * 6,
        "Consortium of the Greater Metropolitan Area " * 3,
        "東京都千代田区霞が関国際",
    ]
    con = workspace(invoice_lines=[fee for name in names for fee in _fees(name, 12_345_678.9, *MONTHS)]).con
    sheet = _read(book.make(con, **QUARTER)).formulas["4 Revenue by client"]
    high = {row[0].value: sheet.row_dimensions[row[0].row].height or paper.LINE_HEIGHT for row in sheet}
    # 44 letters a line at most, of which those of East Asia take two
    assert [high[name] / paper.LINE_HEIGHT for name in (names[0], names[1], names[3])] == [3, 5, 1]
    assert sheet.column_dimensions["A"].width == pytest.approx(paper.WIDEST, abs=1)
    assert all(cell.alignment.wrap_text for cell in sheet["A"] if cell.value in names)
    # 37,037,036.70 and the sign beside it
    assert sheet.column_dimensions["E"].width >= len("148,148,147")
    sizes = {cell.font.size for row in sheet for cell in row}
    assert min(sizes) >= paper.SIZE


def test_sheets_with_margins_say_before_any_figure_that_none_can_be_read(read):
    # 5 of 64 weekdays x 8 hours
    said = {sheet.title: str(sheet["A3"].value or "").replace("\xa0", " ") for sheet in read.values}
    first = "The margin cannot be read: only 1 % of the time at work is written down."
    assert {name for name, words in said.items() if words == first} == {
        sheet.name for sheet in plan.plan().sheets if sheet.has_margins
    }
    assert {"2 KPIs", "10 Client margin", "12 Repricing", "15 Labour"} <= {
        name for name, words in said.items() if words
    }


def test_sheets_have_headers_that_stay_names_for_their_tables_and_native_charts(read):
    book = read.formulas
    assert [sheet.title for sheet in book if not sheet.freeze_panes] == []
    assert {"Month_from", "Month_to", "As_of", "All_checks", "table_margin", "table_bridge"} <= set(book.defined_names)
    drawn = {sheet.title for sheet in book if sheet._charts}
    assert {"2 KPIs", "3 Revenue by class", "6 MRR bridge"} <= drawn
    # a currency in the header, and a number's form in its cells
    assert [cell.value for cell in book["10 Client margin"][4]][2] == "Revenue, $"
    assert book["10 Client margin"]["C5"].number_format.startswith("#,##0")


def test_no_page_of_a_print_parts_a_chart_or_a_caption_from_its_table():
    """Ten rows to a page: a chart in rows 8 to 11 goes over whole; what is longer than a page ends where that does."""
    rows = [20] * 24
    assert printing.ends(rows, [], 200, repeated=0) == [10, 20]
    assert printing.ends(rows, [(8, 11)], 200, repeated=0) == [8, 18]
    # two rows repeated at the top of each page but the first leave eight
    assert printing.ends(rows, [(8, 11), (15, 17)], 200, repeated=2) == [8, 15, 23]
    assert printing.ends(rows, [(0, 23)], 200, repeated=0) == [10, 20]


def test_every_chart_stands_on_one_page(read):
    for sheet in read.formulas:
        for chart in sheet._charts:
            first = chart.anchor._from.row
            parted = [end.id for end in sheet.row_breaks.brk if first < end.id < first + ROWS]
            assert parted == [], sheet.title


def test_each_finding_leads_to_the_row_that_it_speaks_of(read):
    book = read.formulas
    ways = [cell.hyperlink.location for row in book["23 Findings"] for cell in row if cell.hyperlink]
    assert ways
    for way in ways:
        sheet, place = way.replace("'", "").split("!")
        assert book[sheet][place].value is not None


def test_a_name_that_would_be_a_formula_stays_text(read):
    cells = [cell for sheet in read.formulas for row in sheet for cell in row if cell.value == EVIL]
    assert cells and {cell.data_type for cell in cells} == {"s"}


def _texts(made: book.Made) -> str:
    with zipfile.ZipFile(io.BytesIO(made.book)) as parts:
        return "\n".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist()).casefold()


def test_no_hidden_name_stands_anywhere_in_the_file_and_the_key_tells_them(small):
    made = book.make(small, **QUARTER, masks=ALL)
    texts = _texts(made)
    assert "client 001" in texts and "technician 01" in texts
    assert [name for name in ("acme", "quark", "/c calc") if name in texts] == []
    key = made.key.decode("utf-8-sig")
    assert "Technician 01,technician,Ann Quark" in key and ",client,Acme Widgets" in key


def test_technicians_are_hidden_unless_said_otherwise_and_clients_when_asked(small, open_book, only_revenue):
    usual = _texts(book.make(small, **QUARTER))
    assert "quark" not in usual and "technician 01" in usual and "acme widgets" in usual
    assert "ann quark" in _texts(open_book)


def test_a_number_that_is_broken_shows_on_the_cover(small, only_revenue, monkeypatch):
    asked = warehouse.rows

    def broken(con, name, **params):
        found = asked(con, name, **params)
        if name == "metrics.revenue_by_client":
            found[0]["managed"] += 1
        return found

    monkeypatch.setattr(warehouse, "rows", broken)
    read = _read(book.make(small, **QUARTER))
    assert sorted(map(abs, read.differences()))[-3:] == [1, 1, 2]


def test_it_is_made_without_a_file_on_any_disk(small, only_revenue, monkeypatch):
    for name in ("mkstemp", "mkdtemp", "NamedTemporaryFile", "TemporaryFile"):
        monkeypatch.setattr(tempfile, name, None)
    assert book.make(small, **QUARTER).book.startswith(b"PK")


def test_a_sheet_that_cannot_be_filled_says_what_it_would_take(workspace, only_revenue):
    con = workspace(invoice_lines=_fees("Acme", 300, *MONTHS)).con
    read = _read(book.make(con, **QUARTER))
    assert read.values["14 Contracts"]["A5"].value == "Agreements are not loaded."
    assert all(sheet.max_row > 3 for sheet in read.values)


def test_nothing_is_made_of_nothing(workspace):
    with pytest.raises(VitalsError, match="no month"):
        book.make(workspace().con)


def test_the_command_writes_the_book_and_its_key_for_their_owner_alone(tmp_path: Path, monkeypatch, capsys):
    (tmp_path / "w.duckdb").touch()
    asked = []
    monkeypatch.setattr(warehouse, "read", lambda path: io.BytesIO())
    monkeypatch.setattr(warehouse, "currency", lambda con: "USD")
    monkeypatch.setattr(book, "make", lambda con, **said: asked.append(said) or book.Made(b"PK", b"code"))
    given = ["databook", "--workspace", str(tmp_path / "w.duckdb"), "--out"]
    assert cli.main([*given, str(tmp_path / "b.xlsx"), "--mask", "--month-from", "2026-01"]) == 0
    assert asked[0]["masks"] == ALL and asked[0]["month_from"] == day("2026-01")
    written = {path.name: (path.read_bytes(), path.stat().st_mode & 0o777) for path in tmp_path.glob("b.*")}
    assert written == {"b.xlsx": (b"PK", 0o600), "b.key.csv": (b"code", 0o600)}
    assert cli.main([*given, str(tmp_path / "none" / "b.xlsx")]) == 2
    assert "can't be written" in capsys.readouterr().err


def test_bench_and_what_is_left_after_it_are_live_formulas(workspace):
    """A technician paid 40 an hour for 40 hours a week in three months: 20,800; five hours of it went to a client."""
    con = workspace(
        invoice_lines=_fees("Acme", 300, *MONTHS),
        technicians=[technician("Ann", hourly_cost=40, hours_per_week=40, starts_on=day("2020-01-01"))],
        time_entries=[entry("2026-03-10", 5, "Acme", technician="Ann"), *whole("2026-01", "2026-03")],
    ).con
    read = _read(book.make(con, **QUARTER, masks=()))
    for sheet in ("2 KPIs", "13 Service lines"):
        cells = {row[0].value: row[1] for row in read.formulas[sheet] if row[0].value}
        at = {name: cell.coordinate for name, cell in cells.items()}
        payroll, spent, bench = (at[name] for name in ("Service payroll, $", "Payroll spent on clients, $", "Bench, $"))
        assert cells["Bench, $"].value == f'=IF(COUNT({payroll},{spent})<2,"",{payroll}-{spent})'
        margin, after = at["Gross margin before bench, $"], cells["Gross margin after bench, $"]
        assert after.value == f'=IF(COUNT({margin},{bench})<2,"",{margin}-{bench})'
        assert read.row(sheet, "Bench, $")[1] == 20800 - 200
        assert read.row(sheet, "Gross margin after bench, $")[1] == 900 - 200 - 20600


def test_shares_of_all_leave_out_who_has_no_contracted_hours(workspace):
    """Ann's 40 hours of one quarter's; Bob's 30 are known by the time entries alone, and so is no capacity of his: the
    sheet divided 70 by hers, and no other place of the application did."""
    con = workspace(
        invoice_lines=_fees("Acme", 300, *MONTHS),
        technicians=[technician("Ann", hourly_cost=40, hours_per_week=40, starts_on=day("2020-01-01"))],
        time_entries=[
            entry("2026-03-10", 40, "Acme", technician="Ann"), entry("2026-03-11", 30, "Acme", technician="Bob"),
            *whole("2026-01", "2026-03"),
        ],
    ).con  # fmt: skip
    read = _read(book.make(con, **QUARTER, masks=()))
    rows = {row[0]: row for row in read.values["15 Labour"].iter_rows(max_row=9, values_only=True)}
    assert rows["Total"][4] == 70 and rows["Bob"][1] is None
    assert rows["Total"][7] == pytest.approx(40 / rows["Ann"][2]) == read.row("2 KPIs", "Utilisation of net hours")[1]


def test_findings_and_red_flags_lead_to_the_line_that_says_them(read):
    """Each names a sheet; where a single line says it, its link leads there and not to the sheet's head."""
    known = {block.name: block for sheet in plan.plan().sheets for block in sheet.blocks}
    for name, (block, *told) in plan.plan().leads.items():
        assert set(told) <= {column.name for column in known[block].columns}, name
        assert bool(told) == known[block].is_turned, name
    links = {
        row[1].value: cell.hyperlink.location for row in read.formulas["24 Red flags"] for cell in row if cell.hyperlink
    }
    for measure, label in (("Recurring revenue, of all revenue", "Recurring"), ("Largest client", "Largest client")):
        sheet, at = links[measure].replace("'", "").split("!")
        assert str(read.values[sheet][at].value).startswith(label), (measure, sheet, at)


def test_differences_of_the_bridge_are_summed_by_their_sizes():
    """A month 5 too high and one 5 too low are 10 apart; summed they came to nothing."""
    (check,) = (check for check in plan.plan().checks if check.is_apart)
    assert (check.left.of, check.left.columns) == ("bridge", ("apart",))
    assert formula.sizes(["A1:A9"]) == '=SUMIF(A1:A9,">0")-SUMIF(A1:A9,"<0")'
