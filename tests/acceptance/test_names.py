"""Section 1, names: one client or technician behind several spellings, and the parent before a colon."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import pytest

from tests.acceptance.desk import Desk, desk, money, months, ratio

APART = unicodedata.normalize("NFD", "CAFÉ")


FILES = {
    "clients": """
        client,parent,starts_on
        Café Ltd,,2024-01-01
        Umbra Lab,UMBRA,2024-01-01
        Umbra Shop,Umbra,2024-01-01
        """,
    "invoice_lines": f"""
        client,invoiced_on,amount,revenue_class
        {APART}  ltd,2025-01-06,100,managed
        café\u00a0LTD,2025-01-07,200,managed
        café ltd,2025-01-08,300,managed
        acme corp,2025-01-06,1,managed
        acme corp,2025-01-07,1,managed
        Acme Corp,2025-01-08,1,managed
        beta,2025-01-06,1,managed
        Beta,2025-01-07,1,managed
        Globex:North,2025-01-06,100,managed
        globex : South,2025-01-06,100,managed
        Globex,2025-01-06,97,managed
        Umbra Lab,2025-01-06,50,managed
        Umbra Shop,2025-01-06,50,managed
        """,
    "technicians": "technician,hourly_cost\nJane Doe,10\nJOHN ROE,20",
    "time_entries": """
        worked_on,hours,technician,client
        2025-01-02,1,"Doe, Jane",Beta
        2025-01-31,1,JANE  DOE,beta
        2025-01-31,1,John Roe,Beta
        2025-01-31,1,kim li,Beta
        2025-01-31,1,Kim Li,Beta
        """,
}


@pytest.fixture(scope="module")
def book() -> Iterator[Desk]:
    with desk(
        **FILES,
    ) as found:
        yield found


def test_clients_are_shown_in_one_spelling(book):
    shown = book.by("client", "metrics.client_margin", **months("2025-01"))
    assert set(shown) == {
        "Café Ltd", "acme corp", "Beta", "Globex:North", "globex : South", "Globex", "Umbra Lab", "Umbra Shop"
    }  # fmt: skip
    assert shown["Café Ltd"]["revenue"] == money(600)
    assert shown["acme corp"]["revenue"] == money(3)
    assert shown["Beta"]["labour_cost"] == money(10 + 10 + 20 + 50 + 50)


def test_technicians_alike(book):
    logged = {
        row["technician"]: row["logged_hours"]
        for row in book.rows("metrics.technician_utilisation", **months("2025-01"))
    }
    assert logged == {"Jane Doe": 2, "JOHN ROE": 1, "Kim Li": 2}


def test_staging_holds_the_shown_names(book):
    assert {row[0] for row in book.staging("invoice_lines", "client")} >= {"Café Ltd", "Beta", "Globex:North"}
    assert [row[0] for row in book.staging("time_entries", "technician")] == [
        "JOHN ROE",
        *["Jane Doe"] * 2,
        *["Kim Li"] * 2,
    ]


def test_groups_count_as_one(book):
    # Globex 100 + 100 + 97 = 297, Umbra 100, Café 600, acme 3, Beta 2: 1002 in all
    found = book.one("metrics.concentration", **months("2025-01"))
    shares = [600 / 1002, 297 / 1002, 100 / 1002, 3 / 1002, 2 / 1002]
    assert found["top1_share"] == ratio(shares[0])
    assert found["top3_share"] == ratio(sum(shares[:3]))
    assert found["top10_share"] == ratio(1)
    hhi = sum(share**2 for share in shares) * 10000
    assert found["hhi"] == pytest.approx(hhi, abs=1e-4)
    assert found["effective_clients"] == ratio(10000 / hhi)
