"""What buyers ask of the books: what binds clients, who left, red flags and findings; by hand."""

from datetime import datetime

import pytest

from tests.sql.rows import day, entry, line, months, reached, technician, whole

DAY = {"as_of": day("2026-03-31")}
QUARTER = {**months("2026-01", "2026-03"), **DAY}


def agreement(client: str, name: str, **more) -> dict:
    dates = {key: day(value) if key.endswith("_on") else value for key, value in more.items()}
    return {"client": client, "name": name, "starts_on": day("2020-01-01"), **dates}


def fees(client: str, amount: float, *on: str, **more) -> list[dict]:
    return [line(client, f"{month}-01", amount, revenue_class="managed", **more) for month in on]


MONTHS = ("2025-12", "2026-01", "2026-02", "2026-03")


@pytest.fixture
def book(covered):
    """Acme pays by the month, Birch for a term, Cedar without an agreement; Dorn left in February, and Elm costs more
    than it pays."""
    return covered(
        agreements=[
            agreement("Acme", "a", monthly_fee=300, notice_days=30),
            agreement("Birch", "b", monthly_fee=500, renews_on="2026-07-01", notice_days=90),
        ],
        invoice_lines=[
            *fees("Acme", 300, *MONTHS), *fees("Birch", 600, *MONTHS), *fees("Cedar", 100, *MONTHS),
            *fees("Dorn", 200, "2025-12", "2026-01"), *fees("Elm", 50, *MONTHS),
        ],
        technicians=[technician("Ann", hourly_cost=50), technician("Bob", hourly_cost=50)],
        time_entries=[
            entry("2026-03-10", 4, "Elm", technician="Ann"), entry("2026-03-11", 6, "Birch", technician="Bob"),
            entry("2026-03-12", 2, "Zinc", technician="Bob"),
        ],
    )  # fmt: skip


def test_what_agreements_say_beside_what_is_billed(book):
    found = book.by("client", "metrics.contract_clients", **DAY)
    assert {client: (row["binding"], row["mrr"], row["contract_gap"]) for client, row in found.items()} == {
        "Birch": ("term", 600, 100),
        "Acme": ("month_to_month", 300, 0),
        "Cedar": ("none", 100, None),
        "Elm": ("none", 50, None),
    }
    # 1 July is 92 days away
    assert found["Birch"]["remaining_months"] == pytest.approx(92 / 30.4375)
    profile = book.one("metrics.contract_profile", **DAY)
    assert (profile["mrr"], profile["clients"], profile["no_agreement_clients"]) == (1050, 4, 2)
    assert profile["month_to_month_share"] == pytest.approx(300 / 1050)
    assert profile["no_agreement_share"] == pytest.approx(150 / 1050)
    # of 900 billed, 800 are agreed
    assert profile["contract_gap_share"] == pytest.approx(100 / 900)


def test_nothing_is_said_of_contracts_without_any(workspace):
    book = workspace(invoice_lines=fees("Acme", 300, *MONTHS))
    assert book.rows("metrics.contract_profile", **DAY) == []
    flags = book.by("flag", "metrics.red_flags", **QUARTER)
    assert (flags["no_agreement_share"]["state"], flags["no_agreement_share"]["needs"]) == (
        "not_testable",
        "agreements",
    )
    # nobody knows what a year before was
    assert flags["gross_revenue_retention"]["state"] == "not_testable"


def test_who_left_with_what_it_last_paid(book):
    (lost,) = book.rows("metrics.lost_clients", **months("2026-01", "2026-03"))
    assert (lost["client"], lost["last_month"], lost["last_mrr"]) == ("Dorn", day("2026-01"), 200)
    # the third largest in December, after Birch and Acme
    assert (lost["last_mrr_year"], lost["opening_mrr"], lost["place"]) == (2400, 200, 3)
    assert book.rows("metrics.lost_clients", **months("2025-12")) == []


def test_flags_by_the_bounds_of_the_catalogue(book):
    found = book.by("flag", "metrics.red_flags", **QUARTER)
    # Birch is 1,800 of 3,350 without products; Dorn was one of five
    assert found["top1_share"]["found"] == pytest.approx(1800 / 3350)
    assert (found["lost_of_largest"]["found"], found["lost_of_largest"]["state"]) == (1, "fail")
    states = {flag: found[flag]["state"] for flag in ("recurring_share", "top1_share", "month_to_month_share")}
    assert states == {"recurring_share": "pass", "top1_share": "fail", "month_to_month_share": "pass"}
    assert found["adjusted_ebitda"]["state"] == "not_testable" and found["adjusted_ebitda"]["needs"]
    assert all(row["source"] and row["bound"] for row in found.values())


def test_automation_is_judged_by_all_tickets_with_those_it_resolved(workspace):
    """One of four; n counted the three of people, of which it is no part."""
    opened = datetime(2026, 2, 3, 9)
    said = {"client": "Acme", "opened_at": opened, "resolved_at": opened}
    mine = [{"ticket_id": str(place), **said, "auto_resolved": not place} for place in range(3)]
    ends = [{**row, "auto_resolved": False} for row in reached("2026-03-31")]
    book = workspace(invoice_lines=fees("Acme", 300, *MONTHS), tickets=[*mine, *ends])
    found = book.by("flag", "metrics.red_flags", **QUARTER)["auto_resolved_share"]
    # three in February, and the one that the data reaches to
    assert (found["found"], found["cases"], found["counted"], found["sheet"]) == (0.25, 4, "tickets", 17)


def test_each_flag_says_of_how_many_it_is_and_none_that_cannot_be_tested(covered):
    """Five clients pay in December and four to the end, two of them by agreements that say a fee; six work hours of 64
    weekdays are no margin; two of three escalated tickets are too few."""
    book = covered(
        agreements=[agreement("Acme", "a", monthly_fee=300, notice_days=30), agreement("Birch", "b", monthly_fee=500)],
        invoice_lines=[
            *fees("Acme", 300, *MONTHS), *fees("Birch", 600, *MONTHS), *fees("Cedar", 100, *MONTHS),
            *fees("Dorn", 200, "2025-12", "2026-01"), *fees("Elm", 50, *MONTHS),
            line("Acme", "2026-02-01", 10, invoice_number="9", paid_on="2026-02-20", revenue_class="product"),
        ],
        technicians=[technician("Ann", hourly_cost=50)],
        time_entries=[entry("2026-03-10", 6, "Elm", technician="Ann")],
    )  # fmt: skip
    found = book.by("flag", "metrics.red_flags", **QUARTER)
    counts = {flag: (row["cases"], row["counted"]) for flag, row in found.items() if row["cases"] is not None}
    assert counts == {
        # billed in the quarter
        "recurring_share": (5, "clients"), "managed_customers_share": (5, "clients"), "one_off_share": (5, "clients"),
        "classed_share": (5, "clients"), "top1_share": (5, "clients"),
        # the largest five of December
        "lost_of_largest": (5, "clients"),
        # with recurring revenue in March, and of them those whose fee is agreed
        "month_to_month_share": (4, "clients"), "no_agreement_share": (4, "clients"),
        "contract_gap_share": (2, "clients"),
        "time_capture": (1, "technician"), "days_to_pay": (1, "invoice"),
    }  # fmt: skip
    assert all((row["cases"] is None) == (row["state"] == "not_testable") for row in found.values())
    # 6 of 64 x 8 hours are written down: a margin after bench is no verdict, pass or fail
    margin = found["gross_margin_after_bench_pct"]
    assert (margin["found"], margin["state"]) == (None, "not_testable") and "hours of most of the time" in margin[
        "needs"
    ]
    # nor is it a bench: of 3 x 40 x 52 / 12 hours paid 6 are on Elm, and of the others nobody wrote down anything
    (bench,) = [row for row in book.rows("metrics.findings", **QUARTER) if row["finding"] == "bench"]
    assert bench["says"].replace("\xa0", " ") == (
        "98.8 % of the service payroll is on no client's hours, but only 1 % of the time at work is written down."
    )


@pytest.mark.parametrize(("direct_cost", "found"), [(None, None), (45, 1 - (45 + 1040) / 4800)])
def test_a_margin_is_held_against_buyers_bound_only_with_tools_and_resale(covered, direct_cost, found):
    """4,800 of revenue in three months; Ann is paid 3 x 173.33 hours at 2, which is 1,040, and works part of
    them for Elm. Buyers' bounds bear tools and resale, of which a book without them knows nothing."""
    days = [f"2026-{month:02}-{day:02}" for month in (1, 2, 3) for day in range(1, 29)]
    book = covered(
        invoice_lines=[
            *fees("Elm", 1600, *MONTHS),
            line("Elm", "2026-02-01", 0, invoice_number="9", revenue_class="product", direct_cost=direct_cost),
        ],
        technicians=[technician("Ann", hourly_cost=2)],
        time_entries=[entry(day, 5, "Elm", technician="Ann") for day in days],
    )  # fmt: skip
    row = book.by("flag", "metrics.red_flags", **QUARTER)["gross_margin_after_bench_pct"]
    assert row["found"] == (None if found is None else pytest.approx(found))
    assert row["state"] == ("not_testable" if found is None else "pass")


def test_findings_with_their_money_the_most_first(book):
    rows = book.rows("metrics.findings", **QUARTER)
    found = {(row["finding"], row["subject"]): row["money"] for row in rows}
    assert found["lost_client", "Dorn"] == 2400
    # Elm: 150 less 4 hours at 50; Zinc: 2 hours
    assert found["under_water", "Elm"] == 50
    assert found["never_billed", "Zinc"] == 100
    assert found["by_the_month", None] == 3600 and found["no_agreement", None] == 1800
    # Bob works all for Birch and Zinc, Ann all for Elm, but a few hours
    assert not [row for row in rows if row["finding"] == "one_person"]
    assert [row["place"] for row in rows] == [*range(1, len(rows) + 1)]
    money = [row["money"] for row in rows if row["money"] is not None]
    assert money == sorted(money, reverse=True)
    by_kind = {(row["finding"], row["subject"]): row for row in rows}
    # of 3,350 revenue 50 is 1.5 %
    assert by_kind["under_water", "Elm"]["severity"] == "medium"
    assert by_kind["flag_top1_share", None]["severity"] == "high"
    names = ("Acme", "Birch", "Cedar", "Dorn", "Elm", "Zinc", "Ann", "Bob")
    assert not [row["says"] for row in rows if any(name in row["says"] for name in names)]


YEAR = [*(f"2025-{month:02}" for month in range(3, 13)), *MONTHS[1:]]
"""March 2025 and the twelve months after it."""
OVER_THE_YEAR = {**months("2025-04", "2026-03"), **DAY}


def a_year(workspace, *lines, dear: float = 0):
    """Five clients of 1,000, of which Dorn paid last in January; it costs 50 an hour for so many hours in January."""
    staying = [row for name in ("Acme", "Birch", "Cedar", "Elm") for row in fees(name, 1000, *YEAR)]
    return workspace(
        invoice_lines=[*staying, *fees("Dorn", 1000, *YEAR[:11]), *lines],
        technicians=[technician("Ann", hourly_cost=50)],
        time_entries=[entry("2026-01-15", dear, "Dorn", technician="Ann"), *whole("2025-03", "2026-03")],
    )


def test_one_client_that_left_is_written_down_once_and_in_the_past(workspace):
    # 4 of 5 clients and 4,000 of 5,000 are kept; Dorn brought 10,000 from April on and took 220 hours at 50
    rows = a_year(workspace, dear=220).rows("metrics.findings", **OVER_THE_YEAR)
    about = [row for row in rows if row["subject"] == "Dorn"]
    assert [row["says"] for row in about] == [
        "Paid no recurring revenue after Jan 2026; until then it cost more than it paid: margin −10.0 %. It alone "
        "misses what buyers ask for: Gross revenue retention: 80.0 % (5 clients), Clients lost: 20.0 % (5 clients), "
        "Large clients lost: 1 (5 clients)."
    ]
    kinds = {row["finding"] for row in rows}
    assert not kinds & {"flag_gross_revenue_retention", "flag_logo_churn", "flag_lost_of_largest", "under_water"}


def test_what_others_miss_too_stays_a_finding_of_its_own(workspace):
    # two left, and each bound is missed by both; or Acme pays a third in March, so that without Dorn 86.7 % are kept
    gone = fees("Fir", 1000, *YEAR[:11])
    rows = a_year(workspace, *gone).rows("metrics.findings", **OVER_THE_YEAR)
    assert {"flag_gross_revenue_retention", "flag_logo_churn", "flag_lost_of_largest"} <= {r["finding"] for r in rows}
    assert not [row for row in rows if "It alone" in row["says"]]
    less = line("Acme", "2026-03-15", -667, revenue_class="managed")
    rows = a_year(workspace, less).rows("metrics.findings", **OVER_THE_YEAR)
    kinds = {row["finding"] for row in rows}
    assert "flag_gross_revenue_retention" in kinds and "flag_logo_churn" not in kinds


def test_a_loss_of_somebody_who_left_asks_for_no_new_price(covered):
    # Elm pays 50 by the hour for 4 hours at 50, and its contract ended in March
    def found(**more):
        book = covered(
            clients=[{"client": "Elm", **more}], technicians=[technician("Ann", hourly_cost=50)],
            invoice_lines=[line("Elm", "2026-01-05", 50, revenue_class="tm")],
            time_entries=[entry("2026-01-06", 4, "Elm", technician="Ann")],
        )  # fmt: skip
        (row,) = [row for row in book.rows("metrics.findings", **QUARTER) if row["finding"] == "under_water"]
        return row

    left = found(ends_on=day("2026-03-31"))
    assert left["says"] == "Cost more than it paid until it left: margin −300.0 % of revenue."
    assert "price" not in left["question"] and "price" in found()["question"]


def test_what_no_export_holds_is_listed(workspace):
    rows = workspace().rows("metrics.not_in_exports")
    assert rows[0]["item"] == "Adjusted EBITDA"
    assert all(row["because"] and row["needs"] for row in rows)
    assert {"Price and volume within a rise or a fall", "What clients wrote beside their ratings"} <= {
        row["item"] for row in rows
    }


def test_revenue_adds_up_by_class_client_and_month(workspace):
    book = workspace(
        invoice_lines=[
            *fees("Acme", 300, "2026-01", "2026-02"),
            line("Acme", "2026-01-10", 200, revenue_class="product", direct_cost=150),
            line("Birch", "2026-01-31", 100, revenue_class="project"), line("Birch", "2026-01-15", -30, is_credit=True),
        ],
        time_entries=[entry("2026-02-27", 0)],
    )  # fmt: skip
    january = book.by("month_start", "metrics.revenue_by_month")[day("2026-01")]
    # 300 managed, 200 of products that cost 150, 100 of a project, and 30 credited
    assert (january["revenue"], january["product"], january["revenue_net"]) == (570, 200, 420)
    # 30 taken off without a class are in no share
    assert january["recurring_share"] == pytest.approx(300 / 600)
    clients = book.by("client", "metrics.revenue_by_client")
    assert (clients["Acme"]["revenue"], clients["Birch"]["revenue"], clients["Acme"]["since"]) == (
        800,
        70,
        day("2026-01"),
    )
    rows = book.rows("metrics.revenue_by_client_monthly")
    assert [(row["client"], row["month_start"].month, row["revenue"], row["mrr"]) for row in rows] == [
        ("Acme", 1, 500, 300), ("Acme", 2, 300, 300), ("Birch", 1, 70, 0),
    ]  # fmt: skip
    cut = book.by("month_start", "metrics.cut_off_monthly")[day("2026-01")]
    assert (cut["lines"], cut["invoiced"], cut["earned"], cut["credit_notes"], cut["credits"]) == (4, 570, 570, 1, -30)
    # 300, 200 and 100 are whole hundreds; the project is of the 31st
    assert (cut["round_sums"], cut["last_days"]) == (3, 100)


def test_what_is_billed_ahead_is_not_earned_yet(workspace):
    lines = [*fees("Acme", 1200, "2026-01", service_months=12), *fees("Birch", 100, "2026-01")]
    book = workspace(invoice_lines=lines)
    (ahead,) = book.rows("metrics.deferred_revenue", month_to=day("2026-03"))
    # three of twelve months have gone by
    assert (ahead["client"], ahead["billed"], ahead["earned"], ahead["unearned"]) == ("Acme", 1200, 300, 900)
    assert ahead["paid_until"] == day("2026-12")
    assert book.rows("metrics.deferred_revenue", month_to=day("2026-12")) == []


def test_what_was_open_at_each_months_end(workspace):
    lines = [
        line("Acme", "2026-01-05", 100, tax=20, due_on=day("2026-01-20"), paid_on=day("2026-02-10")),
        line("Acme", "2026-02-05", 50, due_on=day("2026-02-25")),
    ]
    book = workspace(invoice_lines=lines, time_entries=[entry("2026-02-27", 0)])
    found = book.by("month_start", "metrics.ageing_monthly")
    assert {month: (row["days_1_30"], row["open_amount"]) for month, row in found.items()} == {
        day("2026-01"): (120, 120), day("2026-02"): (50, 50),
    }  # fmt: skip


def test_lines_of_services_and_what_makes_a_clients_margin(book):
    lines = book.by("line", "metrics.service_line_margin", **months("2026-01", "2026-03"))
    # 12 hours at 50, none of which says its type or how it is covered: no line's margin is known
    managed, hours = lines["Managed services"], lines["Hours that no file splits by line"]
    assert [managed[name] for name in ("revenue", "labour_cost", "gross_margin_pct")] == [3350, None, None]
    assert [hours[name] for name in ("revenue", "labour_cost", "gross_margin")] == [None, 600, None]
    clients = book.by("client", "metrics.margin_by_client", **months("2026-01", "2026-03"))
    assert (clients["Elm"]["revenue"], clients["Elm"]["labour_cost"]) == (150, 200)
    assert clients["Birch"]["effective_hourly_rate"] == pytest.approx(1800 / 6)
    schedule = book.by("client", "metrics.mrr_schedule", **DAY)
    assert (schedule["Birch"]["contracted"], schedule["Dorn"]["binding"]) == (500, None)
    wall = book.rows("metrics.renewal_wall", **DAY)
    assert [(row["quarter_start"], row["agreements"], row["at_stake"]) for row in wall] == [
        (day("2026-07"), 1, 600), (None, 1, 300),
    ]  # fmt: skip


def test_labour_by_line_where_entries_say_their_type(workspace):
    lines = [
        line("Acme", "2026-01-01", 1000, revenue_class="managed"),
        line("Acme", "2026-01-01", 300, revenue_class="other_recurring", direct_cost=100),
        line("Acme", "2026-01-01", 400, revenue_class="project"),
    ]
    work = [
        entry("2026-01-15", 6, "Acme", technician="Ann"),
        entry("2026-01-16", 2, "Acme", technician="Ann", work_type="Project"),
    ]
    book = workspace(
        invoice_lines=lines, time_entries=[*work, *whole("2026-01")], technicians=[technician("Ann", hourly_cost=50)]
    )
    found = book.by("line", "metrics.service_line_margin", **months("2026-01"))
    # 6 and 2 hours at 50; whose hours a backup or a licence takes, no file says: 0 would read as a margin of 67 %
    assert {name: (row["labour_cost"], row["gross_margin_pct"]) for name, row in found.items() if row["revenue"]} == {
        "Managed services": (300, 0.7), "Other recurring services": (None, None),
        "Projects and work by the hour": (100, 0.75),
    }  # fmt: skip
    assert "Hours that no file splits by line" not in found


def test_hidden_names_are_numbered_by_when_they_came(book):
    found = book.by("spelling", "metrics.masked_names")
    # five pay from December on, by name; Zinc never paid
    assert [found[name]["number"] for name in ("Acme", "Birch", "Cedar", "Dorn", "Elm", "Zinc")] == [1, 2, 3, 4, 5, 6]
    assert {found[name]["kind"] for name in ("Ann", "Bob")} == {"technician"}
    (before,) = book.rows("metrics.cohorts")
    assert (before["cohort"], before["clients_start"], before["mrr_start"]) == ("before", 5, 1250)


def test_files_with_their_hash(workspace):
    kept = {"load_id": 1, "file_name": "a.csv", "entity": "invoice_lines", "sha256": "ab" * 32, "rows_read": 3,
            "rows_in_table": 2, "rows_quarantined": 1, "rows_set_aside": 0}  # fmt: skip
    (found,) = workspace(loads=[kept]).rows("metrics.source_files")
    assert (found["sha256"], found["rows_read"], found["rows_quarantined"]) == ("ab" * 32, 3, 1)
