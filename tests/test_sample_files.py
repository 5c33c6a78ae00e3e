"""The sample files: written again byte for byte, of a size to live in a repository, and as real as they claim."""

from __future__ import annotations

import csv
import itertools
import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "sample_data"
RIGHT = json.loads((SAMPLE / "answers.json").read_text(encoding="utf-8"))


def written_files(folder: Path) -> dict[str, bytes]:
    """Everything that the generator writes, by name."""
    paths = [
        *(folder / "exports").iterdir(),
        *(folder / name for name in ("README.md", "answers.json", "item_classes.csv")),
    ]
    return {path.name: path.read_bytes() for path in sorted(paths)}


def test_generator_writes_the_same_bytes_again(tmp_path: Path) -> None:
    command = [sys.executable, str(SAMPLE / "generate.py"), "--out", str(tmp_path)]
    subprocess.run(command, check=True, capture_output=True)
    again, kept = written_files(tmp_path), written_files(SAMPLE)
    assert list(again) == list(kept)
    changed = [name for name in kept if again[name] != kept[name]]
    assert not changed, f"{changed}: run python sample_data/generate.py"


def test_files_fit_into_a_repository() -> None:
    assert sum(len(data) for data in written_files(SAMPLE).values()) < 8_000_000


def test_every_day_of_ticket_dates_shows_that_the_month_comes_first() -> None:
    for name, caption in (
        ("tickets.csv", "Created"),
        ("time_entries.csv", "Date"),
        ("invoice_lines.csv", "InvoiceDate"),
    ):
        with (SAMPLE / "exports" / name).open(encoding="utf-8-sig", newline="") as file:
            parts = [row[caption].split("/") for row in csv.DictReader(file) if row[caption]]
        assert all(int(month) <= 12 for month, _, _ in parts)
        assert any(int(day) > 12 for _, day, _ in parts)


def test_rows_balance() -> None:
    for name, row in RIGHT["files"].items():
        assert row["read"] == row["loaded"] + row["quarantined"] + row["set_aside"], name
        assert sum(row["reasons"].values()) == row["quarantined"] + row["set_aside"], name


def test_company_looks_like_a_real_one() -> None:
    company, people = RIGHT["company_margin"], RIGHT["technician_utilisation"]["all"]
    losses = [row for row in RIGHT["client_margin"].values() if float(row["gross_margin"]) < 0]
    assert 0.44 < company["service_gross_margin_pct"] < 0.5
    assert 0.72 < people["utilisation_net"] < 0.76
    assert RIGHT["qbr"]["all"]["completion_pct"] < 0.8
    assert 3 <= len(losses) <= 6


@pytest.mark.parametrize(("person", "least", "most"), [("Priya Raman", 0.85, 1.0), ("Tomasz Wilk", 0.0, 0.6)])
def test_extremes_of_utilisation_are_planted(person: str, least: float, most: float) -> None:
    assert least < RIGHT["technician_utilisation"]["technicians"][person]["utilisation_net"] < most


def test_products_hide_a_loss() -> None:
    row = RIGHT["client_margin"]["Kestrelgate Garages"]
    assert row["gross_margin_pct"] > 0 > row["service_gross_margin_pct"]


def test_hours_without_an_invoice_have_no_percentage() -> None:
    row = RIGHT["client_margin"]["Fernlight Hospice"]
    assert (row["revenue"], row["gross_margin_pct"]) == ("0.00", None)
    assert row["labour_hours"] > 0


def test_outcome_fee_is_worse_below_the_crossover_and_better_above() -> None:
    for regimes in RIGHT["pricing_regimes"].values():
        crossover = regimes["outcome"]["crossover_automation_share"]
        if crossover is not None and abs(crossover - 0.2) > 1e-6:
            gain = float(regimes["outcome"]["provider_margin"]) - float(regimes["hourly"]["provider_margin"])
            assert (gain > 0) == (crossover < 0.2)


def test_months_of_the_bridge_join() -> None:
    rows = list(RIGHT["mrr_bridge"].values())
    for before, row in itertools.pairwise(rows):
        moves = sum(float(row[name]) for name in ("new", "reactivation", "expansion", "contraction", "churn"))
        assert row["opening"] == before["closing"]
        assert float(row["opening"]) + moves == pytest.approx(float(row["closing"]), abs=0.03)


def test_readme_names_every_planted_client() -> None:
    readme = (SAMPLE / "README.md").read_text(encoding="utf-8")
    planted = ("Cinderholt Foundry", "Fernlight Hospice", "Marrowby Opticians", "Umberleigh Storage", "Zephyrine Labs")
    assert all(
        name in readme for name in (*planted, RIGHT["planted"]["outcome_worse"], RIGHT["planted"]["outcome_better"])
    )
