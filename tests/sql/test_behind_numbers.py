"""Which rows a number counts, by hand: those and no others, with the sums that make it."""

from datetime import datetime

import pytest

from tests.sql.rows import entry, line, months, technician, whole
from tests.sql.test_actions import ANN, QUARTER, three
from tests.sql.test_reviews import AS_OF, TIME, client, held
from vitals import warehouse
from vitals.queries import query

JANUARY = months("2026-01")
EVERYBODY = {"client": None, "at_most": None}


def behind(book, kind: str, only: str | None, **asked) -> tuple:
    """How many rows there are, and the two sums."""
    asked = {**JANUARY, **EVERYBODY, "technician": None, "priority": None, "category": None, "subset": only, **asked}
    name = f"metrics.behind_{kind}"
    rows = book.rows(name, **{param: asked[param] for param in query(name).params})
    if not rows:
        return 0, None, None
    return rows[0]["rows_in_all"], rows[0]["whole_in_all"], rows[0].get("part_in_all")


def ticket(number: str, opened: str, ended: str | None = None, **more) -> dict:
    """A ticket of January 2026 by day and clock."""
    at = {"opened_at": opened, "resolved_at": ended}
    return {
        "ticket_id": number, "client": "Acme",
        **{name: datetime.fromisoformat(f"2026-{text}") if text else None for name, text in at.items()}, **more,
    }  # fmt: skip


@pytest.fixture
def desk(workspace):
    """Business hours are those of a weekday: 9 January is a Friday."""
    promised = {"sla_resolution_minutes": 120}
    return workspace(tickets=[
        ticket("met", "01-09T09:00", "01-09T11:00", csat=1, reopened_count=0, touches=1, hours=2, **promised),
        ticket(
            "missed", "01-09T09:00", "01-09T11:01", csat=-1, reopened_count=2, touches=1, escalated=True, **promised
        ),
        ticket("open, past due", "01-12T09:00", escalated=False, **promised),
        ticket("without a target", "01-09T09:00", "01-09T16:00"),
        ticket("of December", "01-01T00:00", "01-20T10:00", csat=1, hours=3)
        | {"opened_at": datetime(2025, 12, 10, 9)},
        ticket("of February", "02-02T09:00", "02-02T10:00", csat=1, **promised),
        ticket("by automation", "01-30T09:00", "01-30T09:05", auto_resolved=True, **promised),
    ])  # fmt: skip


@pytest.mark.parametrize(
    ("only", "wanted"),
    [
        # opened in January: all but those of December and February; one has no end
        (None, (5, 5, 1)),
        # judged by a target: met, missed, and open beyond it; automation and who has no target are not
        ("resolution", (3, 3, 1)),
        # no answer is promised to anybody
        ("response", (0, None, None)),
        # resolved by people in January, that of December too
        ("incidents", (4, 4, 0)),
        # people's: four opened in January, four ended in it; five tickets are either
        ("ended", (5, 4, 4)),
        # of the two that say their touches one was opened again
        ("first_contact", (2, 2, 1)),
        # two hold hours, 2 + 3
        ("worked", (2, 2, 5)),
        ("reopened", (2, 2, 1)),
        ("escalated", (2, 2, 1)),
        # of four that people opened one names neither category nor answer, as do the others
        ("filled", (4, 4, 0)),
        # the one that was escalated in January, by nobody
        ("on_owners", (1, 1, 0)),
        # that of December was rated when it ended
        ("rated", (3, 3, 2)),
        # the one without an end, 19 days old at the end of the month
        ("open", (1, 1, 0)),
        ("automated", (5, 5, 1)),
    ],
)
def test_tickets_that_a_number_counts(desk, only, wanted):
    assert behind(desk, "tickets", only) == wanted


def test_tickets_that_a_number_of_one_priority_counts(workspace):
    # of the three that are judged P1 met one of two, P2 its one; the fourth names no priority
    promised = {"sla_resolution_minutes": 120}
    book = workspace(tickets=[
        ticket("met", "01-09T09:00", "01-09T11:00", priority="P1", **promised),
        ticket("missed", "01-09T09:00", "01-09T11:01", priority="P1", **promised),
        ticket("other", "01-09T09:00", "01-09T11:00", priority="P2", **promised),
        ticket("none", "01-09T09:00", "01-09T11:01", **promised),
    ])  # fmt: skip
    found = {row["name"] for row in book.rows("metrics.names_of_rows") if row["kind"] == "priority"}
    assert len(found) == 3
    counted = {name: behind(book, "tickets", "resolution", priority=name) for name in found}
    attainment = book.by("priority", "metrics.sla_attainment", **JANUARY)
    assert sorted(counted.values()) == [(1, 1, 0), (1, 1, 1), (2, 2, 1)]
    assert {name: part / rows for name, (rows, _, part) in counted.items()} == {
        name: row["resolution_attainment_pct"] for name, row in attainment.items()
    }


def test_an_answer_counts_once_it_is_promised(workspace):
    answered = {"sla_response_minutes": 60, "first_response_at": datetime(2026, 1, 9, 10, 30)}
    book = workspace(tickets=[
        ticket("late", "01-09T09:00", "01-09T11:00", **answered),
        ticket("in time", "01-09T10:00", "01-09T11:00", **answered),
        ticket("end", "01-30T09:00", "01-30T11:00"),
    ])  # fmt: skip
    assert behind(book, "tickets", "response") == (2, 2, 1)


def test_hours_of_what_came_back(workspace):
    # three of Acme's mail in the quarter, an hour each; two of its printers, and three that name no client
    own = {"hours": 1, "category": "Mail"}
    book = workspace(
        clients=[{"client": "Own", "is_internal": True}],
        tickets=[
            *(ticket(f"mail {place}", "01-09T09:00", **own) for place in range(3)),
            *(ticket(f"printer {place}", "01-09T09:00", **own | {"category": "Printer"}) for place in range(2)),
            *(ticket(f"nobody's {place}", "01-09T09:00", **own, client=None) for place in range(3)),
            *(ticket(f"own {place}", "01-09T09:00", **own, client="Own") for place in range(3)),
            ticket("by automation", "01-30T09:00", "01-30T09:05", auto_resolved=True, **own),
            ticket("end", "01-31T09:00", "01-31T11:00"),
        ],
    )  # fmt: skip
    # nine of people, of which the last has no hours
    assert behind(book, "tickets", "causes") == (9, 8, 3)
    assert book.one("metrics.recurring_cause_share", **JANUARY)["recurring_cause_share"] == 3 / 8


def test_work_that_a_number_counts(covered):
    book = covered(
        invoice_lines=[line("Acme", "2026-01-05", 100)],
        technicians=[technician("Ann", hourly_cost=40), technician("Bo", hourly_cost=80, is_owner=True)],
        time_entries=[
            entry("2026-01-06", 5, "Acme", technician="Ann", coverage="agreement"),
            entry("2026-01-06", 2, "Acme", technician="Bo", coverage="out_of_scope_unbilled"),
            entry("2026-01-07", 4, "Acme", technician="Ann", coverage="billable", billed_amount=300),
            entry("2026-01-07", 1, "Acme", technician="Ann"),
            entry("2026-01-08", 8, None, technician="Ann"),
            entry("2026-02-03", 9, "Acme", technician="Ann", coverage="out_of_scope_unbilled"),
        ],
    )
    warehouse.set_assumption(book.con, "bill_rate", "100")
    # five pieces in January and the two blank ones that make it whole; 5 + 2 + 4 + 1 h of them for clients
    assert behind(book, "labour", None) == (7, 12, 0)
    assert behind(book, "labour", "clients")[:2] == (4, 12)
    # 5 x 40 + 2 x 80 + 4 x 40 + 1 x 40
    assert behind(book, "labour", "cost") == (4, 12, 560)
    # three say how they are covered, 11 h, of which 2 out of scope
    assert behind(book, "labour", "stated") == (3, 11, 2)
    assert behind(book, "labour", "out_of_scope")[:2] == (1, 2)
    assert behind(book, "labour", "owner") == (4, 12, 2)
    # Bo is the owner; neither does account work. Nobody lacks a rate, and Acme has an invoice
    assert behind(book, "labour", "senior") == (1, 2, 0)
    assert behind(book, "labour", "assumed") == (4, 12, 0)
    assert behind(book, "labour", "unbilled") == (4, 12, 0)
    # 4 h at 100 are 400, of which 300 were billed
    assert behind(book, "labour", "billed") == (1, 400, 300)


def test_work_at_the_assumed_rate_of_seniors_and_for_clients_without_an_invoice(covered):
    book = covered(
        invoice_lines=[line("Acme", "2026-01-05", 100)],
        technicians=[technician("Ann", hourly_cost=40, level="L3"), technician("Bo", hourly_cost=80, level="L1")],
        time_entries=[
            entry("2026-01-06", 5, "Acme", technician="Ann"), entry("2026-01-06", 3, "Birch", technician="Bo"),
            entry("2026-01-07", 1, "Acme", technician="Ann", work_type="account_mgmt"),
            entry("2026-01-07", 4, "Acme", technician="Guest"),
        ],
    )  # fmt: skip
    # Guest's 4 h of 13 have no rate of their own; Birch's 3 no invoice
    assert behind(book, "labour", "assumed") == (4, 13, 4)
    assert behind(book, "labour", "unbilled") == (4, 13, 3)
    # Ann is of the third level
    assert behind(book, "labour", "senior") == (2, 6, 1)


def test_escalations_count_as_an_owners_while_it_is_one(workspace):
    book = workspace(
        technicians=[technician("Ann", is_owner=True), technician("Bo")],
        tickets=[
            ticket("hers", "01-09T09:00", technician="Ann", escalated=True),
            ticket("his", "01-09T09:00", technician="Bo", escalated=True),
            ticket("not escalated", "01-09T09:00", technician="Ann", escalated=False),
            ticket("filled", "01-09T09:00", category="Mail", first_response_at=datetime(2026, 1, 9, 10)),
            ticket("end", "01-30T09:00", "01-30T11:00"),
        ],
    )  # fmt: skip
    assert behind(book, "tickets", "on_owners") == (2, 2, 1)
    assert behind(book, "tickets", "filled") == (5, 5, 1)


def test_lines_that_a_number_counts(covered):
    own = {"revenue_class": "managed", "direct_cost": 10}
    book = covered(
        own_names=[{"client_key": "us"}],
        invoice_lines=[
            line("Acme", "2026-01-05", 100, **own), line("Acme", "2026-01-05", 40, revenue_class="product"),
            line("Birch", "2026-01-05", 60, revenue_class="tm"), line("Us", "2026-01-05", 7, **own),
        ],
    )  # fmt: skip
    # the line to the provider itself is shown among all, and counts nowhere
    assert behind(book, "invoice_lines", None)[:2] == (4, 200)
    assert behind(book, "invoice_lines", "clients")[:2] == (3, 200)
    assert behind(book, "invoice_lines", "cost") == (3, 200, 10)
    assert behind(book, "invoice_lines", "recurring") == (3, 200, 100)
    assert behind(book, "invoice_lines", "without_products") == (2, 160, 100)
    assert behind(book, "invoice_lines", "one_off") == (3, 200, 60)
    # all of them have a class, and the only one that recurs is Acme's
    assert behind(book, "invoice_lines", "covered_recurring") == (3, 200, 100)
    assert behind(book, "invoice_lines", "mrr")[:2] == (1, 100)


def test_lines_bring_what_covered_months_hold_of_them(workspace):
    # a year of 1,200 from January; hours cover January and March, between which February has none
    year = line("Acme", "2026-01-05", 1200, revenue_class="managed", service_months=12, direct_cost=120)
    book = workspace(
        invoice_lines=[year, line("Acme", "2026-02-05", 50, revenue_class="tm"), line("Acme", "2026-04-30", 7)],
        time_entries=[*whole("2026-01"), *whole("2026-03")],
    )
    quarter = months("2026-01", "2026-03")
    found = book.con.execute("select month(month_start) from core.covered_months").fetchall()
    assert sorted(month for (month,) in found) == [1, 3]
    assert behind(book, "invoice_lines", "cost", **quarter) == (1, 200, 20)
    assert behind(book, "invoice_lines", "clients", **quarter)[:2] == (1, 200)
    assert sum(row["revenue"] for row in book.rows("metrics.client_margin", **quarter)) == 200
    # of what recurs the month's own part, and all of February's is no margin's
    assert behind(book, "invoice_lines", "mrr", **quarter)[:2] == (1, 100)
    assert behind(book, "invoice_lines", "recurring", **quarter) == (2, 350, 300)


def test_a_credit_what_it_takes_back_and_what_was_prepaid_beyond_the_end_recur_in_no_month(workspace):
    managed = {"revenue_class": "managed", "item": "Plan"}
    book = workspace(
        clients=[{"client": "Gone", "ends_on": datetime(2025, 12, 31).date()}],
        invoice_lines=[
            line("Acme", "2026-01-05", 100, **managed), line("Acme", "2026-01-05", 100, **managed),
            line("Acme", "2026-01-05", -100, is_credit=True, **managed), line("Gone", "2026-01-05", 60, **managed),
        ],
    )  # fmt: skip
    assert behind(book, "invoice_lines", "mrr")[:2] == (1, 100)


def test_a_credit_without_a_class_is_in_no_share_of_the_mix(covered):
    book = covered(
        invoice_lines=[
            line("Acme", "2026-01-05", 100, revenue_class="managed"),
            line("Acme", "2026-01-05", 60, revenue_class="tm"),
            line("Acme", "2026-01-05", 40, revenue_class=None, item="Sundry"),
            line("Acme", "2026-01-05", -30, revenue_class=None, item="Refund"),
        ]
    )
    # 200 before the credit of 30
    assert behind(book, "invoice_lines", "recurring") == (3, 200, 100)
    assert behind(book, "invoice_lines", "without_products") == (3, 200, 100)
    assert behind(book, "invoice_lines", "one_off") == (3, 200, 60)
    mix = book.one("metrics.revenue_mix_summary", **JANUARY)
    assert (mix["recurring_share"], mix["one_off_share"]) == (0.5, 0.3)


def test_a_class_is_confirmed_suggested_or_none(covered):
    book = covered(
        invoice_lines=[
            line("Acme", "2026-01-05", 100, revenue_class="managed"),
            # in the words of the item alone
            line("Acme", "2026-01-05", 40, revenue_class=None, item="Managed services"),
            line("Acme", "2026-01-05", -30, revenue_class=None, item="Refund"),
            # of a month without hours
            line("Acme", "2026-02-05", 7, revenue_class="tm"),
        ]
    )
    # a credit without a class is an amount without one: 100 of 100 + 40 + 30
    assert behind(book, "invoice_lines", "covered_classed") == (3, 170, 100)
    assert behind(book, "invoice_lines", "classed", **months("2026-01", "2026-02")) == (4, 177, 107)
    asked = {**months("2026-01", "2026-02"), "as_of": datetime(2026, 2, 28).date()}
    assert book.one("metrics.red_flag_measures", **asked)["classed_share"] == pytest.approx(107 / 177, abs=1e-12)


def test_clients_that_are_owed_a_review(workspace):
    recurring = {"revenue_class": "managed"}
    book = workspace(
        clients=[client("Acme"), client("Birch"), client("Cedar", review_cadence_days=0)],
        reviews=[held(10), held(100, "Birch"), held(400, "Birch")],
        time_entries=TIME,
        invoice_lines=[line("Acme", "2026-10-01", 300, **recurring), line("Birch", "2026-10-01", 500, **recurring)],
    )
    # Birch's last review is 100 days ago, of 91; Cedar is owed none; Birch's first review is no row of this
    day = {"as_of": AS_OF}
    assert behind(book, "reviews_owed", None, **day) == (2, 2, 1)
    assert behind(book, "reviews_owed", "mrr", **day) == (2, 800, 300)
    assert behind(book, "reviews_owed", "overdue", **day) == (1, 500, 500)


def test_reviews_owed_before_any_is_on_file_are_nobodys(workspace):
    book = workspace(clients=[client()], time_entries=TIME)
    assert behind(book, "reviews_owed", None, as_of=AS_OF)[2] in (0, None)


def test_months_of_technicians_hold_contract_leave_and_work(workspace):
    # 22 weekdays x 8 = 176, less a day off; 60 + 5 h logged, 60 of them for clients
    book = workspace(
        technicians=[technician("Ann", hours_per_week=40)],
        time_off=[{"technician": "Ann", "day": datetime(2026, 1, 5).date(), "kind": "pto"}],
        time_entries=[
            *whole("2026-01"), entry("2026-01-07", 60, "Acme", technician="Ann", coverage="agreement"),
            entry("2026-01-08", 5, None, technician="Ann"), entry("2026-01-08", 9, "Acme", technician="Guest"),
        ],
    )  # fmt: skip
    # Guest, whom only an entry knows, has no capacity, and is in no ratio
    assert behind(book, "capacity", None) == (1, 168, 60)
    assert behind(book, "capacity", "gross") == (1, 176, 60)
    assert behind(book, "capacity", "logged") == (1, 168, 65)
    assert behind(book, "capacity", "billable") == (1, 168, 60)
    (row,) = book.rows("metrics.behind_capacity", **JANUARY, technician="Ann", subset=None, at_most=9)
    assert (row["gross_hours"], row["off_hours"], row["net_hours"]) == (176, 8, 168)


def test_what_is_at_stake_is_listed_client_by_client(covered):
    # Busy earns 1,200 less than its tier in three months: 400 a month, 4,800 a year
    book = three(covered, technicians=[ANN])
    (row,) = book.rows("metrics.behind_actions", **QUARTER, **EVERYBODY)
    assert (row["client"], row["amount"], row["months"], row["money_a_month"]) == ("Busy", 1200, 3, 400)
    assert (row["rows_in_all"], row["whole_in_all"]) == (1, 4800)
    (first, *_) = book.rows("metrics.actions", **QUARTER, as_of=AS_OF)
    assert first["money_in_all"] == row["whole_in_all"]
