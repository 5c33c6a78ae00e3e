"""Made-up files of the input contract, the texts of whose cells are known to say a certain sum or nothing at all."""

from __future__ import annotations

import csv
import io
import os
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

_DAY, _LAST = date(2024, 9, 1), date(2026, 1, 31)
Rows = tuple[tuple[str, ...], ...]

HEADERS = {
    "tickets": ("ticket_id", "client", "opened_at", "title", "technician", "hours", "status"),
    "time_entries": ("worked_on", "technician", "client", "ticket_id", "hours", "billed_amount", "coverage"),
    "invoice_lines": ("client", "invoiced_on", "amount", "invoice_number", "line_number", "item", "revenue_class"),
    "clients": ("client", "service_tier", "users", "review_cadence_days", "is_internal"),
    "technicians": ("technician", "valid_from", "annual_wage", "hours_per_week", "is_service"),
}
MONEY = {"invoice_lines": "amount", "time_entries": "billed_amount"}
HOURS = {"tickets": "hours", "time_entries": "hours"}
CLIENTS = [
    "Acme", "ACME ", "acme  Ltd", "Bäcker & Söhne", "O'Neil, Inc", 'Zoë "Z" GmbH', "Parent:Child", "null", "N/A",
    "=1+1", "Total Care Ltd", "1234", "x" * 40, "Page 1 Print", "Čapek", "-Dash", "A\u00a0B",
]  # fmt: skip
PEOPLE = ["Ann Ames", "Ames, Ann", "ann  ames", "Bob", "Zoë Ö", "O'Hara, Pat"]
ITEMS = ["Managed services", "Laptop", "Project work", "Hourly support", "Backup monthly", ""]
TITLES = ["Printer", "Can't log in", "VPN; slow", 'He said "no"', "two\nlines", "tab\there", "a|b", ""]
READABLE = [
    ("{0}", 1), ("{0}", 1), ("{0}", 1), ("${0}", 1), ("-{0}", -1), ("({0})", -1), ("{0}-", -1), (" {0} ", 1),
    ("+{0}", 1),
]  # fmt: skip
NO_MONEY = ["abc", "12.3.4", "1-2", "$", "1,23,4.00", "twelve", "#REF!"]
NO_HOURS = ["long", "1:75", "1h x", "#VALUE!"]


def scaled(examples: int) -> settings:
    """Settings with so many examples, or more where VITALS_EXAMPLES says so; the same ones in every run."""
    asked = int(os.environ.get("VITALS_EXAMPLES", "0"))
    calm = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    # the examples are small as they are, and to shrink one by building workspaces takes minutes
    phases = [Phase.explicit, Phase.generate, *([Phase.shrink] if asked else [])]
    return settings(
        max_examples=max(examples, asked), deadline=None, derandomize=True, suppress_health_check=calm, phases=phases
    )


@dataclass(frozen=True)
class Sheet:
    """A file before it is written: its name, its captions, and its rows as texts."""

    name: str
    entity: str
    rows: Rows
    money: tuple[Decimal | None, ...] = ()
    hours: tuple[Decimal | None, ...] = ()
    header: tuple[str, ...] = ()

    @property
    def captions(self) -> tuple[str, ...]:
        """The captions of the file."""
        return self.header or HEADERS[self.entity]

    def text(self, delimiter: str = ",", end: str = "\n") -> str:
        """The file as a library writes it."""
        file = io.StringIO(newline="")
        csv.writer(file, delimiter=delimiter, lineterminator=end).writerows([self.captions, *self.rows])
        return file.getvalue()

    def part(self, first: int, after: int, name: str) -> Sheet:
        """Some of its rows as a file of their own."""
        return replace(
            self, name=name, rows=self.rows[first:after], money=self.money[first:after], hours=self.hours[first:after]
        )


@dataclass(frozen=True)
class Cell:
    """A text, and the number that it says."""

    text: str
    value: Decimal | None


@st.composite
def money_cells(draw: st.DrawFn, odd: bool = True) -> Cell:
    """An amount as people write it; where odd, also none or nonsense."""
    kind = draw(st.integers(0, 19)) if odd else 0
    if kind == 19:
        return Cell(draw(st.sampled_from(NO_MONEY)), None)
    if kind == 18:
        return Cell(draw(st.sampled_from(["", "-", " "])), None)
    cents = Decimal(draw(st.integers(0, 2_000_000))) / 100
    if not odd:
        return Cell(f"{cents:.2f}", cents)
    pattern, sign = draw(st.sampled_from(READABLE))
    return Cell(pattern.format(f"{cents:,.2f}" if kind >= 15 else f"{cents:.2f}"), sign * cents)


@st.composite
def hour_cells(draw: st.DrawFn, odd: bool = True) -> Cell:
    """Hours as decimals or as a clock shows them; where odd, also none or nonsense."""
    kind = draw(st.integers(0, 19)) if odd else 0
    if kind == 19:
        return Cell(draw(st.sampled_from(NO_HOURS)), None)
    if kind == 18:
        return Cell("", None)
    minutes = Decimal(draw(st.integers(1, 600)))
    exact = (minutes / 60).quantize(Decimal("1e-9"), ROUND_HALF_UP)
    if kind >= 12:
        return Cell(f"{minutes // 60}:{minutes % 60:02}", exact)
    if kind >= 10:
        return Cell(f"{minutes // 60}h {minutes % 60}m", exact)
    return Cell(f"{minutes / 50:.2f}", minutes / 50)


def days(odd: bool = True) -> st.SearchStrategy[str]:
    """Days of one and a half years; where odd, also what is none."""
    good = st.dates(min_value=_DAY, max_value=_LAST).map(str)
    odds = st.sampled_from(["", "soon", "2025-02-30", "1812-01-01"])
    return st.integers(0, 11).flatmap(lambda kind: good if kind or not odd else odds)


@st.composite
def rows_of(draw: st.DrawFn, entity: str, number: int, odd: bool) -> tuple[dict[str, str], Cell | None, Cell | None]:
    """One row by caption, the money and the hours in it; number is its identity."""
    pick = lambda options: draw(st.sampled_from(options))  # noqa: E731
    number = draw(st.sampled_from([*[number] * 6, max(number - 1, 1)])) if odd else number
    money, hours = draw(money_cells(odd)), draw(hour_cells(odd))
    day, client, person = draw(days(odd)), pick(CLIENTS), pick(PEOPLE)
    maybe = lambda text: pick([*[text] * 8, ""]) if odd else text  # noqa: E731
    made: dict[str, dict[str, str]] = {
        "tickets": {
            "ticket_id": maybe(f"T{number}"), "client": client, "opened_at": f"{day} 09:15" if day else "",
            "title": pick(TITLES), "technician": person, "hours": hours.text, "status": pick(["Open", "Closed"]),
        },
        "time_entries": {
            "worked_on": day, "technician": person, "client": maybe(client), "ticket_id": f"T{number}",
            "hours": hours.text, "billed_amount": money.text, "coverage": pick(["agreement", "billable", "internal"]),
        },
        "invoice_lines": {
            "client": maybe(client), "invoiced_on": day, "amount": money.text, "invoice_number": f"I{number // 3}",
            "line_number": maybe(str(number)), "item": pick(ITEMS), "revenue_class": pick(["managed", "project", ""]),
        },
        "clients": {
            "client": client if odd else f"{client} {number}", "service_tier": pick(["Gold", "Silver", ""]),
            "users": str(number), "review_cadence_days": pick(["91", "0", ""]), "is_internal": pick(["no", ""]),
        },
        "technicians": {
            "technician": person if odd else f"{person} {number}", "valid_from": pick(["", "2025-01-01"]),
            "annual_wage": money.text, "hours_per_week": pick(["40", "37.5", "" if odd else "20"]),
            "is_service": pick(["yes", "no", ""]),
        },
    }  # fmt: skip
    row = made[entity]
    return row, money if entity in MONEY else None, hours if entity in HOURS else None


@st.composite
def sheets(draw: st.DrawFn, entity: str | None = None, name: str = "", odd: bool = True, most: int = 12) -> Sheet:
    """A file of one entity, with blanks, nonsense, repeats and conflicts where odd."""
    entity = entity or draw(st.sampled_from(list(HEADERS)))
    made = [draw(rows_of(entity, number, odd)) for number in range(1, draw(st.integers(1, most)) + 1)]
    if odd and draw(st.booleans()):
        made.insert(draw(st.integers(0, len(made))), draw(st.sampled_from(made)))
    rows = tuple(tuple(row[caption] for caption in HEADERS[entity]) for row, _, _ in made)
    values = [tuple(cell.value if cell else None for cell in cells) for cells in list(zip(*made, strict=True))[1:]]
    return Sheet(name or f"{entity}.csv", entity, rows, *values)
