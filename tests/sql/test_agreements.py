"""What an agreement brought and took, where invoice lines and time entries name it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.sql.rows import day, entry, line, months, technician

JANUARY = months("2026-01")
TEAM = [technician("Ann", hourly_cost=40)]
SUMS = ("revenue", "direct_cost", "labour_hours", "labour_cost")


def found(book, **period) -> dict:
    rows = book.rows("metrics.agreement_margin", **(period or JANUARY))
    return {(row["client"], row["agreement"]): row for row in rows}


def hold(book, **period) -> None:
    """A client's rows are its margin, to the cent."""
    rows = book.rows("metrics.agreement_margin", **(period or JANUARY))
    for client in book.rows("metrics.client_margin", **(period or JANUARY)):
        own = [row for row in rows if row["client_key"] == client["client_key"]]
        for name in SUMS:
            assert sum(row[name] or 0 for row in own) == (client[name] or 0), (client["client"], name)


def test_lines_and_entries_that_name_it_and_the_rest(covered):
    book = covered(
        technicians=TEAM,
        invoice_lines=[
            line("Acme", "2026-01-01", 1000, direct_cost=100, agreement="Gold plan", revenue_class="managed"),
            # paid for a quarter at once: 300 a month
            line("Acme", "2026-01-01", 900, agreement="GOLD  Plan", service_months=3, revenue_class="managed"),
            line("Acme", "2026-01-01", 200, agreement="Backup", revenue_class="other_recurring"),
            line("Acme", "2026-01-01", 500, direct_cost=450, revenue_class="product"),
        ],
        time_entries=[
            entry("2026-01-06", 10, "Acme", technician="Ann", agreement="gold plan"),
            entry("2026-01-07", 3, "Acme", technician="Ann", work_type="project"),
            # nobody's client, so no agreement's either
            entry("2026-01-08", 8, None, technician="Ann", agreement="Gold plan"),
        ],
    )
    rows = found(book)
    assert len(rows) == 3
    gold = next(row for row in rows.values() if row["agreement_key"] == "gold plan")
    assert [gold[name] for name in SUMS] == [1300, 100, 10, 400]
    # 1,300 - 100 - 400
    assert gold["gross_margin"] == 800
    assert gold["gross_margin_pct"] == pytest.approx(800 / 1300)
    backup, rest = rows["Acme", "Backup"], rows["Acme", "(no agreement)"]
    # other agreements of the client have hours, so of this one they are none
    assert [backup[name] for name in (*SUMS, "gross_margin")] == [200, 0, 0, 0, 200]
    assert [rest[name] for name in (*SUMS, "gross_margin")] == [500, 450, 3, 120, -70]
    assert (rest["is_named"], rest["agreement_key"]) == (False, None)
    hold(book)


def test_what_only_lines_or_only_entries_name_has_no_margin(covered):
    book = covered(
        technicians=TEAM,
        invoice_lines=[line("Acme", "2026-01-01", 1000), line("Birch", "2026-01-01", 700, agreement="Plan")],
        time_entries=[
            entry("2026-01-06", 10, "Acme", technician="Ann", agreement="Plan"),
            entry("2026-01-06", 5, "Birch", technician="Ann"),
        ],
    )
    rows = found(book)
    acme, birch = rows["Acme", "Plan"], rows["Birch", "Plan"]
    assert [acme[name] for name in (*SUMS, "gross_margin", "gross_margin_pct")] == [None, None, 10, 400, None, None]
    assert [birch[name] for name in (*SUMS, "gross_margin", "gross_margin_pct")] == [700, None, None, None, None, None]
    # nor has the rest: 1,000 without any hours would say too much
    assert [rows["Acme", "(no agreement)"][name] for name in (*SUMS, "gross_margin")] == [1000, None, 0, 0, None]
    hold(book)


def test_client_without_any_agreement_is_its_rest(covered):
    book = covered(
        technicians=TEAM,
        invoice_lines=[line("Acme", "2026-01-01", 1000)],
        time_entries=[entry("2026-01-06", 10, "Acme", technician="Ann")],
    )
    ((name, rest),) = found(book).items()
    assert name == ("Acme", "(no agreement)")
    assert [rest[each] for each in (*SUMS, "gross_margin")] == [1000, None, 10, 400, 600]


def test_number_of_an_agreement_is_its_name(covered):
    book = covered(
        technicians=TEAM,
        agreements=[
            {"client": "Acme", "agreement_id": "A-1", "name": "Gold plan", "starts_on": day("2025-01-01")},
            {"client": "Birch", "agreement_id": "A-2", "name": "Gold plan", "starts_on": day("2025-01-01")},
        ],
        invoice_lines=[line("Acme", "2026-01-01", 1000, agreement="a-1")],
        time_entries=[
            entry("2026-01-06", 10, "Acme", technician="Ann", agreement="Gold plan"),
            # another client's number is a name like any other
            entry("2026-01-06", 1, "Acme", technician="Ann", agreement="A-2"),
        ],
    )
    rows = found(book)
    assert [rows["Acme", "Gold plan"][name] for name in (*SUMS, "gross_margin")] == [1000, None, 10, 400, 600]
    assert rows["Acme", "A-2"]["labour_hours"] == 1
    hold(book)


def test_only_covered_months_count_and_fractions_of_a_cent_are_the_rests(covered):
    book = covered(
        technicians=[technician("Ann", hourly_cost="33.333")],
        # April is not whole: its line is in no margin
        invoice_lines=[
            line("Acme", "2026-01-01", "100.005", agreement="One"),
            line("Acme", "2026-01-01", "100.005", agreement="Two"),
            line("Acme", "2026-04-01", 900, agreement="One"),
        ],
        time_entries=[entry("2026-01-06", "0.1", "Acme", technician="Ann", agreement="One")],
    )  # fmt: skip
    period = months("2026-01", "2026-04")
    rows = found(book, **period)
    assert rows["Acme", "One"]["revenue"] == Decimal("100.01")
    hold(book, **period)


def test_hours_of_a_ticket_are_its_clients(covered):
    book = covered(
        technicians=TEAM,
        tickets=[{"ticket_id": "T1", "client": "Acme", "opened_at": "2026-01-05 09:00"}],
        invoice_lines=[line("Acme", "2026-01-01", 1000, agreement="Plan")],
        time_entries=[entry("2026-01-06", 10, None, technician="Ann", ticket_id="T1", agreement="Plan")],
    )
    assert found(book)["Acme", "Plan"]["labour_cost"] == 400
    hold(book)
