"""The sample through the whole product, held against the second reckoning: every client, technician and month."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.recalculated import OFFICE, recalculated
from tests.recalculated import differences as differing_cells
from vitals import warehouse, workspace
from vitals.exports.book import book

SAMPLE = Path(__file__).resolve().parent.parent / "sample_data"
RIGHT = json.loads((SAMPLE / "answers.json").read_text(encoding="utf-8"))
PERIOD = {"month_from": date(2025, 11, 1), "month_to": date(2026, 10, 1)}
AS_OF = {"as_of": date(2026, 10, 31)}
Rows = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def loaded() -> Iterator[tuple[warehouse.Connection, list[dict[str, Any]]]]:
    """A workspace with the whole sample, and what was said about each file."""
    con = warehouse.connect()
    options = workspace.LoadOptions(classes=SAMPLE / "item_classes.csv")
    yield con, workspace.load_files(con, sorted((SAMPLE / "exports").iterdir()), options)
    con.close()


@pytest.fixture(scope="module")
def con(loaded: tuple[warehouse.Connection, list[dict[str, Any]]]) -> warehouse.Connection:
    """The workspace alone."""
    return loaded[0]


def problem(wanted: Any, found: Any) -> bool:
    """Whether a figure differs: money (text) by more than a cent, ratios and hours by more than a millionth."""
    if wanted is None or found is None:
        return (wanted is None) != (found is None)
    if isinstance(wanted, str) and isinstance(found, Decimal | float | int):
        return abs(Decimal(wanted) - Decimal(str(found))) > Decimal("0.0100001")
    if isinstance(wanted, float):
        return abs(wanted - float(found)) > 1e-6
    return str(wanted) != str(found) if isinstance(found, date) else bool(wanted != found)


def differences(wanted: Rows, found: Rows) -> list[str]:
    """Every figure that differs, and every row that only one side has."""
    missing = [f"only in {side}: {key}" for side, key in _only(wanted, found)]
    return missing + [
        f"{key}.{name}: {value} is right, {found[key][name]} found"
        for key, row in wanted.items()
        if key in found
        for name, value in row.items()
        if problem(value, found[key][name])
    ]


def _only(wanted: Rows, found: Rows) -> list[tuple[str, str]]:
    return [("answers", key) for key in wanted.keys() - found.keys()] + [
        ("query", key) for key in found.keys() - wanted.keys()
    ]


def by(con: warehouse.Connection, query: str, *keys: str, **params: Any) -> Rows:
    """The rows of a query by the text of its key."""
    return {"/".join(str(row[key]) for key in keys): row for row in warehouse.rows(con, query, **params)}


@pytest.mark.parametrize(
    ("part", "query", "key"),
    [
        ("client_margin", "metrics.client_margin", "client"),
        ("tier_dispersion", "metrics.tier_dispersion", "service_tier"),
        ("key_person", "metrics.key_person", "client"),
        ("sla_attainment", "metrics.sla_attainment", "priority"),
        ("resolution_time", "metrics.resolution_time", "priority"),
        ("resolution_consistency", "metrics.resolution_consistency", "category"),
        ("client_margin_gap", "metrics.client_margin_gap", "client"),
        ("outcome_price", "metrics.outcome_price", "client"),
        ("role_conflation", "metrics.role_conflation", "technician"),
        ("revenue_mix", "metrics.revenue_mix", "revenue_class"),
    ],
)
def test_each_row_of_the_period(con: warehouse.Connection, part: str, query: str, key: str) -> None:
    assert differences(RIGHT[part], by(con, query, key, **PERIOD)) == []


def test_technicians(con: warehouse.Connection) -> None:
    found = by(con, "metrics.technician_utilisation", "technician", **PERIOD)
    outsider = found.pop("Jonas Weber")
    assert outsider["net_hours"] is None
    assert float(outsider["client_hours"]) == RIGHT["company_margin"]["assumed_rate_hours"]
    assert differences(RIGHT["technician_utilisation"]["technicians"], found) == []


@pytest.mark.parametrize(
    ("part", "query", "month_from"),
    [
        ("company_margin", "metrics.company_margin", date(2025, 11, 1)),
        ("concentration", "metrics.concentration", date(2025, 11, 1)),
        ("desk_health", "metrics.desk_health", date(2025, 11, 1)),
        ("owner_dependence", "metrics.owner_dependence", date(2025, 11, 1)),
        ("book_risk", "metrics.book_risk", date(2025, 11, 1)),
        ("revenue_mix_summary", "metrics.revenue_mix_summary", date(2025, 11, 1)),
        ("retention", "metrics.retention", date(2025, 10, 1)),
    ],
)
def test_company(con: warehouse.Connection, part: str, query: str, month_from: date) -> None:
    (found,) = warehouse.rows(con, query, **(PERIOD | {"month_from": month_from}))
    assert differences({part: RIGHT[part]}, {part: found}) == []


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("backlog_monthly", ("month_start",)),
        ("scope_creep_monthly", ("month_start",)),
        ("retention_trajectory", ("month_start",)),
        ("revenue_cohorts", ("cohort", "quarters_since")),
        ("revenue_mix_monthly", ("month_start",)),
        ("ageing_monthly", ("month_start",)),
    ],
)
def test_each_month(con: warehouse.Connection, query: str, keys: tuple[str, ...]) -> None:
    assert differences(RIGHT[query], by(con, f"metrics.{query}", *keys)) == []


@pytest.mark.parametrize(
    ("query", "keys", "params"),
    [
        ("sla_measures", ("client", "month_start", "measure"), PERIOD),
        ("sla_credit_backtest", ("client", "month_start"), PERIOD),
        ("pricing_models", ("client", "model"), PERIOD | {"automation_share": 0.2}),
        ("renewal_plan", ("client",), AS_OF),
        ("readiness_gates", ("client", "gate"), AS_OF),
        ("actions", ("place",), PERIOD | AS_OF),
        ("component_parts", ("component", "part"), AS_OF),
        ("components", ("component",), AS_OF),
        ("receivable_ageing", ("bucket",), AS_OF),
    ],
)
def test_each_term(con: warehouse.Connection, query: str, keys: tuple[str, ...], params: dict[str, Any]) -> None:
    assert differences(RIGHT[query], by(con, f"metrics.{query}", *keys, **params)) == []


def test_what_is_owed(con: warehouse.Connection) -> None:
    (found,) = warehouse.rows(con, "metrics.receivables", **AS_OF)
    assert differences({"all": RIGHT["receivables"]}, {"all": found}) == []


def test_blocks_of_hours_and_what_a_client_owes(con: warehouse.Connection) -> None:
    blocks = by(con, "metrics.block_hours", "client", **AS_OF)
    found = {
        name: {"client": name, "included": row["included_hours"], "used": row["burnt_hours"]}
        for name, row in blocks.items()
    }
    assert differences({row["client"]: row for row in RIGHT["planted"]["blocks"]}, found) == []
    owed = by(con, "metrics.client_payments", "client", **AS_OF)[RIGHT["planted"]["owed"]["client"]]
    assert not problem(RIGHT["planted"]["owed"]["overdue"], owed["overdue_amount"])


def test_signals(con: warehouse.Connection) -> None:
    assert differences(RIGHT["signals"], by(con, "metrics.signals", "signal", **AS_OF)) == []
    (found,) = warehouse.rows(con, "metrics.signal_verdict", **AS_OF)
    assert differences({"all": RIGHT["signal_verdict"]}, {"all": found}) == []


def test_months_of_clients_add_up_to_the_company(con: warehouse.Connection) -> None:
    sums: dict[str, dict[str, Any]] = {}
    for row in warehouse.rows(con, "metrics.client_margin_monthly"):
        month = sums.setdefault(str(row["month_start"]), {})
        for name in ("revenue", "direct_cost", "labour_hours", "labour_cost", "gross_margin"):
            month[name] = month.get(name, 0) + (row[name] or 0)
    for month, right in RIGHT["company_monthly"].items():
        assert all(abs(float(right[name]) - float(sums[month][name])) < 0.5 for name in sums[month]), month


def covered(rows: Rows) -> Rows:
    """Those of the months that margins count."""
    return {month: row for month, row in rows.items() if row["is_covered"]}


def test_company_month_by_month(con: warehouse.Connection) -> None:
    found = by(con, "metrics.company_margin_monthly", "month_start")
    assert differences(RIGHT["company_monthly"], covered(found)) == []


FOUR = tuple(f"2026-{month}-01" for month in ("07", "08", "09", "10"))


def _cut(name: str, change: Callable[[dict[str, str]], dict[str, str] | None]) -> workspace.Upload:
    """A file of the sample with some of its rows changed or left out."""
    with (SAMPLE / "exports" / name).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, rows[0])
    writer.writeheader()
    writer.writerows(kept for row in rows if (kept := change(row)) is not None)
    return workspace.Upload(name, text.getvalue().encode())


def test_two_years_of_invoices_beside_four_months_of_hours_leave_no_more_than_the_four_months_did() -> None:
    """All revenue of the 24 months less all direct cost and four months' labour would leave 62.6 %, and 44.9 % was."""
    held = {f"{month[5:7]}/2026" for month in FOUR}
    files = [
        _cut("time_entries.csv", lambda row: row if f"{row['Date'][:2]}{row['Date'][5:]}" in held else None),
        # the tickets still say whose some entries are, and no hours of their own
        _cut("tickets.csv", lambda row: {**row, "Total Hours Worked": ""}),
        *(workspace.Upload(name, (SAMPLE / "exports" / name).read_bytes())
          for name in ("clients.xlsx", "invoice_lines.csv", "technicians.csv", "agreements.csv")),
    ]  # fmt: skip
    every, four = RIGHT["company_monthly"], [RIGHT["company_monthly"][month] for month in FOUR]

    def total(rows: Iterable[dict[str, Any]], name: str) -> float:
        return sum(float(row[name]) for row in rows)

    revenue = total(every.values(), "revenue")
    naive = revenue - total(every.values(), "direct_cost") - total(four, "labour_cost")
    assert (len(every), round(naive / revenue, 3)) == (24, 0.626)
    right = total(four, "gross_margin") / total(four, "revenue")
    assert round(right, 3) == 0.449
    con = warehouse.connect()
    workspace.load_files(con, files, workspace.LoadOptions(classes=SAMPLE / "item_classes.csv"))
    (found,) = warehouse.rows(con, "metrics.company_margin", month_from=date(2024, 11, 1), month_to=date(2026, 10, 1))
    con.close()
    assert (found["months_asked"], found["months_covered"]) == (24, 4)
    assert float(found["revenue"]) == pytest.approx(total(four, "revenue"), abs=0.05)
    assert found["gross_margin_pct"] == pytest.approx(right, abs=1e-6)
    assert found["gross_margin_after_bench_pct"] < right


def test_which_months_are_covered(con: warehouse.Connection) -> None:
    assert differences(RIGHT["covered"], covered(by(con, "metrics.months", "month_start"))) == []


def test_all_technicians_together(con: warehouse.Connection) -> None:
    (found,) = warehouse.rows(con, "metrics.utilisation", **PERIOD)
    assert differences({"all": RIGHT["technician_utilisation"]["all"]}, {"all": found}) == []


def test_how_entries_are_covered_that_do_not_say_so(con: warehouse.Connection) -> None:
    found = con.execute("""select entries.entry_id, labour.is_internal, labour.is_managed
        from core.fct_labour as labour inner join raw.time_entries as entries using (load_id, row_number)
        where labour.entity = 'time_entries' and entries.coverage is null""").fetchall()
    words = {(True, True): "internal", (False, True): "agreement", (False, False): "billable"}
    wanted = {entry: covered for entry, (_, covered) in RIGHT["planted"]["coverage"].items()}
    assert {entry: words[internal, managed] for entry, internal, managed in found} == wanted


def test_reviews(con: warehouse.Connection) -> None:
    assert differences(RIGHT["qbr"]["clients"], by(con, "metrics.qbr_status", "client", **AS_OF)) == []
    (found,) = warehouse.rows(con, "metrics.qbr_completion", **AS_OF)
    assert differences({"all": RIGHT["qbr"]["all"]}, {"all": found}) == []


def test_movement_of_recurring_revenue(con: warehouse.Connection) -> None:
    assert differences(RIGHT["mrr_bridge"], by(con, "metrics.mrr_bridge", "month_start")) == []


def test_pricing_regimes(con: warehouse.Connection) -> None:
    found = by(con, "metrics.pricing_regimes", "client", "regime", **PERIOD, automation_share=0.2)
    wanted = {
        f"{client}/{name}": row for client, rows in RIGHT["pricing_regimes"].items() for name, row in rows.items()
    }
    assert differences(wanted, found) == []


def test_default_period_is_the_last_twelve_months(con: warehouse.Connection) -> None:
    (found,) = warehouse.rows(con, "metrics.default_period")
    assert differences({"period": RIGHT["period"]}, {"period": found}) == []
    # its invoices reach as far as its hours
    assert warehouse.rows(con, "metrics.invoice_period") == [
        {name: found[name] for name in ("month_from", "month_to", "as_of", "data_through")}
    ]


def test_account_of_every_file(loaded: tuple[warehouse.Connection, list[dict[str, Any]]]) -> None:
    for report in loaded[1]:
        right = RIGHT["files"][Path(report.file).name]
        counts = {name: getattr(report, f"rows_{name}") for name in ("read", "loaded", "quarantined", "set_aside")}
        assert counts == {name: right[name] for name in counts}, report.file
        assert report.reasons == right["reasons"], report.file
        assert report.questions == (), report.file
    assert {Path(report.file).name for report in loaded[1]} == set(RIGHT["files"])


def test_oddities_are_flagged(loaded: tuple[warehouse.Connection, list[dict[str, Any]]]) -> None:
    flags: dict[str, int] = {}
    for report in loaded[1]:
        for flag, count in report.flags.items():
            flags[flag] = flags.get(flag, 0) + count
    assert {flag: flags.get(flag) for flag in RIGHT["flags"]} == RIGHT["flags"]


def test_suggested_classes_are_the_right_ones(con: warehouse.Connection) -> None:
    with (SAMPLE / "item_classes.csv").open(encoding="utf-8", newline="") as file:
        wanted = {row["item"]: (row["revenue_class"], int(row["service_months"])) for row in csv.DictReader(file)}
    found = {row["item"]: row for row in warehouse.rows(con, "metrics.item_classes")}
    assert {item: (found[item]["suggested_class"], found[item]["suggested_months"]) for item in wanted} == wanted


def test_rows_of_a_client_with_its_agreements_are_its_margin(con):
    sums: dict[str, dict[str, Any]] = {}
    for row in warehouse.rows(con, "metrics.agreement_margin", **PERIOD):
        own = sums.setdefault(
            row["client"], dict.fromkeys(("revenue", "direct_cost", "labour_hours", "labour_cost"), 0)
        )
        for name in own:
            own[name] += row[name] or 0
    margins = by(con, "metrics.client_margin", "client", **PERIOD)
    assert sums == {client: {name: margins[client][name] for name in sums[client]} for client in margins}


@pytest.fixture(scope="module")
def data_book(con: warehouse.Connection, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample's data book."""
    path = tmp_path_factory.mktemp("book") / "book.xlsx"
    path.write_bytes(book.make(con, **PERIOD, masks=()).book)
    return path


def test_the_data_book_has_the_right_margins_and_all_its_checks_are_0(data_book: Path) -> None:
    read = load_workbook(data_book, data_only=True)
    rows = {row[0]: row for row in read["10 Client margin"].iter_rows(min_row=5, values_only=True)}
    found = {client: Decimal(str(rows[client][6])) for client in RIGHT["client_margin"]}
    wanted = {client: row["gross_margin"] for client, row in RIGHT["client_margin"].items()}
    assert [client for client in wanted if problem(wanted[client], found[client])] == []
    checks = [row for row in read["0 Cover"].iter_rows(values_only=True) if isinstance(row[4], int | float)]
    assert len(checks) == len(book.plan().checks) + 1 and {row[4] for row in checks} == {0}
    cells = (
        cell for sheet in read if sheet.title != "0 Basis" for row in sheet.iter_rows(values_only=True) for cell in row
    )
    assert {cell for cell in cells if isinstance(cell, str) and re.fullmatch("[a-z]+(_[a-z]+)+", cell)} == set()


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_another_program_reckons_the_data_book_to_the_same_values(data_book: Path, tmp_path: Path) -> None:
    formulas, found = differing_cells(data_book, recalculated(data_book, tmp_path))
    assert formulas > 1000
    assert found == []
