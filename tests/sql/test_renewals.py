"""When contracts come up, what is at stake, and how far blocks of hours are used up; by hand."""

import pytest

from tests.sql.rows import day, entry, line, whole

DAY = {"as_of": day("2026-03-31")}


def agreement(client: str = "Acme", **more) -> dict:
    dates = {
        name: day(value) if isinstance(value, str) and name.endswith("_on") else value for name, value in more.items()
    }
    return {"client": client, "starts_on": day("2020-01-01"), **dates}


def fee(client: str, amount: float, on: str = "2026-03-01") -> dict:
    return line(client, on, amount, revenue_class="managed")


def made(workspace, agreements: list[dict], **tables):
    lines = tables.pop("invoice_lines", [fee("Acme", 100)])
    return workspace(agreements=agreements, invoice_lines=lines, **tables)


def test_open_notices_come_first_then_those_gone_by_then_those_nobody_knows(workspace):
    book = made(
        workspace,
        [
            agreement("Late", name="a", renews_on="2026-09-01", notice_days=30, monthly_fee=10),
            agreement("Soon", name="b", renews_on="2026-06-30", notice_days=90, monthly_fee=20),
            agreement("Past", name="c", renews_on="2026-04-15", notice_days=30, monthly_fee=40),
            agreement("Silent", name="d", ends_on="2026-05-01", monthly_fee=80),
            agreement("Open", name="e"),
            agreement("Gone", name="f", ends_on="2026-03-30"),
            agreement("Coming", name="g", starts_on="2026-04-01", renews_on="2027-04-01"),
        ],
        time_entries=[entry("2026-03-31", 1)],
    )
    rows = book.rows("metrics.renewal_calendar", **DAY)
    assert [(row["client"], row["state"], row["comes_as"], row["days_to_notice"]) for row in rows] == [
        ("Soon", "open", "renews", 1),
        ("Late", "open", "renews", 124),
        ("Past", "notice_past", "renews", None),
        ("Silent", "no_notice", "ends", None),
        ("Open", "no_date", None, None),
    ]
    assert rows[0]["notice_by"] == day("2026-04-01")
    found = book.one("metrics.renewals", **DAY)
    assert (found["agreements"], found["in_force"]) == (7, 5)
    assert (found["notices_90"], found["stake_90"], found["notices_past"], found["stake_past"]) == (1, 20, 1, 40)
    assert (found["without_notice"], found["without_date"], found["without_stake"]) == (1, 1, 1)
    assert (found["next_client"], found["next_notice_by"], found["next_stake"]) == ("Soon", day("2026-04-01"), 20)


def test_what_is_at_stake_is_on_the_invoices_and_never_counted_twice(workspace):
    book = made(
        workspace,
        [
            agreement("One", name="a", monthly_fee=900),
            agreement("Two", name="b", monthly_fee=300),
            agreement("Two", name="c"),
            agreement("Unbilled", name="d", monthly_fee=50),
        ],
        invoice_lines=[fee("One", 1000), fee("Two", 500), fee("One", 700, "2026-02-01")],
        time_entries=[entry("2026-03-31", 1)],
    )
    rows = book.by("agreement", "metrics.renewal_calendar", **DAY)
    assert {name: (row["at_stake"], row["stake_basis"]) for name, row in rows.items()} == {
        "a": (1000, "invoices"),
        "b": (300, "agreement"),
        "c": (None, None),
        "d": (50, "agreement"),
    }


def test_an_end_before_the_next_renewal_is_what_comes_up(workspace):
    book = made(workspace, [agreement(renews_on="2025-05-01", ends_on="2026-04-20", notice_days=10)])
    (row,) = book.rows("metrics.renewal_calendar", **DAY)
    assert (row["renews_on"], row["comes_as"], row["notice_by"]) == (day("2026-04-20"), "ends", day("2026-04-10"))


def test_without_agreements_there_is_nothing_and_it_is_not_wrong(workspace):
    book = workspace(invoice_lines=[fee("Acme", 100)])
    found = book.one("metrics.renewals", **DAY)
    assert (found["agreements"], found["in_force"], found["next_client"]) == (0, 0, None)
    assert book.rows("metrics.block_hours", **DAY) == []


WORK = [*whole("2026-01", "2026-03"), *whole("2025-12")]


def block(workspace, *entries, agreements=None, **more):
    """A block of 100 hours for the year 2026."""
    bought = agreement(
        agreement_id="B-1", name="Care block", included_hours=100, starts_on="2026-01-01", ends_on="2026-12-31", **more
    )
    book = made(workspace, [bought, *(agreements or [])], time_entries=[*WORK, *entries])
    rows = book.rows("metrics.block_hours", **DAY)
    return rows[0]


def booked(on: str, hours: float, agreement: str | None = "Care block", **more) -> dict:
    return entry(on, hours, "Acme", agreement=agreement, **more)


def test_a_block_runs_out_at_the_pace_of_its_last_three_months(workspace):
    found = block(workspace, booked("2026-01-10", 10), booked("2026-02-10", 20, "b-1"), booked("2026-03-10", 15))
    # 45 of 100 in three months, 15 a month: 55 last 3.67 months, or 112 days from 31 March
    assert (found["burnt_hours"], found["burnt_share"], found["left_hours"]) == (45, 0.45, 55)
    assert found["hours_per_month"] == pytest.approx(15, abs=1e-12)
    assert (found["state"], found["month_used_up"]) == ("runs_out", day("2026-07"))


def test_a_block_that_lasts_and_one_that_is_used_up(workspace):
    lasting = block(workspace, booked("2026-02-10", 12))
    # 88 at 4 a month are 22 months, and the term ends before
    assert (lasting["state"], lasting["month_used_up"]) == ("lasts", None)
    used = block(workspace, booked("2026-01-10", 60), booked("2026-02-10", 40), booked("2026-03-10", 5))
    assert (used["state"], used["month_used_up"], used["left_hours"]) == ("used_up", day("2026-02"), -5)


def test_hours_count_that_name_the_block_or_can_be_for_no_other(workspace):
    unnamed = booked("2026-02-10", 30, None, coverage="agreement")
    assert block(workspace, unnamed)["burnt_hours"] == 30
    # with a second agreement nobody knows for which
    other = agreement(name="Support")
    assert block(workspace, unnamed, agreements=[other])["burnt_hours"] == 0
    assert block(workspace, booked("2026-02-10", 30, "Support"), agreements=[other])["burnt_hours"] == 0
    # neither what is billed on top nor what came before the term
    assert block(workspace, booked("2026-02-10", 30, None, coverage="billable"))["burnt_hours"] == 0
    assert block(workspace, booked("2025-12-10", 30))["burnt_hours"] == 0


def test_on_too_little_data_nobody_says_when_it_runs_out(workspace):
    assert block(workspace)["state"] == "nothing_booked"
    bought = agreement(name="Care block", included_hours=100, starts_on="2026-02-01")
    book = made(workspace, [bought], time_entries=[*WORK, booked("2026-03-10", 15)])
    (row,) = book.rows("metrics.block_hours", **DAY)
    # two whole months of it
    assert (row["state"], row["hours_per_month"], row["month_used_up"]) == ("too_early", None, None)
    # a block of 2025, of which entries show December alone
    bought = agreement(name="Care block", included_hours=100, starts_on="2025-06-01")
    book = made(workspace, [bought], time_entries=[*WORK, booked("2026-03-10", 15)])
    (row,) = book.rows("metrics.block_hours", **DAY)
    assert (row["state"], row["month_used_up"]) == ("hours_begin_later", None)


@pytest.mark.parametrize(
    ("dates", "term_from"),
    [
        ({"starts_on": "2024-02-01", "renews_on": "2025-02-01"}, "2026-02-01"),
        ({"starts_on": "2026-01-15", "renews_on": "2027-01-15"}, "2026-01-15"),
        # two years from the start
        ({"starts_on": "2025-09-01", "renews_on": "2027-09-01"}, "2025-09-01"),
        ({"starts_on": "2025-09-01"}, "2025-09-01"),
    ],
)
def test_a_term_begins_with_the_last_renewal(workspace, dates, term_from):
    bought = agreement(pricing_model="Block", included_hours=40, **dates)
    book = made(workspace, [bought], time_entries=WORK)
    (row,) = book.rows("metrics.block_hours", **DAY)
    assert row["term_from"] == day(term_from)


def test_included_hours_that_are_no_block_are_counted_and_not_judged(workspace):
    managed = agreement(name="Care plan", pricing_model="per seat", included_hours=5)
    book = made(workspace, [managed], time_entries=WORK)
    assert book.rows("metrics.block_hours", **DAY) == []
    assert book.one("metrics.renewals", **DAY)["unsaid_agreements"] == 1
