"""The sample's README, written from the right answers so that no figure in it can grow old."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .cases import cases
from .figures import percent

INTRODUCTION = """# The sample: Tallowmere IT

An invented managed service provider with {clients} clients in three tiers, {technicians} service technicians and 24
full months, November 2024 to October 2026. Nobody and nothing in it is real. `python sample_data/generate.py` writes
every file here again, byte for byte.

- `exports/`: what a PSA and an accounting system would write. Tickets carry Autotask's captions, time entries
  ConnectWise's, invoices Xero's; what those systems lack (`coverage`, `service_months`, `direct_cost` ...) follows
  under the captions of the input contract. The lists of clients and reviews are spreadsheets.
- `item_classes.csv`: the answers to the question about items without a revenue class, for `--classes`.
- `answers.json`: what the queries must give. It is reckoned in plain Python from the exported rows
  (`generator/oracle/`), by the definitions and without the product's SQL, and `tests/test_sample_golden.py` holds the
  two against each other for every client, technician and month.

All figures are for the twelve months November 2025 to October 2026 unless a line says otherwise, as of 31 October 2026.
Money is US dollars.
"""


def table(head: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> str:
    """A Markdown table."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines) + "\n"


def _cases(right: dict[str, Any]) -> str:
    return "## Planted cases\n\n" + table(("case", "where", "right answer"), cases(right))


def _reasons(row: dict[str, Any]) -> str:
    return ", ".join(f"{reason} {count}" for reason, count in sorted(row["reasons"].items())) or "–"


def _files(right: dict[str, Any]) -> str:
    rows = [
        (name, row["read"], row["loaded"], row["quarantined"], row["set_aside"], _reasons(row))
        for name, row in right["files"].items()
    ]
    return "## Rows\n\n" + table(("file", "read", "loaded", "quarantined", "set aside", "reasons"), rows)


def _company(right: dict[str, Any]) -> str:
    company = right["company_margin"]
    rows: list[tuple[str, Any]] = [(name, company[name]) for name in company if not name.endswith("_pct")]
    rows += [(name, percent(company[name])) for name in company if name.endswith("_pct")]
    rows += [(f"revenue, {kind}", amount) for kind, amount in sorted(right["revenue_by_class"].items())]
    rows += [(name, percent(value)) for name, value in right["qbr"]["all"].items() if name.endswith("_pct")]
    rows += [(name, value) for name, value in right["qbr"]["all"].items() if not name.endswith("_pct")]
    return "## The company\n\n" + table(("number", "right answer"), rows)


def _technicians(right: dict[str, Any]) -> str:
    people = right["technician_utilisation"]["technicians"] | {"all": right["technician_utilisation"]["all"]}
    rows = [
        (name, row["gross_hours"], row["net_hours"], row["client_hours"], percent(row["utilisation_net"]),
         percent(row["time_capture"]))
        for name, row in people.items()
    ]  # fmt: skip
    head = ("technician", "gross hours", "net hours", "client hours", "net utilisation", "time capture")
    return "## Technicians\n\n" + table(head, rows)


def text(right: dict[str, Any]) -> str:
    """The whole README."""
    internal = 1
    clients = right["files"]["clients.xlsx"]["loaded"] - internal + 1
    people = len(right["technician_utilisation"]["technicians"])
    parts = [INTRODUCTION.format(clients=clients, technicians=people)]
    return "\n".join([*parts, _cases(right), _files(right), _company(right), _technicians(right)])
