"""The same business written in another way has exactly the same figures: prices, margins, retention, reviews, all."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random
from typing import Any

import pytest

from tests.properties.stored import load
from vitals import results, warehouse, workspace
from vitals.queries import all_queries

STABLE = (
    "client_margin", "client_margin_monthly", "company_margin", "tier_dispersion", "technician_utilisation",
    "qbr_status", "qbr_completion", "sla_attainment", "resolution_time", "resolution_consistency", "key_person",
    "mrr_bridge", "retention", "concentration", "pricing_regimes", "default_period", "months",
)  # fmt: skip
ABOUT_FILES = {"load_id", "row_number", "loaded_at", "file_name", "files", "loads", "rows", "left_side"}
QUERIES = tuple(
    name.removeprefix("metrics.")
    for name, query in sorted(all_queries().items())
    if query.layer == "metrics" and not ABOUT_FILES & {column.name for column in query.columns}
)
"""Every query but those that tell of files and their rows."""
MODELS = ("hourly", "fixed_fee", "outcome", "hybrid", "gain_share")
"""Proposals: what each comes to, credits and risk of a bad year among it."""
SAYS = {
    "outcome_price": "('target_fee', Decimal",
    "book_risk": "('pooled_risk_load', Decimal",
    "findings": "('money', Decimal",
    "sla_credit_backtest": "('credit_amount', Decimal('30.20'))",
    "sla_measures": "'missed')",
    "renewal_plan": "('gain', Decimal",
    "readiness": "('score', ",
    "pricing_models": "('customer_pays', Decimal('3600.00'))",
    "actions": "('money",
    "red_flags": "'fail'",
    "client_margin_gap": "('gap', Decimal",
    "scenario_figures hybrid": "('expected_credits', Decimal",
    "revenue_mix_summary": "('stray_credits', Decimal('-40",
}
"""What one row of a query holds where the book gives it anything to reckon with."""
NAMES = ("client", "parent", "technician")
COUNTS = ("lines", "credit_notes", "unmarked_below_0", "round_sums", "sample_amount")
"""How many lines there are of a kind, and what one of them is of: a line that is split in two is two."""


@dataclass(frozen=True)
class Export:
    """A file of the input contract."""

    entity: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def text(self) -> bytes:
        """The file as it is uploaded."""
        file = io.StringIO(newline="")
        csv.writer(file).writerows([self.header, *self.rows])
        return file.getvalue().encode()


def _book() -> list[Export]:
    """Half a year of six clients, three technicians, credits, prepayments, gaps and tickets."""
    dice, clients = Random(7), ["Acme", "Birch", "Cedar", "Elm", "Group:Oak", "Group:Ash"]
    lines, work, tickets = [], [], []
    for month in range(1, 7):
        for place, client in enumerate(clients):
            number = f"{month}{place}"
            fee = f"{(place + 3) * 200 + month * 2}.00"
            lines.append((number, "1", client, f"2026-0{month}-01", fee, "Care plan", "managed", "80.02", "", ""))
            if place % 2:
                lines.append(
                    (number, "2", client, f"2026-0{month}-15", "360.00", "Laptop", "product", "300.00", "", "")
                )
            for piece in range(4):
                hours, who = dice.choice(["0.1", "0.7", "1.3", "2.25"]), dice.choice(["Ann", "Bob", "Cy"])
                covered, day = dice.choice(["agreement", "billable", "", "internal"]), 2 + piece * 8
                work.append((f"{number}{piece}", f"2026-0{month}-{day:02}", hours, who, client, covered))
                opened = f"2026-0{month}-{day:02} 09:{piece}0"
                tickets.append(
                    (f"T{number}{piece}", client, opened, f"2026-0{month}-{day:02} 1{piece}:30", "240", who, hours)
                )
    lines.append(("70", "1", "Acme", "2026-03-01", "1200.00", "Backup, annual", "other_recurring", "240.00", "12", ""))
    lines.append(("71", "1", "Birch", "2026-04-20", "50.00", "Care plan", "managed", "", "", "yes"))
    lines.append(("72", "1", "Elm", "2026-05-20", "-40.02", "Goodwill", "", "", "", ""))
    work += [
        (f"9{month}", f"2026-0{month}-{day}", "0.3", "Ann", "", "")
        for month, day in enumerate((30, 27, 31, 30, 29, 30), 1)
    ]
    money = ("invoice_number", "line_number", "client", "invoiced_on", "amount", "item", "revenue_class", "direct_cost")
    return [
        Export("invoice_lines", (*money, "service_months", "is_credit"), tuple(lines)),
        Export("time_entries", ("entry_id", "worked_on", "hours", "technician", "client", "coverage"), tuple(work)),
        Export(
            "tickets",
            ("ticket_id", "client", "opened_at", "resolved_at", "sla_resolution_minutes", "technician", "hours"),
            tuple(tickets),
        ),
        Export(
            "clients",
            ("client", "service_tier", "users", "starts_on", "ends_on"),
            (
                ("Acme", "Gold", "12", "2024-01-01", ""),
                ("Birch", "Gold", "7", "2024-01-01", ""),
                ("Cedar", "Gold", "5", "2024-01-01", "2026-04-30"),
                ("Elm", "Gold", "9", "2026-02-01", ""),
                ("Group:Oak", "Gold", "30", "2024-01-01", ""),
            ),
        ),
        Export(
            "technicians",
            ("technician", "hourly_cost", "hours_per_week"),
            (("Ann", "38.71", "38.5"), ("Bob", "51.33", "40"), ("Cy", "29.99", "30")),
        ),
        Export(
            "agreements",
            ("agreement_id", "client", "name", "starts_on", "monthly_fee", "renews_on", "notice_days"),
            (
                ("A1", "Acme", "Care", "2024-01-01", "600.00", "2026-12-01", "60"),
                ("A2", "Birch", "Care", "2024-01-01", "", "2026-09-01", ""),
                ("A3", "Group:Oak", "Care", "2024-01-01", "1400.50", "", ""),
            ),
        ),
        Export(
            "outcomes",
            ("client", "month", "measure", "value", "target"),
            tuple(
                (client, f"2026-0{month}", "Patched within 30 days", str(value), "95")
                for client, month, value in (("Acme", 2, 80), ("Acme", 3, 97), ("Elm", 4, 60), ("Elm", 5, 61))
            ),
        ),
        Export(
            "reviews", ("client", "held_on"), (("Acme", "2026-01-10"), ("Acme", "2026-05-12"), ("Birch", "2026-02-20"))
        ),
    ]


def shuffled(files: list[Export]) -> list[Export]:
    """Rows and files in another order."""
    dice = Random(3)
    mixed = [replace(file, rows=tuple(dice.sample(file.rows, len(file.rows)))) for file in files]
    return dice.sample(mixed, len(mixed))


def twice(files: list[Export]) -> list[Export]:
    """Everything loaded again."""
    return [*files, *files]


def in_other_case(files: list[Export]) -> list[Export]:
    """Names in capitals, and with blanks around them."""
    return [replace(file, rows=tuple(_shouted(file.header, row) for row in file.rows)) for file in files]


def _shouted(header: tuple[str, ...], row: tuple[str, ...]) -> tuple[str, ...]:
    said = zip(header, row, strict=True)
    return tuple(f" {text.upper()} " if column in NAMES and text else text for column, text in said)


def split(files: list[Export]) -> list[Export]:
    """Each invoice line and each time entry in two halves."""
    return [_halved(file, *PARTS[file.entity]) if file.entity in PARTS else file for file in files]


PARTS = {"invoice_lines": ("line_number", ("amount", "direct_cost")), "time_entries": ("entry_id", ("hours",))}


def _halved(file: Export, key: str, sums: tuple[str, ...]) -> Export:
    rows = []
    for row in file.rows:
        cells = dict(zip(file.header, row, strict=True))
        half = {name: str(Decimal(cells[name]) / 2) for name in sums if cells[name]}
        rows += [tuple({**cells, **half}.values()), tuple({**cells, **half, key: f"{cells[key]}-b"}.values())]
    return replace(file, rows=tuple(rows))


def _plain(value: Any) -> Any:
    """A name in one case, anything else as it is."""
    return value.casefold() if isinstance(value, str) else value


def figures(files: list[Export]) -> dict[str, list[Any]]:
    """What every stable query says of the files, exactly, in an order of its own."""
    con = warehouse.connect()
    try:
        uploads = [workspace.Upload(f"{place} {file.entity}.csv", file.text()) for place, file in enumerate(files)]
        reports = load(con, uploads)
        assert {report.decision for report in reports} == {"accept"}, [report.message for report in reports]
        found = {name: results.ask(con, f"metrics.{name}", {}) for name in QUERIES}
        for model in MODELS:
            found[f"scenario_figures {model}"] = results.ask(con, "metrics.scenario_figures", {"model": model})
    finally:
        con.close()
    return {
        name: sorted(repr([(key, _plain(value)) for key, value in row.items() if key not in COUNTS]) for row in rows)
        for name, rows in found.items()
    }


@pytest.fixture(scope="module")
def as_written() -> dict[str, list[Any]]:
    """The figures of the book as it stands."""
    return figures(_book())


@pytest.mark.parametrize("change", [shuffled, twice, in_other_case, split])
def test_another_way_to_write_it_changes_no_figure(as_written, change: Callable[[list[Export]], list[Export]]) -> None:
    found = figures(change(_book()))
    assert {name: rows for name, rows in found.items() if rows != as_written[name]} == {}


def test_the_book_has_something_to_say(as_written) -> None:
    """Otherwise the same could be said of nothing."""
    assert set(QUERIES) >= set(STABLE)
    assert all(as_written[name] for name in STABLE)
    assert "('months_covered', 6)" in as_written["company_margin"][0]
    assert [name for name, said in SAYS.items() if not any(said in row for row in as_written[name])] == []
