"""What hangs on one person: clients with their recurring revenue, categories, and what a technician would leave."""

from datetime import date, datetime

import pytest

from tests.sql.rows import entry, line, months, whole

PERIOD = months("2026-01", "2026-03")


def ended(category: str | None, **by: int) -> list[dict]:
    opened, at = datetime(2026, 1, 5, 9), datetime(2026, 1, 6, 9)
    return [
        {"ticket_id": f"{category} {name} {place}", "opened_at": opened, "resolved_at": at, "category": category,
         "technician": None if name == "nobody" else name}
        for name, number in by.items()
        for place in range(number)
    ]  # fmt: skip


WORK = [
    # Ann has 50 of Acme's 80 hours and exactly half of Bolt's 40, 30 of 80 of Cove's; of Dune's nobody is named
    entry("2026-01-05", 50, "Acme", technician="Ann"),
    entry("2026-02-05", 30, "Acme", technician="Bob"),
    entry("2026-01-05", 20, "Bolt", technician="Ann"),
    entry("2026-01-05", 20, "Bolt"),
    entry("2026-01-05", 30, "Cove", technician="Ann"),
    entry("2026-01-05", 30, "Cove", technician="Bob"),
    entry("2026-01-05", 20, "Cove", technician="Cy"),
    entry("2026-01-05", 40, "Dune"),
]
LINES = [
    *(
        line(client, f"2026-{month}-01", amount, revenue_class="managed")
        for month in ("01", "02", "03")
        for client, amount in [("Acme", 900), ("Cove", 600)]
    ),
    line("Bolt", "2026-01-01", 400, revenue_class="managed"),
    line("Acme", "2026-03-01", 5000, revenue_class="project"),
]


def test_clients_on_one_technician_with_the_recurring_revenue_of_the_last_month(covered):
    book = covered(time_entries=WORK, invoice_lines=LINES)
    found = book.by("client", "metrics.client_dependence", **PERIOD)
    named = ("top_technician", "bus_factor", "is_on_one", "mrr", "exposed_mrr")
    assert {client: tuple(row[name] for name in named) for client, row in found.items()} == {
        "Acme": ("Ann", 1, True, 900, 900),
        # two equal parts with Bob
        "Cove": ("Ann", 2, False, 600, 0),
        # no recurring revenue in March any more
        "Bolt": ("Ann", 1, True, 0, 0),
        "Dune": (None, None, False, 0, 0),
    }
    together = book.one("metrics.dependence", **PERIOD)
    assert (together["clients"], together["clients_on_one"]) == (4, 2)
    assert (together["mrr"], together["exposed_mrr"], together["exposed_share"]) == (1500, 900, 0.6)
    assert (together["most_technician"], together["most_clients"], together["most_mrr"]) == ("Ann", 2, 900)
    (ann,) = book.rows("metrics.person_dependence", **PERIOD)
    assert (ann["technician"], ann["clients"], ann["categories"]) == ("Ann", 2, 0)
    assert (ann["exposed_mrr"], ann["exposed_of_all"], ann["largest_client"]) == (900, 0.6, "Acme")


def test_without_invoices_no_revenue_is_known_to_hang_on_anybody(workspace):
    book = workspace(time_entries=WORK)
    found = book.one("metrics.dependence", **PERIOD)
    assert (found["clients_on_one"], found["most_technician"], found["most_clients"]) == (2, "Ann", 2)
    missing = ("mrr", "exposed_mrr", "exposed_share", "most_mrr")
    assert [found[name] for name in missing] == [None] * 4
    (ann,) = book.rows("metrics.person_dependence", **PERIOD)
    # of these two Acme has the most hours
    assert (ann["exposed_mrr"], ann["exposed_of_all"], ann["largest_client"]) == (None, None, "Acme")
    nothing = workspace().one("metrics.dependence", **PERIOD)
    assert (nothing["clients"], nothing["exposed_mrr"], nothing["most_technician"]) == (0, None, None)


def test_a_category_that_one_technician_ends_nearly_all_of(workspace):
    book = workspace(
        tickets=[
            *ended("Servers", Ann=8, Bob=1, nobody=1),
            *ended("Network", Ann=79, Bob=21),
            # nine are too few
            *ended("Phones", Bob=9),
            *ended(None, Ann=50),
            *ended("Printing", nobody=12),
        ]
    )
    found = book.by("category", "metrics.category_dependence", **PERIOD)
    assert {name: (row["tickets"], row["technicians"], row["is_on_one"]) for name, row in found.items()} == {
        "Phones": (9, 1, False),
        # 8 of 10, those of nobody among them
        "Servers": (10, 2, True),
        "Network": (100, 2, False),
        "Printing": (12, 0, False),
    }
    assert (found["Servers"]["top_technician"], found["Servers"]["category_top_share"]) == ("Ann", 0.8)
    assert found["Network"]["category_top_share"] == pytest.approx(0.79)
    assert (found["Printing"]["top_technician"], found["Printing"]["category_top_share"]) == (None, None)
    asked = {**PERIOD, "client": None, "technician": None, "priority": None, "subset": "categories", "at_most": None}
    counted = {name: book.rows("metrics.behind_tickets", **asked, category=name) for name in (None, *found)}
    assert {name: (row["rows_in_all"], row["part_in_all"]) for name, (row, *_) in counted.items()} == {
        # 8 of Ann, 79 of Ann and 9 of Bob of the four
        None: (131, 96), "Servers": (10, 8), "Network": (100, 79), "Phones": (9, 9), "Printing": (12, 0),
    }  # fmt: skip
    together = book.one("metrics.dependence", **PERIOD)
    assert (together["categories"], together["categories_on_one"]) == (3, 1)
    (ann,) = book.rows("metrics.person_dependence", **PERIOD)
    assert (ann["technician"], ann["clients"], ann["categories"], ann["largest_client"]) == ("Ann", 0, 1, None)


@pytest.mark.parametrize(("half", "is_on_one"), [(20, True), (19.5, False)])
def test_of_fewer_than_forty_hours_nobody_says_on_whom_a_client_hangs(covered, half, is_on_one):
    work = [entry("2026-01-05", half, "Acme", technician="Ann"), entry("2026-02-05", half, "Acme", technician="Bob")]
    book = covered(time_entries=work, invoice_lines=LINES)
    assert book.by("client", "metrics.client_dependence", **PERIOD)["Acme"]["is_on_one"] is is_on_one
    together = book.one("metrics.dependence", **PERIOD)
    assert (together["clients"], together["clients_judged"], together["unjudged_share"]) == (
        1,
        int(is_on_one),
        int(not is_on_one),
    )
    # what nobody can judge is no revenue of 0
    assert (together["exposed_mrr"] is None, together["exposed_share"] is None) == (not is_on_one, not is_on_one)


def test_the_week_of_a_month_that_hours_reach_hangs_on_nobody(workspace):
    """January 2026 is whole, of February six days: 20 of Acme's 60 hours are Ann's in January, and 40 more in these."""
    book = workspace(
        invoice_lines=LINES,
        time_entries=[
            *whole("2026-01"),
            entry("2026-01-05", 20, "Acme", technician="Ann"),
            entry("2026-01-06", 40, "Acme", technician="Bob"),
            entry("2026-02-06", 40, "Acme", technician="Ann"),
            entry("2026-02-06", 50, "Bolt", technician="Ann"),
        ],
    )
    found = book.by("client", "metrics.client_dependence", **months("2026-01", "2026-02"))
    # Bolt has hours in the week alone
    assert {client: (row["top_technician"], row["client_hours"]) for client, row in found.items()} == {
        "Acme": ("Bob", 60),
    }
    assert book.rows("metrics.client_dependence", **months("2026-02")) == []


@pytest.mark.parametrize(
    ("own", "said"),
    [
        (26, "Worked 26 of 50 hours, 52.0 %, of one client."),
        (40, "Worked 40 of 50 hours, 80.0 %, of one client."),
    ],
)
def test_finding_of_one_person_says_of_how_many_hours(covered, own, said):
    work = [entry("2026-01-05", own, "Acme", technician="Ann"), entry("2026-02-05", 50 - own, "Acme", technician="Bob")]
    book = covered(time_entries=work, invoice_lines=LINES)
    rows = book.by("finding", "metrics.findings", **PERIOD, as_of=date(2026, 3, 31))
    # 900 a month
    assert (rows["one_person"]["money"], rows["one_person"]["says"]) == (10800, said)
