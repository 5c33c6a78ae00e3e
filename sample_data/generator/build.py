"""Builds the exports, asks the second reckoning what they must give, and writes both."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

from . import automation, effort, exports, master_data, others, readme, sales, tickets
from .blemishes import soil
from .escalations import escalate
from .merges import merge
from .oracle import answers
from .scope import creep
from .sheets import Sheet, save
from .trades import trade
from .world import world


def sheets() -> dict[str, Sheet]:
    """Every export by entity, dirt included."""
    entries = sorted(creep(trade(effort.entries())) + others.entries(), key=lambda entry: entry.day)
    found = escalate(merge(tickets.tickets(entries))) + automation.resolved()
    lines = sales.lines(entries)
    tables = {
        "clients": master_data.client_list(),
        "technicians": master_data.technician_list(),
        "agreements": master_data.agreements(lines),
        "invoice_lines": master_data.invoice_lines(lines),
        "tickets": exports.tickets(found),
        "ticket_pauses": exports.ticket_pauses(found),
        "time_entries": exports.time_entries(entries),
        "time_off": exports.time_off(),
        "holidays": exports.holiday_list(),
        "reviews": exports.review_list(),
        "outcomes": master_data.outcomes(),
    }
    soil(tables)
    return tables


def item_classes() -> list[list[str]]:
    """The right answers to the question about items without a class."""
    rows = [[spec["item"], spec["class"], str(spec["months"])] for spec in world()["unclassified"].values()]
    return sorted(rows)


def _classes_csv() -> str:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows([["item", "revenue_class", "service_months"], *item_classes()])
    return text.getvalue()


def write(folder: Path) -> Iterator[str]:
    """Writes the exports, the answers and the README; yields a line for each file."""
    (folder / "exports").mkdir(parents=True, exist_ok=True)
    tables = sheets()
    for sheet in tables.values():
        path = save(sheet, folder / "exports")
        yield f"{path.name}: {len(sheet.rows)} rows, {path.stat().st_size // 1024} kB"
    right = answers.answers(tables, item_classes())
    texts = {
        "item_classes.csv": _classes_csv(),
        "answers.json": json.dumps(right, indent=1, ensure_ascii=False, sort_keys=True) + "\n",
        "README.md": readme.text(right),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
        yield name
