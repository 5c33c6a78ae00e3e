"""The exports that change seldom: clients, technicians, agreements, invoices in Xero's layout, outcomes."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby

from . import blocks, others
from .billing import Line
from .clock import us_date
from .sheets import Sheet
from .world import Client, Person, clients, last_day, months, people, stream, world

ADDRESS = ("AddressLine1", "AddressLine2", "AddressLine3", "AddressLine4", "City", "Region", "PostalCode", "Country")
INVOICES = (
    "ContactName", "EmailAddress", *(f"PO{part}" for part in ADDRESS), *(f"SA{part}" for part in ADDRESS),
    "InvoiceNumber", "Reference", "InvoiceDate", "DueDate", "PlannedDate", "Total", "TaxTotal", "InvoiceAmountPaid",
    "InvoiceAmountDue", "InventoryItemCode", "Description", "Quantity", "UnitAmount", "Discount", "LineAmount",
    "AccountCode", "TaxType", "TaxAmount", "TrackingName1", "TrackingOption1", "TrackingName2", "TrackingOption2",
    "Currency", "Type", "Sent", "Status",
    "line_number", "service_from", "service_months", "revenue_class", "direct_cost", "paid_on", "agreement",
)  # fmt: skip
CLIENTS = (
    "client", "parent", "service_tier", "segment", "starts_on", "ends_on", "users", "endpoints",
    "review_cadence_days", "account_manager", "is_internal",
)  # fmt: skip
TECHNICIANS = (
    "technician", "valid_from", "level", "role", "is_owner", "is_service", "annual_wage", "burden_pct", "hourly_cost",
    "hours_per_week", "starts_on", "ends_on",
)  # fmt: skip
NOBODY_COUNTED = "Everlight Diagnostics"
PAYS_LATE = ("Foxwhistle Media", date(2026, 6, 1))
RAISE = ("Hannah Lindqvist", "2026-05-01", 78500)


def _client(client: Client) -> list[str]:
    parent = "Larkhill Group" if client.name.startswith("Larkhill") else ""
    count = client.users_in(23)
    manager = (others.OWNER, "Priya Raman", "Hannah Lindqvist")[len(client.name) % 3]
    users = "" if client.name == NOBODY_COUNTED else str(count)
    rest = [users, str(round(count * 1.3)), client.cadence, manager, "no"]
    return [client.name, parent, client.tier, client.segment, client.since, client.until, *rest]


def client_list() -> Sheet:
    """The clients, and the MSP itself marked as internal."""
    rows = [_client(client) for client in clients()]
    rows.append([world()["msp"], "", "", "", "2016-01-04", "", "16", "22", "0", "", "yes"])
    return Sheet("clients.xlsx", CLIENTS, rows, ("starts_on", "ends_on"), ("users", "endpoints", "review_cadence_days"))


def _person(person: Person, since: str = "", wage: int = 0) -> list[str]:
    pay = [str(wage or person.wage or ""), person.burden, person.hourly, person.week]
    return [person.name, since, person.level, person.role, "no", "", *pay, person.starts, person.ends]


def technician_list() -> Sheet:
    """The technicians, a second row where the pay changed, and two people who are no service technicians."""
    rows = [_person(person) for person in people()]
    rows += [_person(person, *RAISE[1:]) for person in people() if person.name == RAISE[0]]
    rows.append([others.OWNER, "", "3", "Owner", "yes", "no", "", "", "78", "40", "2016-01-04", ""])
    rows.append([others.DISPATCHER, "", "1", "Dispatcher", "no", "no", "47000", "0.25", "", "40", "2021-06-01", ""])
    return Sheet("technicians.csv", TECHNICIANS, rows)


def _paid(line: Line) -> date | None:
    """When the invoice was paid; the same day for all lines of it."""
    draw = stream(f"paid:{line.number}")
    day = line.on + timedelta(days=draw.randint(4, 62))
    is_owed = line.client == PAYS_LATE[0] and line.on >= PAYS_LATE[1]
    return day if day <= last_day() and draw.random() > 0.01 and not is_owed else None


def _invoice(lines: list[Line]) -> list[list[str]]:
    total = sum((line.amount + line.tax for line in lines), Decimal(0))
    tax, paid = sum((line.tax for line in lines), Decimal(0)), _paid(lines[0])
    settled = [f"{total}", "0.00"] if paid else ["0.00", f"{total}"]
    return [_line(line, [f"{total}", f"{tax}", *settled], paid) for line in lines]


def _email(client: str) -> str:
    word = client.split(" ", maxsplit=1)[0].lower()
    return f"accounts@{word}.example"


def _line(line: Line, totals: list[str], paid: date | None) -> list[str]:
    kind, due = ("Sales credit note" if line.is_credit else "Sales invoice"), line.on + timedelta(days=30)
    extras = [str(line.line), str(line.service_from or ""), line.months, line.revenue_class, f"{line.cost}"]
    unit = f"{line.amount / Decimal(str(line.quantity)):.2f}"
    return [
        line.client, _email(line.client), *[""] * 16, line.number, "", us_date(line.on), us_date(due), "", *totals,
        line.item, line.item, f"{line.quantity:g}", unit, "", f"{line.amount}", "410" if line.tax else "400",
        "Tax on Sales" if line.tax else "Tax Exempt", f"{line.tax}", "", "", "", "", "USD", kind, "Sent",
        "Paid" if paid else "Awaiting Payment", *extras, str(paid or ""), line.agreement,
    ]  # fmt: skip


def invoice_lines(lines: list[Line]) -> Sheet:
    """The invoices, one row per line with the invoice's totals repeated."""
    invoices = [list(group) for _, group in groupby(lines, key=lambda line: line.number)]
    return Sheet("invoice_lines.csv", INVOICES, [row for invoice in invoices for row in _invoice(invoice)])


def _agreement(number: int, client: Client, fee: Decimal) -> list[str]:
    since = date.fromisoformat(client.since)
    renews = next(day for n in range(1, 12) if (day := since.replace(year=since.year + n)) > last_day())
    values = [f"{fee:.2f}", client.until, "" if client.until else str(renews), "90" if number % 3 else "30", ""]
    return [f"A-{1001 + number}", client.name, f"{client.tier} plan", "per seat", client.since, *values, client.tier]


def agreements(lines: list[Line]) -> Sheet:
    """The contracts, with the plan's last monthly fee."""
    header = ("agreement_id", "client", "name", "pricing_model", "starts_on", "monthly_fee", "ends_on", "renews_on",
              "notice_days", "included_hours", "service_tier")  # fmt: skip
    plans = sorted((line for line in lines if " plan " in line.item), key=lambda line: line.on)
    fees = {line.client: line.amount / int(line.months) for line in plans}
    rows = [_agreement(n, client, fees[client.name]) for n, client in enumerate(clients()) if client.name in fees]
    return Sheet("agreements.csv", header, rows + blocks.agreements())


def outcomes() -> Sheet:
    """Measured outcomes of three clients; of one measure less is better, and the file says so."""
    draw, rows = stream("outcomes"), []
    for client in ("Quenby Wealth", "Copperlode Energy"):
        for month in months()[12:]:
            rows.append([client, str(month), "Uptime", f"{draw.uniform(0.9985, 1):.5f}", "0.999", ""])
            rows.append([client, str(month), "Critical patches in time", f"{draw.uniform(0.93, 1):.3f}", "0.95", ""])
    idle = stream("outcomes of the clinic")
    for month in months()[12:]:
        minutes = str(round(idle.uniform(0, 55)))
        rows.append(["Yarrowfield Clinic", str(month), "Downtime in surgery hours", minutes, "45", "lower"])
    return Sheet("outcomes.csv", ("client", "month", "measure", "value", "target", "direction"), rows)
