"""Small files in the spirit of those in tests/cases, in other words: none becomes a wrong sum in silence."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ingest.written import book
from tests.properties.made import scaled
from vitals import cli
from vitals.contract import entities
from vitals.errors import VitalsError
from vitals.ingest.model import Options
from vitals.ingest.preparation import prepare
from vitals.workspace import report

TODAY = date(2026, 6, 1)
DOCUMENTS = "Invoice Number,Invoice Date,Customer"


def _read(text: str, column: str = "amount", **answers: str) -> tuple[list[str], list[Decimal | None]]:
    """The questions that a file leaves open, and what is loaded of one column."""
    parts: list[pa.Table] = []
    options = Options(answers=answers, today=TODAY)
    found = prepare(text.encode(), "export.csv", options, lambda index, entity, rows: parts.append(rows))
    return [one.name for one in found.questions], [row[column] for part in parts for row in part.to_pylist()]


@pytest.mark.parametrize(
    ("caption", "yes", "no"),
    [
        ("Void?", "Yes", "No"), ("Deleted", "1", "0"), ("Is Cancelled", "TRUE", "FALSE"), ("Invoice Voided", "Y", "N"),
        ("isDeleted", "true", "false"), ("Storniert", "ja", "nein"), ("Written Off", "x", "no"), ("Draft", "t", "f"),
    ],
)  # fmt: skip
def test_rows_that_are_flagged_as_void_are_set_aside(caption: str, yes: str, no: str) -> None:
    text = f"{DOCUMENTS},{caption},Amount\n1,2026-03-02,Acme,{no},500\n2,2026-03-03,Birch,{yes},300\n"
    assert _read(text) == ([], [500])


def test_hours_that_are_flagged_as_deleted_are_set_aside() -> None:
    text = "Date,Employee,Client,Hours,Deleted\n2026-03-02,Ana,Acme,2,no\n2026-03-03,Bo,Acme,3,yes\n"
    assert _read(text, "hours") == ([], [2])


@pytest.mark.parametrize("caption", ["Taxable", "Emailed", "Reminder", "Recurring", "Deposit", "Paid", "Printed"])
def test_other_columns_of_yes_and_no_set_nothing_aside(caption: str) -> None:
    text = f"{DOCUMENTS},{caption},Amount\n1,2026-03-02,Acme,No,500\n2,2026-03-03,Birch,Yes,300\n"
    assert _read(text)[1] == [500, 300]


def test_a_reversal_by_its_german_name_is_asked_about() -> None:
    text = f"{DOCUMENTS},Doc Type,Amount\n1,2026-03-02,Acme,Rechnung,500\n2,2026-03-03,Acme,Storno,-500\n"
    assert _read(text) == (["what_is_storno"], [])
    assert _read(text, what_is_storno="credit") == ([], [500, -500])


def test_lines_below_the_caption_of_a_line_number_are_the_amounts_where_they_add_up() -> None:
    rows = "1,2026-03-02,Acme,100,150\n1,2026-03-02,Acme,50,150\n2,2026-03-03,Birch,70,70\n"
    assert _read(f"{DOCUMENTS},Line,Amount\n{rows}") == ([], [100, 50, 70])


def test_what_is_left_after_a_discount_is_the_amount() -> None:
    rows = "1,2026-03-02,Acme,100,10,90\n2,2026-03-03,Birch,200,0,200\n"
    text = f"{DOCUMENTS},Amount,Discount,Total\n{rows}"
    assert _read(text) == (["confirm_mapping"], [])
    assert _read(text, confirm_mapping="yes") == ([], [90, 200])
    # what is left after a payment is not
    assert _read(text.replace("Discount,Total", "Paid,Balance"))[1] == [100, 200]


@given(
    rows=st.lists(st.tuples(st.integers(2, 40), st.integers(100, 99_999)), min_size=2, max_size=8),
    captions=st.sampled_from(["Qty,Amount,Ext", "Quantity,Amount,Line Sum", "Units,Amount,Extended"]),
    order=st.permutations(range(3)),
)
@scaled(20)
def test_a_price_that_is_called_the_amount_gives_way_to_what_it_makes_with_the_quantity(
    rows: list[tuple[int, int]], captions: str, order: list[int]
) -> None:
    prices = [Decimal(cents) / 100 for _, cents in rows]
    sums = [count * price for (count, _), price in zip(rows, prices, strict=True)]
    lines = [(str(count), str(price), str(whole)) for (count, _), price, whole in zip(rows, prices, sums, strict=True)]
    text = f"{DOCUMENTS},{','.join(captions.split(',')[at] for at in order)}\n" + "".join(
        f"{place},2026-03-{place + 1:02},Client {place},{','.join(line[at] for at in order)}\n"
        for place, line in enumerate(lines)
    )
    questions, amounts = _read(text)
    assert amounts == ([] if questions else sums)


@given(
    nets=st.lists(st.integers(50_00, 90_000_00), min_size=2, max_size=8, unique=True),
    rate=st.sampled_from([5, 7, 10, 15, 19, 20, 21, 22, 25, 25]),
    holds=st.booleans(),
    caption=st.sampled_from(["VAT", "Tax Amount", "GST", "Sales Tax"]),
)
@scaled(40)
def test_an_amount_that_holds_its_tax_is_read_without_it(nets: list[int], rate: int, holds: bool, caption: str) -> None:
    net = [Decimal(cents) / 100 for cents in nets]
    taxes = [(amount * rate / 100).quantize(Decimal("0.01")) for amount in net]
    shown = [amount + tax if holds else amount for amount, tax in zip(net, taxes, strict=True)]
    rows = (f"{at},2026-03-02,Acme,{amount},{tax}\n" for at, (amount, tax) in enumerate(zip(shown, taxes, strict=True)))
    text = f"{DOCUMENTS},Amount,{caption}\n{''.join(rows)}"
    # a quarter of what is left is a fifth of the whole: 25 % within an amount can't be told from 20 % on it
    is_torn = (rate, holds) in ((25, True), (20, False))
    assert _read(text) == ((["amount_holds_tax"], []) if is_torn else ([], net))
    assert _read(text, amount_holds_tax="yes" if holds else "no") == ([], net)


@pytest.mark.parametrize(
    ("captions", "lines", "net"),
    [
        # one row alone doesn't tell, nor a tax on a part of each invoice
        ("Amount,Tax", ["1200.00,200.00"], None),
        ("Amount,Tax", ["1200.00,93.11", "550.00,17.40", "300.00,0.00"], None),
        ("Gross Amount,Amount,Tax", ["1293.11,1200.00,93.11", "567.40,550.00,17.40"], [1200, 550]),
        ("Net Amount,Tax", ["1200.00,93.11", "550.00,17.40"], [1200, 550]),
        # rates in eighths of a per cent
        ("Amount,Sales Tax", ["1000.00,82.50", "500.00,41.25"], [1000, 500]),
        ("amount,tax", ["1200.00,93.11"], [1200]),
    ],
)
def test_a_tax_is_taken_off_or_left_only_where_the_figures_say_so(
    captions: str, lines: list[str], net: list[int] | None
) -> None:
    start = "invoice_number,invoiced_on,client" if captions.islower() else DOCUMENTS
    rows = (f"{place},2026-03-02,Acme,{line}\n" for place, line in enumerate(lines))
    text = f"{start},{captions}\n{''.join(rows)}"
    assert _read(text) == ((["amount_holds_tax"], []) if net is None else ([], net))


def test_a_tax_that_stands_on_each_line_of_an_invoice_is_that_of_the_whole() -> None:
    text = f"{DOCUMENTS},Amount,Tax\n1,2026-03-02,Acme,1000,285\n1,2026-03-02,Acme,500,285\n2,2026-03-02,Bo,90,17.10\n"
    assert _read(text) == ([], [1000, 500, 90])


@pytest.mark.parametrize(
    ("captions", "cells", "is_held"),
    [
        ("Amount Excl Tax,VAT", "{0},{1}", False), ("Net Amount,VAT", "{0},{1}", False),
        ("Amount,VAT,Currency", "{0},{1},SEK", True), ("Amount,VAT,Currency", "{0},{1},GBP", False),
        ("Amount,VAT", "£{0},{1}", False), ("Amount,VAT,VAT %", "{0},{1},25", True),
        ("Amount,VAT,VAT rate", "{0},{1},20%", False), ("Amount,VAT,Grand", "{0},{1},{2}", False),
        ("Amount,VAT,Left", "{0},{1},{3}", True),
    ],
)  # fmt: skip
def test_what_else_tells_a_quarter_from_a_fifth(captions: str, cells: str, is_held: bool) -> None:
    lines = [cells.format(*numbers) for numbers in ((1250, 250, 1500, 1000), (625, 125, 750, 500))]
    text = f"{DOCUMENTS},{captions}\n1,2026-03-02,Acme,{lines[0]}\n2,2026-03-03,Birch,{lines[1]}\n"
    assert _read(text) == ([], [1000, 500] if is_held else [1250, 625])


@given(
    lines=st.lists(st.tuples(st.integers(50_00, 90_000_00), st.sampled_from([0, 7, 19])), min_size=3, max_size=8),
    holds=st.booleans(),
)
@scaled(20)
def test_an_amount_that_holds_taxes_of_several_rates_is_read_without_them(
    lines: list[tuple[int, int]], holds: bool
) -> None:
    net = [Decimal(cents) / 100 for cents, _ in lines]
    taxes = [(amount * rate / 100).quantize(Decimal("0.01")) for amount, (_, rate) in zip(net, lines, strict=True)]
    shown = [amount + tax if holds else amount for amount, tax in zip(net, taxes, strict=True)]
    rows = (f"{at},2026-03-02,Acme,{amount},{tax}\n" for at, (amount, tax) in enumerate(zip(shown, taxes, strict=True)))
    if len({amount for amount, tax in zip(shown, taxes, strict=True) if tax}) > 1:
        assert _read(f"{DOCUMENTS},Amount,VAT\n{''.join(rows)}") == ([], net)


@pytest.mark.parametrize("caption", ["Amount in thousands", "Amount (k€)", "Revenue TEUR", "Amount ($000s)"])
def test_amounts_of_another_scale_are_never_taken_by_a_guess(caption: str) -> None:
    with pytest.raises(VitalsError):
        _read(f"{DOCUMENTS},{caption}\n1,2026-03-02,Acme,1.2\n2,2026-03-03,Birch,3\n")


def test_hours_with_their_minutes_behind_a_dot_are_never_taken_by_a_guess() -> None:
    with pytest.raises(VitalsError):
        _read("Date,Technician,Client,Hours (h.mm)\n2026-03-02,Ana,Acme,1.30\n", "hours")


@pytest.mark.parametrize("caption", ["Belegtyp", "Belegart", "Dokumenttyp", "Doc Type"])
def test_kinds_of_documents_in_codes_are_known_or_asked_about(caption: str) -> None:
    text = f"{DOCUMENTS},{caption},Amount\n1,2026-03-02,Acme,RE,500\n2,2026-03-03,Acme,{{}},200\n"
    assert _read(text.format("ZZ")) == (["what_is_zz"], [])
    assert _read(text.format("GS"), "is_credit") == ([], [False, True])


@pytest.mark.parametrize(("begin", "end"), [("Start", "End"), ("Started", "Stop"), ("Clock In", "Clock Out")])
@pytest.mark.parametrize("who", ["Technician,Client", "Client"])
def test_moments_of_a_start_and_an_end_are_work_and_no_agreement(who: str, begin: str, end: str) -> None:
    cells = "Ana,Acme" if "," in who else "Acme"
    rows = f"{cells},2026-03-02 09:00,2026-03-02 11:30\n{cells},2026-03-02 22:00,2026-03-03 01:00\n"
    assert _read(f"{who},{begin},{end}\n{rows}", "hours", confirm_mapping="yes") == ([], [Decimal("2.5"), 3])


@pytest.mark.parametrize("caption", ["Credit Note", "Is Credit", "Credit Memo", "Credit Note?"])
def test_credits_that_are_flagged_take_away(caption: str) -> None:
    text = f"{DOCUMENTS},{caption},Amount\n1,2026-03-02,Acme,N,500\n2,2026-03-03,Birch,Y,300\n"
    assert _read(text, "is_credit") == ([], [False, True])


@pytest.mark.parametrize("caption", ["Monthly Salary", "Day Rate", "Weekly Pay", "Salary per month"])
def test_pay_of_another_time_is_never_taken_by_a_guess(caption: str) -> None:
    rows = _read(f"Engineer,Grade,{caption}\nAna,L2,5200\nBo,L1,4100\n", "level", confirm_mapping="yes")
    assert rows == ([], ["L2", "L1"])


@pytest.mark.parametrize(("end", "hours"), [("5:00", []), ("17:00", [8]), ("01:00", [16])])
def test_a_clock_of_twelve_hours_without_its_half_is_no_night(end: str, hours: list[int]) -> None:
    text = f"Date,Technician,Client,Start,End\n2026-03-02,Ana,Acme,9:00,{end}\n"
    assert _read(text, "hours") == ([], hours)


FILES = {
    "time.csv": {"Date": "2026-03-02", "Technician": "Ana", "Client": "Acme", "Hours": "2"},
    "invoices.csv": {"Invoice Number": "1", "Invoice Date": "2026-03-02", "Customer": "Acme", "Amount": "500"},
    "tickets.csv": {"Ticket #": "7", "Company": "Acme", "Created": "2026-03-02 09:00", "Summary": "Printer"},
    "agreements.csv": {"Client": "Acme", "Agreement": "Gold", "Start Date": "2026-01-01", "Monthly Fee": "800"},
    # asked about before it is loaded
    "asked.csv": {"Customer": "Acme", "Date": "2026-03-02", "Item": "M365", "Quantity": "10", "Unit Price": "25"},
}
MORE = ["Job", "Floor", "Shoe size", "Team", "Note 7", "Web site", "Colour", "Weight (kg)"]


@given(
    name=st.sampled_from(sorted(FILES)),
    more=st.lists(st.sampled_from(MORE), unique=True, max_size=7),
    empty=st.sets(st.integers(0, 6)),
    is_book=st.booleans(),
    data=st.data(),
)
@scaled(40)
def test_the_command_line_names_every_filled_column_that_nothing_is_read_from(
    name: str, more: list[str], empty: set[int], is_book: bool, data: st.DataObject
) -> None:
    cells = {**FILES[name], **{name: "" if at in empty else f"{name} x" for at, name in enumerate(more)}}
    order = data.draw(st.permutations(list(cells)))
    rows = [order, [cells[caption] for caption in order]]
    content = book(("Data", [*rows])) if is_book else "".join(f"{','.join(row)}\n" for row in rows).encode()
    file = name.replace(".csv", ".xlsx") if is_book else name
    found = prepare(content, file, Options(today=TODAY), lambda index, entity, rows: None)
    [table] = found.tables
    loaded = report.Report(file, decision="accept", columns=report.columns_of(table))
    assert bool(found.questions) == (name == "asked.csv")
    told = report.asked(file, table, found.questions, ()) if found.questions else loaded
    (line,) = [line for line in cli.as_lines([told]) if line.startswith(file)]
    left = [name for name in order if name in more and cells[name]]
    named = ", ".join(f'"{name}"' for name in left)
    assert (f"Not read: {named}." in line) if left else ("Not read" not in line)


@pytest.mark.parametrize(("caption", "rate"), [("VAT %", "20%"), ("Tax rate", "20"), ("MwSt", "20 %")])
def test_a_gross_amount_beside_a_rate_is_asked_about_without_the_tax(caption: str, rate: str) -> None:
    text = f"{DOCUMENTS},Gross,{caption}\n1,2026-03-02,Acme,120,{rate}\n2,2026-03-03,Birch,240,{rate}\n"
    assert _read(text) == (["confirm_mapping"], [])
    assert _read(text, confirm_mapping="yes") == ([], [100, 200])


@pytest.mark.parametrize(
    ("header", "cells", "hours"),
    [
        ("Start,End", "2026-03-02T09:00:00+01:00,2026-03-02T11:30:00+02:00", "1.5"),
        ("Start,End", "2026-03-02 23:00,2026-03-03 01:00", "2"),
        ("In,Out", "11:30 PM,1:00 AM", "1.5"),
        ("In,Out,Break", "09:00,17:30,00:30", "8"),
        ("Clock In,Clock Out", "09:00,10:15", "1.25"),
    ],
)
def test_times_of_a_day_are_read_by_any_usual_caption(header: str, cells: str, hours: str) -> None:
    assert _read(f"Date,Technician,Client,{header}\n2026-03-02,Ana,Acme,{cells}\n", "hours") == ([], [Decimal(hours)])


@given(
    caption=st.sampled_from(
        ["Days", "Days Worked", "Mandays", "Man-days", "Duration (days)", "Effort in days", "Tage"]
    ),
    quarters=st.lists(st.integers(1, 12), min_size=1, max_size=6),
    day=st.sampled_from(["8", "7.5", "24"]),
)
@scaled(20)
def test_work_that_is_counted_in_days_is_never_a_sum_unasked(caption: str, quarters: list[int], day: str) -> None:
    rows = "".join(f"Ana,Acme,2026-03-{at + 1:02},{Decimal(part) / 4}\n" for at, part in enumerate(quarters))
    text = f"Consultant,Customer,Date,{caption}\n{rows}"
    assert "hours_in_a_day" in _read(text, "hours")[0]
    asked, hours = _read(text, "hours", confirm_mapping="yes", hours_in_a_day=day)
    assert not asked and sum(filter(None, hours)) == Decimal(day) * sum(quarters) / 4


def test_days_to_pay_in_are_no_hours() -> None:
    text = f"{DOCUMENTS},Amount,Days\n1,2026-03-02,Acme,500,30\n2,2026-03-03,Birch,300,14\n"
    assert _read(text) == ([], [500, 300])
    assert "hours_in_a_day" not in _read("Customer,Date,Days\nAcme,2026-03-02,30\nBirch,2026-03-03,14\n", "client")[0]


@given(
    fee=st.sampled_from(["Fee", "Price", "Retainer", "Amount"]),
    cycle=st.sampled_from(["Frequency", "Billing Cycle", "Billing Period"]),
    start=st.sampled_from(["Start", "Since", "Begins on", "Contract Start"]),
    months=st.lists(st.sampled_from([1, 3, 12]), min_size=1, max_size=5),
    order=st.permutations(range(5)),
)
@scaled(20)
def test_fees_beside_their_cycle_are_those_of_agreements(
    fee: str, cycle: str, start: str, months: list[int], order: list[int]
) -> None:
    words = {1: "Monthly", 3: "Quarterly", 12: "Annual"}
    lines = [["Client", "Plan", fee, cycle, start]]
    lines += [[f"Client {at}", "Gold", str(100 * many), words[many], "2026-01-01"] for at, many in enumerate(months)]
    text = "\n".join(",".join(line[at] for at in order) for line in lines)
    assert _read(text, "monthly_fee", confirm_mapping="yes") == ([], [100] * len(months))


def test_a_fee_of_a_cycle_that_nobody_knows_is_left_out_and_not_dropped() -> None:
    rows = "Gold,Acme,Bi-monthly,2025-01-01,3000\nSilver,Birch,Fortnightly,2025-01-01,600\n"
    assert _read(f"Agreement,Company,Billing Cycle,Start,Amount\n{rows}", "monthly_fee") == ([], [1300])


@pytest.mark.parametrize("caption", ["Duration (mm:ss)", "Time Spent (m:ss)"])
def test_a_caption_of_minutes_and_seconds_is_read_as_such(caption: str) -> None:
    text = f"Employee,Customer,Date,{caption}\nAna,Acme,2026-03-02,90:00\nBo,Birch,2026-03-03,45:36\n"
    assert _read(text, "hours", confirm_mapping="yes") == ([], [Decimal("1.5"), Decimal("0.76")])


def test_a_clock_in_a_column_of_minutes_may_be_either_and_is_left_out() -> None:
    text = "Employee,Customer,Date,Minutes\nAna,Acme,2026-03-02,1:30\nBo,Birch,2026-03-03,45\n"
    assert _read(text, "hours") == ([], [Decimal("0.75")])


PAIR = "Invoice Number,Invoice Date,Customer,Currency"


@pytest.mark.parametrize(
    ("captions", "lines", "amounts"),
    [
        # 10 x 100 and 5 x 110 are in the currency of the row, whatever the columns are called
        ("Qty,Price,Amount,Amount (local)", ["10,100,1000.00,920.00", "5,110,550.00,506.00"], [1000, 550]),
        ("Qty,Price,Amount,Amount (local)", ["10,100,920.00,1000.00", "5,110,506.00,550.00"], [1000, 550]),
        # by a word that says whose currency it is, and never by a rate of exchange that multiplies the one to the other
        ("Amount,Base Amount,Exchange Rate", ["1000.00,920.00,0.92", "550.00,506.00,0.92"], [1000, 550]),
        ("Amount (home currency),Foreign Amount", ["920.00,1000.00", "506.00,550.00"], None),
        ("Total,Amount in EUR,Amount (USD)", ["x,920.00,1000.00", "x,506.00,550.00"], None),
        # local may be the firm's own currency, and its client's
        ("Amount,Amount (local)", ["1000.00,920.00", "550.00,506.00"], None),
        # the same throughout, where all rows are in the firm's own currency
        ("Amount,Amount (local)", ["1000.00,1000.00", "550.00,550.00"], [1000, 550]),
    ],
)
def test_of_two_amounts_the_one_in_the_rows_own_currency_is_read(
    captions: str, lines: list[str], amounts: list[int] | None
) -> None:
    rows = (f"{place},2026-03-02,Acme,USD,{line}\n" for place, line in enumerate(lines))
    text = f"{PAIR},{captions}\n{''.join(rows)}"
    questions, found = _read(text, confirm_mapping="yes")
    assert (found == [1000, 550]) if not questions else (amounts is None and questions == ["which_column_is_amount"])
    assert amounts in (None, found)


def test_which_of_two_amounts_is_meant_is_asked_and_answered() -> None:
    text = f"{PAIR},Amount,Amount (local)\n1,2026-03-02,Acme,USD,1000.00,920.00\n2,2026-03-02,Acme,EUR,40.00,40.00\n"
    assert _read(text)[0] == ["which_column_is_amount"]
    assert _read(text, which_column_is_amount="5")[0] == ["currency"]
    assert _read(text, which_column_is_amount="5", currency="keep:USD") == ([], [1000])
    assert _read(text, which_column_is_amount="6", currency="keep:USD") == ([], [920])


@pytest.mark.parametrize(
    ("captions", "line", "entity", "total"),
    [
        ("Client,Start Date,Product,Seats,Price per Seat", "Acme,2026-01-01,M365,10,25.00", "agreements", 250),
        ("Company,Contract Start,Users,Monthly fee per user", "Acme,2026-01-01,10,25.00", "agreements", 250),
        ("Customer,Date,Item,Quantity,Unit Price", "Acme,2026-01-01,M365,10,25.00", "invoice_lines", 250),
        ("Client,Seats,Price per Seat", "Acme,10,25.00", None, 0),
        ("Client,Segment,Start Date,Fee", "Acme,Dental,2024-01-01,1250", "agreements", 1250),
        # more than a list of clients says is asked about, and what is not read of it named
        ("Client,Tier,Users,Monthly Fee", "Acme,Gold,10,1250", "clients", 0),
        ("Company,Users,Rate per User,Tier", "Acme,10,125,Gold", "clients", 0),
        ("Company,Seats,Industry,MRR", "Acme,10,Dental,1250", "clients", 0),
        ("Name,Client Since,Monthly Fee", "Acme,2024-01-01,1250", None, 0),
        # a year's amount is a twelfth a month, and a whole contract's is no fee
        ("Client,Agreement,Start Date,Annual Value", "Acme,Gold,2026-01-01,12000", "agreements", 1000),
        ("Client,Start Date,ARR", "Acme,2026-01-01,12000", "agreements", 1000),
    ],
)
def test_what_clients_pay_is_never_dropped_unasked(captions: str, line: str, entity: str | None, total: int) -> None:
    text = f"{captions}\n{line}\n{line.replace('Acme', 'Birch')}\n"
    if entity is None:
        with pytest.raises(VitalsError, match="nearest to agreements"):
            _read(text)
        return
    money = entities()[entity].money or "client"
    assert _read(text, money) == (["confirm_mapping"], [])
    questions, found = _read(text, money, confirm_mapping="yes")
    assert not questions and found == ([total] * 2 if total else ["Acme", "Birch"])


def test_what_a_whole_contract_is_worth_is_no_monthly_fee() -> None:
    text = "Client,Contract Name,Start Date,End Date,Contract Value\nAcme,Gold,2026-01-01,2028-12-31,36000\n"
    found = prepare(text.encode(), "export.csv", Options(today=TODAY), lambda *part: None)
    [asked] = found.questions
    assert asked.name == "confirm_mapping" and 'without a monthly fee: "Contract Value" holds amounts' in asked.sentence
    assert _read(text, "name", confirm_mapping="yes") == ([], ["Gold"])


@pytest.mark.parametrize("captions", ["Qty,Rate,Discount %,Amount,Total", "Total,Discount (%),Amount,Rate,Qty"])
def test_an_amount_before_a_discount_in_per_cent_is_not_the_lines(captions: str) -> None:
    cells = {"Qty": "10", "Rate": "100", "Discount %": "10", "Discount (%)": "10", "Amount": "1000", "Total": "900"}
    full = {**cells, "Qty": "5", "Discount %": "0", "Discount (%)": "0", "Amount": "500", "Total": "500"}
    lines = (",".join(row[caption] for caption in captions.split(",")) for row in (cells, full))
    text = f"{DOCUMENTS},{captions}\n" + "".join(f"{at},2026-03-02,Acme,{line}\n" for at, line in enumerate(lines))
    assert _read(text, confirm_mapping="yes") == ([], [900, 500])


VIEW = "Invoice_Number,Invoice_Type,Company_Name,Date_Invoice,Invoice_Amount,Sales_Tax_Amount,Time_Amount,Misc_Amount"


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        # the parts of one row say that the amounts hold their tax: those without parts hold it too
        (["1100,100,0,0", "550,50,500,0"], ([], [1000, 500])),
        (["1000,100,0,0", "500,50,500,0"], ([], [1000, 500])),
        # by the rates of the tax, where no parts tell, and asked where they don't tell either
        (["1100,100,0,0", "550,50,0,0"], ([], [1000, 500])),
        (["1100,83,0,0", "550,17,0,0"], (["amount_holds_tax"], [])),
    ],
)
def test_whether_amounts_hold_their_tax_is_decided_for_the_whole_file(
    rows: list[str], found: tuple[list[str], list[int]]
) -> None:
    lines = (f"{at},Agreement,Acme,2026-01-0{at + 1},{row}\n" for at, row in enumerate(rows))
    assert _read(f"{VIEW}\n{''.join(lines)}") == found
