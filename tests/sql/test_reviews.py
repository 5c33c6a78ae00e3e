"""Which reviews were owed, and which were held."""

from datetime import timedelta

import pytest

from tests.sql.rows import day, entry, line

AS_OF = day("2026-10-31")
# an entry so that the workspace has a last day; it names no client
TIME = [entry("2026-10-30", 1)]


def client(name: str = "Acme", starts_on: str | None = "2024-01-01", **more) -> dict:
    dated = {key: day(value) if key == "ends_on" else value for key, value in more.items()}
    return {"client": name, "starts_on": starts_on and day(starts_on), **dated}


def held(days_ago: int, name: str = "Acme", **more) -> dict:
    return {"client": name, "held_on": AS_OF - timedelta(days=days_ago), **more}


OTHER = held(400, "Somebody else")


def status(workspace, clients, reviews, **tables) -> dict:
    book = workspace(clients=clients, reviews=[*reviews, OTHER], time_entries=TIME, **tables)
    return book.by("client", "metrics.qbr_status", as_of=AS_OF)["Acme"]


def judged(row) -> tuple:
    return row["is_due"], row["is_completed"], row["days_overdue"]


@pytest.mark.parametrize(
    ("days_ago", "wanted"),
    [
        (0, (True, True, 0)),
        (90, (True, True, 0)),
        # 91 days ago lies outside (as_of - 91, as_of], and is 0 days over
        (91, (True, False, 0)),
        (100, (True, False, 9)),
    ],
)
def test_held_inside_the_cadence(workspace, days_ago, wanted):
    row = status(workspace, [client()], [held(days_ago)])
    assert judged(row) == wanted
    assert row["last_held_on"] == AS_OF - timedelta(days=days_ago)


@pytest.mark.parametrize(
    "review",
    [
        held(10, status="cancelled"),
        held(10, status="Canceled"),
        held(10, status="no_show"),
        held(10, status="No-Show"),
        held(10, kind="Internal"),
        {"client": "Acme", "scheduled_on": AS_OF - timedelta(days=10)},
        {"client": "Acme", "scheduled_on": AS_OF - timedelta(days=10), "status": "held"},
        held(-1),
    ],
)
def test_what_was_not_held_with_the_client_does_not_count(workspace, review):
    row = status(workspace, [client(starts_on="2026-01-01")], [review])
    # 303 days since the start, 91 of them allowed
    assert judged(row) == (True, False, 212)
    assert row["last_held_on"] is None


def test_cadence_is_the_clients_own_then_the_assumption_and_0_owes_none(workspace):
    assert judged(status(workspace, [client(review_cadence_days=180)], [held(170)])) == (True, True, 0)
    assert judged(status(workspace, [client(review_cadence_days=30)], [held(170)])) == (True, False, 140)
    assert judged(status(workspace, [client(review_cadence_days=0)], [held(170)])) == (False, False, None)
    assumed = status(workspace, [client()], [held(170)], assumptions=[{"name": "review_cadence_days", "value": 365}])
    assert (assumed["cadence_days"], *judged(assumed)) == (365, True, True, 0)


@pytest.mark.parametrize(
    ("listed", "is_due"),
    [
        # active for a full cadence: 91 days before 31 October is 1 August
        (client(starts_on="2026-08-01"), True),
        (client(starts_on="2026-08-02"), False),
        (client(starts_on="2027-01-01"), False),
        (client(ends_on="2026-10-31"), True),
        (client(ends_on="2026-10-30"), False),
    ],
)
def test_due_from_one_full_cadence_after_the_start_until_the_end(workspace, listed, is_due):
    row = status(workspace, [listed], [])
    assert row["is_due"] is is_due
    assert (row["days_overdue"] is None) is not is_due


def test_without_a_start_the_first_month_of_revenue_counts(workspace):
    lines = [line("Acme", "2026-07-15", 10), line("Unlisted", "2026-03-15", 10), line("Unlisted", "2026-01-15", 0)]
    book = workspace(clients=[client(starts_on=None), client("Silent", None)], invoice_lines=lines, reviews=[OTHER])
    rows = book.by("client", "metrics.qbr_status", as_of=AS_OF)
    # since 1 July: 122 days, 91 allowed; since 1 March: 244 days
    assert judged(rows["Acme"]) == (True, False, 31)
    assert judged(rows["Unlisted"]) == (True, False, 153)
    assert judged(rows["Silent"]) == (False, False, None)


def test_completion_counts_clients_and_weighs_them(workspace):
    names = ("Big", "Small", "Free", "New", "Churned", "None owed")
    clients = [client(name) for name in names[:3]] + [
        client("New", "2026-10-01"),
        client("Churned", ends_on="2026-05-31"),
        client("None owed", review_cadence_days=0),
        client("Our MSP", is_internal=True),
    ]
    lines = [
        line("Big", "2026-10-01", 3000, revenue_class="managed"),
        line("Big", "2026-10-01", 5000, revenue_class="project"),
        line("Small", "2026-10-01", 1000, revenue_class="other_recurring"),
        line("Small", "2026-09-01", 7000, revenue_class="managed"),
        line("Free", "2026-10-01", -50, revenue_class="managed"),
        line("New", "2026-10-01", 9000, revenue_class="managed"),
    ]
    reviews = [held(5, "Small"), held(6, "Free"), held(7, "New"), held(8, "Churned")]
    book = workspace(clients=clients, reviews=reviews, invoice_lines=lines, time_entries=TIME)
    found = book.one("metrics.qbr_completion", as_of=AS_OF)
    # due: Big, Small, Free; held: Small, Free. By revenue 1,000 of 4,000: a negative one weighs nothing
    assert (found["clients_due"], found["clients_completed"]) == (3, 2)
    assert found["completion_pct"] == pytest.approx(2 / 3, abs=1e-12)
    assert found["mrr_weighted_pct"] == pytest.approx(0.25, abs=1e-12)
    summary = book.one("metrics.qbr_summary", as_of=AS_OF)
    assert {name: summary[name] for name in ("clients_due", "clients_completed")} == {
        name: found[name] for name in ("clients_due", "clients_completed")
    }
    # Big never had a review, so it has waited for none
    assert (summary["clients_overdue"], summary["never_client"], summary["overdue_mrr"]) == (1, "Big", 3000)
    assert (summary["never_reviewed"], summary["longest_client"]) == (1, None)
    rows = book.rows("metrics.qbr_status", as_of=AS_OF)
    assert sum(row["is_due"] for row in rows) == 3 and sum(row["is_completed"] for row in rows) == 2
    assert "Our MSP" not in {row["client"] for row in rows}
    last = book.rows("metrics.qbr_monthly", as_of=AS_OF)[-1]
    assert (last["as_of_day"], last["completion_pct"]) == (AS_OF, found["completion_pct"])
    assert last["mrr_weighted_pct"] == found["mrr_weighted_pct"]


def test_a_client_without_a_review_has_none_on_file_and_is_not_years_overdue(workspace):
    since = {"Never": "2019-01-01", "Twelve": "2025-01-01", "Forty": "2025-01-01", "New": "2026-10-01"}
    clients = [client(name, starts_on) for name, starts_on in since.items()]
    # 91 + 12 and 91 + 40 days before the day; Never has waited since 2019
    reviews = [held(103, "Twelve"), held(131, "Forty")]
    book = workspace(clients=clients, reviews=reviews, time_entries=TIME)
    rows = book.rows("metrics.qbr_status", as_of=AS_OF)
    assert [row["client"] for row in rows] == ["Forty", "Twelve", "Never", "New"]
    assert [row["days_waited"] for row in rows] == [40, 12, None, None]
    assert rows[2]["days_overdue"] > 2000
    summary = book.one("metrics.qbr_summary", as_of=AS_OF)
    assert (summary["longest_client"], summary["longest_days"]) == ("Forty", 40)
    assert (summary["never_reviewed"], summary["never_client"]) == (1, "Never")


def test_nobody_due_and_no_reviews_at_all_are_no_percentage(workspace):
    book = workspace(clients=[client(starts_on="2026-10-01")], reviews=[OTHER], time_entries=TIME)
    found = book.one("metrics.qbr_completion", as_of=AS_OF)
    assert (found["clients_due"], found["completion_pct"], found["mrr_weighted_pct"]) == (0, None, None)
    book = workspace(clients=[client()], time_entries=TIME)
    found = book.one("metrics.qbr_completion", as_of=AS_OF)
    assert (found["clients_due"], found["clients_completed"], found["completion_pct"]) == (1, None, None)
    assert book.one("metrics.qbr_summary", as_of=AS_OF)["clients_due"] == 1


@pytest.mark.parametrize(("first", "before"), [("2025-10-31", 1), ("2025-11-02", None)])
def test_a_year_before_the_first_review_is_no_comparison(workspace, first, before):
    reviews = [{"client": "Acme", "held_on": day(first)}, held(5, "Acme")]
    book = workspace(clients=[client(starts_on="2024-01-01")], reviews=reviews, time_entries=TIME)
    assert book.one("metrics.qbr_completion", as_of=AS_OF)["completion_pct"] == 1
    year_before = [
        book.one("metrics.qbr_completion", **found) for found in book.rows("metrics.previous_day", as_of=AS_OF)
    ]
    assert [found["completion_pct"] for found in year_before] == ([before] if before else [])


def test_quarters_tell_held_late_missed_and_not_due(workspace):
    reviews = [
        {"client": "Acme", "held_on": day(on)} for on in ("2025-02-10", "2025-05-05", "2025-09-30", "2026-09-30")
    ]
    book = workspace(clients=[client(starts_on="2025-01-01")], reviews=reviews, time_entries=TIME)
    rows = [row for row in book.rows("metrics.qbr_quarters", as_of=AS_OF) if row["client"] == "Acme"]
    states = {row["quarter_start"].isoformat()[:7]: row["state"] for row in rows}
    assert states == {
        "2025-01": "held",
        "2025-04": "held",
        # 148 days after the one before, so the 91 had run out
        "2025-07": "late",
        # 30 September lies 92 days before 31 December
        "2025-10": "missed",
        "2026-01": "missed",
        "2026-04": "missed",
        "2026-07": "late",
        # 31 days before the day itself
        "2026-10": "held",
    }


@pytest.mark.parametrize(
    ("review", "reason"),
    [
        # nobody wrote down when, so nothing says that it was
        ({"scheduled_on": day("2026-06-10"), "status": "held"}, "no date"),
        ({"scheduled_on": day("2026-06-10"), "status": "rescheduled"}, "rescheduled"),
        ({"scheduled_on": day("2026-06-10")}, "not held"),
        ({"held_on": day("2026-06-10"), "kind": "Internal prep"}, "internal"),
        ({"held_on": day("2026-06-10"), "kind": "QBR (internal)"}, "internal"),
        ({"held_on": day("2026-06-10"), "status": "Cancelled by client"}, "cancelled"),
        ({"held_on": day("2026-06-10"), "status": "No show - client ill"}, "no show"),
        # a day is given: it was moved, and then held
        ({"held_on": day("2026-06-17"), "scheduled_on": day("2026-06-10"), "status": "rescheduled"}, None),
        ({"held_on": day("2026-06-10"), "kind": "Technology review"}, None),
    ],
)
def test_which_reviews_count_as_held(workspace, review, reason):
    book = workspace(reviews=[{"client": "Acme", **review}])
    assert book.sql("select is_held, not_held_because from core.fct_reviews") == [(reason is None, reason)]


def test_a_cadence_of_0_owes_nothing_anywhere(workspace):
    reviews = [held(300), held(20), OTHER]
    book = workspace(clients=[client(review_cadence_days=0)], reviews=reviews, time_entries=TIME)
    assert {row["is_late"] for row in book.rows("metrics.review_history") if row["client_key"] == "acme"} == {False}
    states = {row["state"] for row in book.rows("metrics.qbr_quarters", as_of=AS_OF) if row["client"] == "Acme"}
    assert states == {"held", "not_due"}
    assert {row["clients_due"] for row in book.rows("metrics.qbr_monthly", as_of=AS_OF)} == {0}


def states_of(book, client: str = "Acme") -> dict:
    rows = book.rows("metrics.qbr_quarters", as_of=AS_OF)
    return {row["quarter_start"].isoformat()[:7]: row["state"] for row in rows if row["client"] == client}


def test_before_the_first_review_on_file_nothing_is_missed_or_late(workspace):
    """The list begins in 2026: what an old client had before it, nobody knows."""
    reviews = [{"client": "Other", "held_on": day("2026-02-02")}, {"client": "Acme", "held_on": day("2026-06-15")}]
    book = workspace(clients=[client("Acme"), client("Never")], reviews=reviews, time_entries=TIME)
    # the first quarter that begins with the list: 133 days after it nothing was held yet, so the one of June came late
    assert states_of(book) == {
        # on 31 March the list is 57 days old, and the cadence 91
        "2026-01": "not_known", "2026-04": "late", "2026-07": "missed",
        # of the last quarter 31 days have gone by
        "2026-10": "open",
    }  # fmt: skip
    assert states_of(book, "Never")["2026-04"] == "missed"
    # the trend begins with the list, too
    # and at its last day it is over
    rows = book.rows("metrics.qbr_quarters", as_of=day("2026-12-31"))
    assert [row["state"] for row in rows if row["client"] == "Acme"][-1] == "missed"
    trend = {str(row["as_of_day"])[:7]: row["completion_pct"] for row in book.rows("metrics.qbr_monthly", as_of=AS_OF)}
    assert list(trend) == [f"2026-{month:02}" for month in range(2, 11)]
    assert (trend["2026-05"], trend["2026-06"], trend["2026-10"]) == (0, 0.5, 0)


def test_a_client_that_came_after_the_first_review_is_known_from_its_start(workspace):
    reviews = [{"client": "Other", "held_on": day("2026-02-02")}]
    book = workspace(clients=[client("Acme", "2026-02-20")], reviews=reviews, time_entries=TIME)
    # 91 days after 20 February are 22 May
    assert states_of(book) == {
        "2026-01": "not_due", "2026-04": "missed", "2026-07": "missed", "2026-10": "open",
    }  # fmt: skip


def test_a_day_before_the_first_review_is_judged_by_nobody(workspace):
    book = workspace(clients=[client()], reviews=[held(10)], time_entries=TIME)
    early = day("2026-09-30")
    assert judged(book.by("client", "metrics.qbr_status", as_of=early)["Acme"]) == (True, None, None)
    found = book.one("metrics.qbr_completion", as_of=early)
    assert (found["clients_due"], found["clients_completed"], found["completion_pct"]) == (1, None, None)
    assert book.one("metrics.qbr_summary", as_of=early)["clients_overdue"] is None


def test_weights_are_of_the_last_month_that_all_invoices_can_be_in(workspace):
    """A review day in a month that isn't billed yet weighed every client 0."""
    lines = [
        line(name, f"2026-{month}-01", amount, revenue_class="managed")
        for month, amounts in (("09", (3000, 1000)), ("10", (7000, 0)))
        for name, amount in zip(("Big", "Small"), amounts, strict=True)
        if amount
    ]
    # the data reaches Thursday 29 October: October isn't complete, September is
    tables = {"clients": [client("Big"), client("Small")], "reviews": [held(5, "Small"), OTHER], "invoice_lines": lines}
    book = workspace(**tables, time_entries=[entry("2026-10-29", 1)])
    assert book.one("metrics.qbr_completion", as_of=AS_OF)["mrr_weighted_pct"] == pytest.approx(0.25)
    assert book.by("client", "metrics.qbr_status", as_of=AS_OF)["Big"]["mrr"] == 3000
    assert book.one("metrics.qbr_summary", as_of=AS_OF)["overdue_mrr"] == 3000


def test_revenue_without_its_review_is_not_0_where_nobody_knows_what_recurs(workspace):
    lines = [line("Acme", "2026-10-01", 900)]
    book = workspace(clients=[client()], reviews=[held(200), OTHER], invoice_lines=lines, time_entries=TIME)
    found = book.one("metrics.qbr_summary", as_of=AS_OF)
    assert (found["clients_overdue"], found["overdue_mrr"]) == (1, None)
    # known, and none of it overdue
    lines = [line("Acme", "2026-10-01", 900, revenue_class="managed")]
    book = workspace(clients=[client()], reviews=[held(20), OTHER], invoice_lines=lines, time_entries=TIME)
    found = book.one("metrics.qbr_summary", as_of=AS_OF)
    assert (found["clients_overdue"], found["overdue_mrr"]) == (0, 0)


def test_reviews_come_by_the_recurring_revenue_that_is_overdue(workspace):
    names = {"Small": 100, "Big": 3000, "Held": 9000, "Free": None}
    lines = [line(name, "2026-10-01", fee, revenue_class="managed") for name, fee in names.items() if fee is not None]
    # Small has waited longest; Held has nothing to wait for
    reviews = [held(400, "Small"), held(120, "Big"), held(5, "Held"), held(300, "Free")]
    clients = [client(name) for name in names] + [client("New", "2026-10-01")]
    book = workspace(clients=clients, reviews=reviews, invoice_lines=lines, time_entries=TIME)
    rows = book.rows("metrics.qbr_status", as_of=AS_OF)
    assert [row["client"] for row in rows] == ["Big", "Small", "Free", "Held", "New"]


def test_no_pack_is_made_for_who_may_be_the_provider_or_has_nothing_on_file(workspace):
    """All four are due; Own is worked for and never billed, Gone has nothing in the quarter, Had had its review."""
    names = ("Acme", "Own", "Gone", "Had")
    book = workspace(
        clients=[client(name) for name in names],
        reviews=[held(10, "Had"), OTHER],
        time_entries=[*TIME, entry("2026-08-03", 1, "Own"), entry("2026-08-03", 1, "Acme")],
        invoice_lines=[line("Acme", "2026-09-30", 1), line("Had", "2026-10-31", 1), line("Gone", "2026-01-31", 1)],
    )
    quarter = {"month_from": day("2026-08"), "month_to": day("2026-10")}
    found = book.by("client", "metrics.packs_due", **quarter)
    assert {name: row["left_out"] for name, row in found.items()} == {"Acme": None, "Own": "own", "Gone": "empty"}
    assert all(row["is_known"] for row in found.values())
