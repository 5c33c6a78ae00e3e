"""Who owes what, since when, and how long clients take to pay; by hand."""

import pytest

from tests.sql.rows import day, line

DAY = {"as_of": day("2026-03-31")}
PAID = line("Paid", "2026-01-01", 300, invoice_number="1", due_on="2026-01-31", paid_on="2026-01-21")


def behind(book, only: str | None, client: str | None = None) -> tuple:
    """The numbers of the invoices whose lines a number counts, and the two sums."""
    rows = book.rows("metrics.behind_payments", **DAY, client=client, subset=only, at_most=None)
    sums = (rows[0]["whole_in_all"], rows[0]["part_in_all"]) if rows else (None, None)
    return sorted(row["invoice_number"] or "" for row in rows), *sums


def owed(number: str, due: str | None, amount: float, client: str = "Acme", **more) -> dict:
    return line(client, "2025-11-01", amount, invoice_number=number, **({"due_on": due} if due else {}), **more)


def test_ageing_is_by_due_date_and_adds_up_to_what_is_open(workspace):
    book = workspace(
        invoice_lines=[
            PAID,
            # due on the day is not overdue yet; 30, 31, 60, 61, 90 and 91 days
            owed("a", "2026-03-31", 1),
            owed("b", "2026-03-30", 2),
            owed("c", "2026-03-01", 4),
            owed("d", "2026-02-28", 8),
            owed("e", "2026-01-30", 16),
            owed("f", "2026-01-29", 32),
            owed("g", "2025-12-31", 64),
            owed("h", "2025-12-30", 128, "Birch"),
            owed("i", None, 256),
            owed("j", "2025-12-01", 512, is_credit=True),
        ]
    )
    found = book.by("bucket", "metrics.receivable_ageing", **DAY)
    assert {name: (row["invoices"], row["clients"], row["open_amount"]) for name, row in found.items()} == {
        "not_due": (1, 1, 1),
        "1_30": (2, 1, 6),
        "31_60": (2, 1, 24),
        "61_90": (2, 1, 96),
        "over_90": (1, 1, 128),
        "no_due_date": (1, 1, 256),
        "credit": (1, 1, -512),
    }
    # of 511 without the credit note
    assert found["over_90"]["share_of_open"] == pytest.approx(128 / 511, abs=1e-12)
    assert found["credit"]["share_of_open"] is None
    whole = book.one("metrics.receivables", **DAY)
    assert (whole["billed_amount"], whole["paid_amount"], whole["open_amount"]) == (299, 300, -1)
    assert sum(row["open_amount"] for row in found.values()) == whole["open_amount"]
    assert (whole["overdue_amount"], whole["overdue_invoices"], whole["overdue_clients"]) == (254, 7, 2)
    assert whole["overdue_share"] == pytest.approx(254 / 511, abs=1e-12)
    assert (whole["over_90_amount"], whole["worst_client"], whole["worst_amount"]) == (128, "Birch", 128)
    # the lines that make them: all billed, those not paid with the credit note, and those owed on, seven of them late
    assert behind(book, None) == (["1", *"abcdefghij"], 299, -1)
    assert behind(book, "open") == ([*"abcdefghij"], -1, -1)
    assert behind(book, "overdue") == ([*"abcdefghi"], 511, 254)
    assert behind(book, "overdue", "Birch") == (["h"], 128, 128)
    assert behind(book, "past_due")[:2] == ([*"bcdefgh"], 254)


def test_an_invoice_is_its_lines_with_tax_and_what_came_later_is_still_open(workspace):
    book = workspace(
        invoice_lines=[
            PAID,
            owed("a", "2026-03-01", 100, tax=20),
            # a discount is no credit note
            owed("a", "2026-03-01", -30, tax=-6),
            # paid after the day; and billed after it
            owed("b", "2026-03-15", 50, paid_on=day("2026-04-02")),
            line("Acme", "2026-04-01", 999, invoice_number="c"),
            # without a number each line stands alone
            line("Acme", "2026-03-01", 7),
            line("Acme", "2026-03-01", 7),
        ]
    )
    rows = book.rows("metrics.open_invoices", **DAY)
    assert [(row["invoice_number"], row["open_amount"], row["days_overdue"]) for row in rows] == [
        ("a", 84, 30),
        ("b", 50, 16),
        (None, 7, None),
        (None, 7, None),
    ]
    assert behind(book, "overdue") == (["", "", "a", "a", "b"], 148, 134)
    # and in April the one is paid and the other owed
    later = book.one("metrics.receivables", as_of=day("2026-04-02"))
    assert later["open_amount"] == 84 + 999 + 14
    assert book.one("metrics.payments_day")["as_of"] == day("2026-04-02")


def test_days_to_pay_weigh_amounts(workspace):
    book = workspace(
        invoice_lines=[
            line("Acme", "2026-01-01", 300, invoice_number="1", due_on="2026-01-31", paid_on="2026-01-11"),
            line("Acme", "2026-01-01", 100, invoice_number="2", due_on="2026-01-31", paid_on="2026-03-02"),
            # ahead is no negative time; a payment of a year before and a credit note count for nothing
            line("Birch", "2026-03-10", 50, invoice_number="3", paid_on="2026-03-01"),
            line("Birch", "2025-01-10", 900, invoice_number="4", paid_on="2025-03-31"),
            line("Birch", "2026-01-10", 900, invoice_number="5", paid_on="2026-02-01", is_credit=True),
        ]
    )
    found = book.by("client", "metrics.client_payments", **DAY)
    # 10 days for 300 and 60 for 100
    assert found["Acme"]["days_to_pay"] == pytest.approx((300 * 10 + 100 * 60) / 400, abs=1e-12)
    assert (found["Acme"]["late_share"], found["Acme"]["paid_invoices"]) == (0.25, 2)
    assert (found["Birch"]["days_to_pay"], found["Birch"]["late_share"]) == (0, None)
    whole = book.one("metrics.receivables", **DAY)
    assert whole["days_to_pay"] == pytest.approx(9000 / 450, abs=1e-12)
    assert (whole["late_share"], whole["paid_invoices"], whole["open_amount"]) == (0.25, 3, 0)
    # 300 x 10, 100 x 60 and 50 x 0 days of 450; without a due date nobody can be late
    assert behind(book, "paid") == (["1", "2", "3"], 450, 9000)
    assert behind(book, "late") == (["1", "2"], 400, 100)
    monthly = book.by("month_start", "metrics.days_to_pay_monthly")
    assert monthly[day("2026-03")]["days_to_pay"] == pytest.approx(6000 / 150, abs=1e-12)


def test_a_file_that_never_says_when_it_was_paid_says_nothing_of_what_is_open(workspace):
    silent = owed("a", "2026-01-01", 100)
    book = workspace(invoice_lines=[silent])
    assert book.one("metrics.payments_day")["says_when_paid"] is False
    found = book.one("metrics.receivables", **DAY)
    assert (found["billed_amount"], found["unknown_amount"]) == (100, 100)
    names = (
        "paid_amount",
        "open_amount",
        "overdue_amount",
        "overdue_share",
        "days_to_pay",
        "late_share",
        "worst_client",
    )
    assert [found[name] for name in names] == [None] * len(names)
    assert book.rows("metrics.open_invoices", **DAY) == []
    assert book.rows("metrics.receivable_ageing", **DAY) == []
    assert behind(book, None) == (["a"], 100, 0)
    assert [behind(book, only)[0] for only in ("open", "overdue", "past_due", "paid", "late")] == [[]] * 5
    assert found["has_tax"] is False


def test_of_two_files_each_speaks_for_itself(workspace):
    book = workspace(invoice_lines=[{**PAID, "load_id": 1}, {**owed("a", "2026-01-01", 100), "load_id": 2}])
    found = book.one("metrics.receivables", **DAY)
    # billed is paid, open or not known, exactly
    assert (found["billed_amount"], found["paid_amount"], found["open_amount"], found["unknown_amount"]) == (
        400,
        300,
        0,
        100,
    )


def test_without_due_dates_nothing_is_overdue_that_anybody_knows(workspace):
    book = workspace(invoice_lines=[line("Acme", "2026-01-01", 10, paid_on="2026-01-05"), owed("a", None, 100)])
    found = book.one("metrics.receivables", **DAY)
    assert (found["open_amount"], found["overdue_amount"], found["overdue_share"]) == (100, None, None)


def test_what_is_billed_to_the_msp_itself_is_owed_by_nobody(workspace):
    book = workspace(
        clients=[{"client": "Own", "is_internal": True}],
        invoice_lines=[PAID, owed("a", "2026-01-01", 100, "Own")],
    )
    assert book.one("metrics.receivables", **DAY)["open_amount"] == 0
