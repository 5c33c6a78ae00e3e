"""However a file is laid out and worded, its sums are the true ones, or it is asked or refused: never wrong unseen."""

from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from tests.properties.made import scaled
from vitals.errors import VitalsError
from vitals.ingest.model import Options, Prepared
from vitals.ingest.preparation import prepare

CENT = Decimal("0.01")
Table = list[dict[str, str]]
"""Rows as caption -> cell."""


class Rows:
    """Takes the typed rows of a file."""

    def __init__(self) -> None:
        self.taken: list[dict] = []

    def __call__(self, index: int, entity: str, rows: pa.Table) -> None:
        self.taken += rows.to_pylist()

    def drop(self) -> None:
        self.taken.clear()


def written(rows: Table, order: list[str]) -> bytes:
    text = io.StringIO()
    lines = csv.DictWriter(text, order)
    lines.writeheader()
    lines.writerows(rows)
    return text.getvalue().encode()


def loaded(data: bytes, file: str = "file.csv", **answers: str) -> tuple[Prepared | None, list[dict]]:
    """What came of a file; nothing where it is refused."""
    rows = Rows()
    try:
        return prepare(data, file, Options(answers=answers), rows), rows.taken
    except VitalsError:
        return None, []


def confirmed(data: bytes) -> tuple[set[str], str, list[dict]] | None:
    """The questions of a file, its entity, and its rows after a yes to the mapping; nothing where it is refused."""
    found, rows = loaded(data)
    asked = {item.name for item in found.questions} if found else set()
    if asked == {"confirm_mapping"}:
        found, rows = loaded(data, confirm_mapping="yes")
        asked = {item.name for item in found.questions} if found else set()
    return (asked, found.tables[0].entity, rows) if found else None


def revenue(rows: list[dict]) -> Decimal:
    return sum((-abs(row["amount"]) if row.get("is_credit") else row["amount"] for row in rows), Decimal())


AMOUNTS = st.decimals(1, 99_999, places=2)
STATUSES = (
    "Status",
    "Invoice Status",
    "invoice_status",
    "STATUS",
    "Payment Status",
    "State of invoice",
    "Rechnungsstatus",
    "Zustand",
    "Situação",
    "Betalstatus",
    "Stan płatności",
    "Tila",
)
KINDS = (
    "Type",
    "Document Type",
    "Doc Type",
    "Transaction Type",
    "Kind",
    "Document",
    "Voucher Type",
    "InvoiceType",
    "Belegart",
)
SALES = (
    "Invoice",
    "INVOICE",
    "Sales Invoice",
    "SI",
    "Paid",
    "partially paid",
    "Overdue",
    "Customer Invoice",
    "Rechnung",
    "Facture",
    "Zapłacona",
    "Ikke betalt",
    "Fatura",
)
CREDITS = (
    "Credit Note",
    "credit_memo",
    "CreditNote",
    "SC",
    "Customer Credit Note",
    "Gutschrift",
    "Avoir",
    "Kreditfaktura",
)
OTHERS = (
    "Draft",
    "VOID",
    "Cancelled",
    "Canceled",
    "Refunded",
    "Payment",
    "Vendor Bill",
    "Purchase Invoice",
    "Quote",
    "Entwurf",
    "Draft Invoice",
    "Invoice (void)",
    "supplier credit note",
    "Pro-forma",
    "Makulerad",
    "Anulowana",
    "Luonnos",
)
NO_SALES = (
    "Proforma",
    "PRO FORMA - {}",
    "Draft: {}",
    "{} (draft)",
    "Quote 17 {}",
    "Estimate",
    "Pro-forma invoice",
    "Angebot: {}",
    "Subtotal",
    "SALES TAX 8.25%",
    "Zwischensumme:",
)
UNKNOWN = ("On Hold", "Storno", "Zwischenstand", "Quarks", "X7", "not sure", "Credit limit", "Pending review")


@scaled(60)
@given(st.data())
def test_rows_that_are_no_sale_never_count_as_one(data: st.DataObject) -> None:
    caption = data.draw(st.sampled_from(STATUSES + KINDS))
    words = data.draw(
        st.lists(
            st.sampled_from(SALES + CREDITS + OTHERS + UNKNOWN[: data.draw(st.sampled_from([0, 8]))]),
            min_size=2,
            max_size=8,
        )
    )
    words = [*words, "Invoice"]
    amounts = [data.draw(AMOUNTS) for _ in words]
    rows = [
        {
            "Invoice Number": str(1000 + place),
            "Customer": f"Client {place % 3}",
            "Invoice Date": f"2026-05-{place + 1:02}",
            "Amount": str(amount),
            caption: word,
        }
        for place, (word, amount) in enumerate(zip(words, amounts, strict=True))
    ]
    found, taken = loaded(written(rows, data.draw(st.permutations(list(rows[0])))))
    assert found is not None
    if set(words) & set(UNKNOWN):
        assert found.questions and not taken
        return
    signs = {**dict.fromkeys(SALES, 1), **dict.fromkeys(CREDITS, -1), **dict.fromkeys(OTHERS, 0)}
    assert not found.questions
    assert revenue(taken) == sum(signs[word] * amount for word, amount in zip(words, amounts, strict=True))


@scaled(30)
@given(st.data())
def test_a_description_of_no_sale_never_counts_unasked(data: st.DataObject) -> None:
    caption = data.draw(st.sampled_from(["Description", "Item", "Memo", "Product/Service", "Invoice Memo", "Subject"]))
    texts = data.draw(st.lists(st.sampled_from((*NO_SALES, "{}", "{}")), min_size=1, max_size=6))
    amounts = [data.draw(AMOUNTS) for _ in texts]
    rows = [
        {
            "Invoice Number": str(1000 + place), "Customer": "Acme", "Invoice Date": f"2026-05-{place + 1:02}",
            "Amount": str(amount), caption: text.format("Managed services"),
        }
        for place, (text, amount) in enumerate(zip(texts, amounts, strict=True))
    ]  # fmt: skip
    file = written(rows, data.draw(st.permutations(list(rows[0]))))
    found, taken = loaded(file)
    assert found is not None and bool(found.questions) == bool({*texts} & {*NO_SALES})
    answers = {item.name: "not_revenue" for item in found.questions}
    sales = (amount for text, amount in zip(texts, amounts, strict=True) if text == "{}")
    assert revenue(loaded(file, **answers)[1] if answers else taken) == sum(sales, Decimal())


@scaled(40)
@given(st.data())
def test_an_invoices_total_on_each_of_its_lines_counts_once(data: st.DataObject) -> None:
    total, line = data.draw(
        st.sampled_from(
            [
                ("SubTotal", "Item Total"),
                ("Subtotal", "Line Amt"),
                ("Net Total", "Extended"),
                ("Amount", "Position net"),
            ]
        )
    )
    invoices = data.draw(st.lists(st.lists(AMOUNTS, min_size=1, max_size=4, unique=True), min_size=1, max_size=5))
    rows = [
        {
            "Invoice Number": str(100 + number),
            "Invoice Date": "2026-05-01",
            "Client": f"Client {number}",
            "Item": f"Item {place}",
            total: str(sum(lines)),
            line: str(amount),
        }
        for number, lines in enumerate(invoices)
        for place, amount in enumerate(lines)
    ]
    if any(len(lines) > 1 for lines in invoices):
        found = confirmed(written(rows, data.draw(st.permutations(list(rows[0])))))
        assert found is None or found[0] or revenue(found[2]) == sum(map(sum, invoices))


@scaled(40)
@given(st.data())
def test_a_tax_rate_is_never_money(data: st.DataObject) -> None:
    caption = data.draw(st.sampled_from(["VAT", "Tax", "GST", "Sales Tax", "Tax Amount"]))
    rates = data.draw(st.lists(st.sampled_from([0, 5, 10, 20]), min_size=1, max_size=2, unique=True).filter(any))
    form = data.draw(st.sampled_from(["{0}%", "{0}", "{0} %", "{0}.00%"]))
    lines = data.draw(st.lists(st.tuples(st.integers(300, 90_000), st.sampled_from(rates)), min_size=2, max_size=6))
    rows = [
        {
            "Invoice Number": str(place),
            "Invoice Date": "2026-05-01",
            "Customer": "Acme",
            "Total": str(net * (100 + rate) / 100),
            caption: form.format(rate),
        }
        for place, (net, rate) in enumerate(lines)
    ]
    # a rate beside one amount alone may as well be the tax
    taxed = [net for net, rate in lines if rate]
    if len(taxed) > 1 and max(taxed) > 2 * min(taxed):
        found = confirmed(written(rows, data.draw(st.permutations(list(rows[0])))))
        assert found is None or found[0] or abs(revenue(found[2]) - sum(net for net, _ in lines)) <= CENT * len(lines)


@scaled(40)
@given(st.data())
def test_a_service_is_spread_over_its_own_months(data: st.DataObject) -> None:
    between = data.draw(st.sampled_from(["", "-", " - ", " to ", "–", " / "]))
    first, last = data.draw(
        st.sampled_from(
            [
                ("Service Period Start", "Service Period End"),
                ("Service Start", "Service End"),
                ("Billing Period From", "Billing Period To"),
                ("Coverage Start Date", "Coverage End Date"),
                ("subscription_start", "subscription_end"),
                ("Period Start", "Period End"),
                ("Leistungsbeginn", "Leistungsende"),
                ("Début de période", "Fin de période"),
                ("Periode van", "Periode tot"),
                ("Okres od", "Okres do"),
                ("Fecha inicio servicio", "Fecha fin servicio"),
            ]
        )
    )
    form = data.draw(st.sampled_from(["%Y-%m-%d", "%d.%m.%Y", "%d %b %Y"]))
    periods = data.draw(
        st.lists(
            st.tuples(st.integers(1, 12), st.integers(1, 28), st.sampled_from([1, 2, 3, 6, 12, 24, 36])),
            min_size=1,
            max_size=5,
        )
    )
    rows = []
    for place, (month, day, months) in enumerate(periods):
        until = 12 * 2026 + month - 1 + months
        end = date(until // 12, until % 12 + 1, day) - timedelta(1)
        rows.append(
            {
                "Invoice Number": str(place),
                "Invoice Date": "2026-05-17",
                "Client": "Acme",
                "Item": "Plan",
                "Amount": "3600",
                first: date(2026, month, day).strftime(form),
                last: end.strftime(form),
            }
        )
        if between:
            rows[-1]["Service Period"] = between.join((rows[-1].pop(first), rows[-1].pop(last)))
    asked, _, taken = confirmed(written(rows, data.draw(st.permutations(list(rows[0]))))) or ({"refused"}, "", [])
    assert asked <= {"spread_over_service_days", "confirm_mapping", "refused", "day_or_month_first"} or not between
    assert asked or [(row["service_from"].month, row["service_months"]) for row in taken] == [
        (month, months) for month, _, months in periods
    ]


CYCLES = {
    "Monthly": 1,
    "quarterly": 3,
    "Semi-Annual": 6,
    "ANNUAL": 12,
    "Yearly": 12,
    "3 months": 3,
    "2 Years": 24,
    "jährlich": 12,
    "P1M": 1,
    "P3M": 3,
    "P1Y": 12,
}


@scaled(30)
@given(st.data())
def test_a_fee_is_monthly_whatever_its_cycle_is(data: st.DataObject) -> None:
    caption = data.draw(
        st.sampled_from(
            ["Billing Cycle", "Frequency", "Billing Frequency", "Recurrence", "Invoice Interval", "Billing Period"]
        )
    )
    words = data.draw(st.lists(st.sampled_from([*CYCLES, "Fortnightish"]), min_size=1, max_size=5))
    words = [*words, "Monthly"]
    rows = [
        {
            "Company": f"Client {place}",
            "Agreement Name": "Managed",
            "Start Date": "2026-01-01",
            "Billing Amount": "7200.00",
            caption: word,
        }
        for place, word in enumerate(words)
    ]
    found, taken = loaded(written(rows, data.draw(st.permutations(list(rows[0])))))
    assert found is not None and not found.questions
    assert [row["monthly_fee"] for row in taken] == [Decimal(7200) / CYCLES[word] for word in words if word in CYCLES]


GOING_ON = ("Active", "ACTIVE", "in force", "Renewed", "Live", "aktiv", "Pending cancellation", "month-to-month")
OVER = ("Cancelled", "CANCELED", "Expired", "Terminated", "Inactive", "Cancelled (expired)", "gekündigt", "Closed")
NEVER_BEGUN = ("Draft", "Proposed", "Quote", "Draft - cancelled", "Awaiting signature", "void", "Entwurf")
EITHER = ("On hold", "Suspended", "Pending", "7", "Status 3", "nicht klar", "Not cancelled")


@scaled(40)
@given(st.data())
def test_an_agreement_that_is_over_or_never_began_counts_for_no_longer_than_it_says(data: st.DataObject) -> None:
    caption = data.draw(
        st.sampled_from(
            ["Status", "Agreement Status", "contract_status", "STATE", "Stage", "Estado", "Agreement State"]
        )
    )
    odd = data.draw(st.booleans())
    words = data.draw(st.lists(st.sampled_from(GOING_ON + OVER + NEVER_BEGUN + EITHER * odd), min_size=1, max_size=7))
    words = ["Active", *words]
    ends = [data.draw(st.sampled_from(["", "2026-03-31"])) for _ in words]
    has_ends = data.draw(st.booleans())
    rows = [
        {
            "Company": f"Client {place}", "Agreement Name": "Managed", "Start Date": "2025-01-01",
            "Monthly Fee": str(100 * 2**place), caption: word, **({"End Date": end} if has_ends else {}),
        }
        for place, (word, end) in enumerate(zip(words, ends, strict=True))
    ]  # fmt: skip
    found, taken = loaded(written(rows, data.draw(st.permutations(list(rows[0])))))
    assert found is not None
    if {*words} & {*EITHER}:
        assert found.questions and not taken
        return
    wanted = [
        (100 * 2**place, (has_ends and end) or None)
        for place, (word, end) in enumerate(zip(words, ends, strict=True))
        if word in GOING_ON or (word in OVER and has_ends and end)
    ]
    assert not found.questions
    ends = [day and str(day) for day in (row.get("ends_on") for row in taken)]
    assert list(zip((int(row["monthly_fee"]) for row in taken), ends, strict=True)) == wanted


ENDED = (
    "Cancelled On",
    "Termination Date",
    "LEFT ON",
    "Churned",
    "date_lost",
    "Kündigungsdatum",
    "Opgezegd per",
    "Baja",
)


@scaled(40)
@given(st.data())
def test_nothing_lasts_beyond_the_day_on_which_it_ended_unasked(data: st.DataObject) -> None:
    caption, is_agreed = data.draw(st.sampled_from(ENDED)), data.draw(st.booleans())
    days = st.sampled_from(["", "", "2025-03-31", "2025-06-30", "2026-12-31"])
    ends = data.draw(st.lists(st.tuples(days, days), min_size=1, max_size=6))
    rows = [
        {"Company": f"Client {place}", "Start Date": "2025-01-01", "End Date": end, caption: ended,
         **({"Agreement Name": "Managed", "Monthly Fee": "100"} if is_agreed else {"Users": "5"})}
        for place, (end, ended) in enumerate([*ends, ("", "2025-09-30")])
    ]  # fmt: skip
    data_of = written(rows, data.draw(st.permutations(list(rows[0]))))
    found, taken = loaded(data_of, "list.csv")
    differ = any(end and ended and end != ended for end, ended in ends)
    asked = {"which_column_is_ends_on"} if differ else set()
    assert found is not None and {item.name for item in found.questions} == asked
    found, taken = loaded(data_of, "list.csv", which_column_is_ends_on="earlier")
    assert found is not None and found.tables[0].entity == ("agreements" if is_agreed else "clients")
    wanted = [min(filter(None, both), default=None) for both in ends]
    assert [day and str(day) for day in (row.get("ends_on") for row in taken)] == [*wanted, "2025-09-30"]


PEOPLE = ("Ana Roth", "Bo Lind", "Cy de Witt", "Dee Fox", "Eli O'Shea", "Zoë Łuk")
SIGNS = (", ", "; ", " & ", " / ", " + ", " and ", "\n", " <br>", "|", ";")
PERHAPS = (" y ", " e ", " en ", " och ", " with ", " i ")


@scaled(40)
@given(st.data())
def test_people_who_share_a_cell_share_its_hours_and_are_no_third_person(data: st.DataObject) -> None:
    caption = data.draw(st.sampled_from(["Technician", "Resource", "User", "Team Member", "Staff"]))
    teams = data.draw(
        st.lists(st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=3, unique=True), min_size=1, max_size=6)
    )
    form = data.draw(st.sampled_from(["{0}", "{0}:00"]))
    true: Counter[str] = Counter()
    rows = []
    named = {team[0] for team in teams if len(team) == 1}
    for place, team in enumerate(teams):
        # a word that may be part of a name stands between those who are named alone as well
        sign = data.draw(st.sampled_from(SIGNS + PERHAPS * (named >= {*team})))
        rows.append(
            {"Date": f"2026-05-{place + 1:02}", caption: sign.join(team), "Client": "Acme", "Hours": form.format(6)}
        )
        true.update({name: 6 / len(team) for name in team})
    asked, _, taken = confirmed(written(rows, data.draw(st.permutations(list(rows[0]))))) or ({"refused"}, "", [])
    if not asked:
        found: Counter[str] = Counter()
        for row in taken:
            found[row["technician"]] += float(row["hours"])
        assert {name: round(hours, 6) for name, hours in found.items()} == {
            name: round(h, 6) for name, h in true.items()
        }


WHO = ("Client", "Customer", "Company Name", "Kunde", "Organization")
EFFORT = (
    "Hours",
    "Effort (h)",
    "Logged hrs",
    "Time spent [hours]",
    "Duration",
    "Labor hours",
    "Hodiny",
    "Worked hours",
)
WHEN = ("Date", "Day", "Log end at", "Datum", "Wann", "Period")
REST = ("Job", "Note", "Team", "Location")


@scaled(60)
@given(st.data())
def test_hours_are_read_asked_about_or_refused_under_any_caption(data: st.DataObject) -> None:
    who, effort, when = (data.draw(st.sampled_from(names)) for names in (WHO, EFFORT, WHEN))
    has_day = data.draw(st.booleans())
    rest = data.draw(st.lists(st.sampled_from(REST), unique=True, max_size=3))
    hours = data.draw(st.lists(st.integers(1, 31).map(lambda quarters: Decimal(quarters) / 4), min_size=2, max_size=6))
    rows = [
        {
            who: f"Client {place % 2}",
            effort: f"{number:.2f}",
            **({when: f"2026-05-{place + 1:02}"} if has_day else {}),
            **{name: f"{name} {place}x" for name in rest},
        }
        for place, number in enumerate(hours)
    ]
    found = confirmed(written(rows, data.draw(st.permutations(list(rows[0])))))
    if found and not found[0]:
        assert sum(row.get("hours") or 0 for row in found[2]) == sum(hours), found[1]


MONEY = ("Amount", "Invoice Amount", "Net sales", "Total", "Charged amount", "Fee (EUR)", "fee_amount_cents", "Betrag")


@scaled(60)
@given(st.data())
def test_amounts_are_read_asked_about_or_refused_under_any_caption(data: st.DataObject) -> None:
    who, money, when = (
        data.draw(st.sampled_from(names)) for names in (WHO, MONEY, (*WHEN, "issued", "Invoice Date", "Billed on"))
    )
    has_day = data.draw(st.booleans())
    amounts = data.draw(st.lists(st.integers(100, 5_000_000), min_size=2, max_size=6))
    in_cents = money.endswith("cents")
    rows = [
        {
            who: f"Client {place % 2}",
            money: str(cents) if in_cents else f"{Decimal(cents) / 100:.2f}",
            **({when: f"2026-05-{place + 1:02}"} if has_day else {}),
            "Number": f"INV-{place}",
        }
        for place, cents in enumerate(amounts)
    ]
    found = confirmed(written(rows, data.draw(st.permutations(list(rows[0])))))
    if found and not found[0]:
        assert sum(row.get("amount") or row.get("monthly_fee") or 0 for row in found[2]) * 100 == sum(amounts), found[1]
