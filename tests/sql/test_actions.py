"""What to do first: each amount by its definition, a client once, and nothing on time that isn't covered or read."""

from decimal import Decimal

import pytest

from tests.sql.rows import day, entry, line, months, technician

QUARTER = months("2026-01", "2026-03")
AS_OF = {"as_of": day("2026-03-31")}
MONTHS = ("2026-01", "2026-02", "2026-03")
# costs 40 an hour; no service technician, so that no capacity says how much of the time is written down
ANN = technician("Ann", hourly_cost=40, is_service=False)


def billed(client: str, fee: float, on=MONTHS, **more) -> list[dict]:
    return [line(client, f"{month}-01", fee, **{"revenue_class": "managed", **more}) for month in on]


def worked(client: str, hours: float, on=MONTHS, coverage: str = "agreement") -> list[dict]:
    return [entry(f"{month}-06", hours, client, technician="Ann", coverage=coverage) for month in on]


def gold(*names: str, **more) -> list[dict]:
    return [{"client": name, "users": 10, "service_tier": "Gold", **more} for name in names]


def three(covered, lines=(), entries=(), clients=(), **more):
    """One and Two take 5 hours a month for a fee of 1,000, Busy 20; with what a test adds."""
    names = ("One", "Two", "Busy")
    return covered(
        clients=[*gold(*names), *clients],
        technicians=more.pop("technicians", [ANN]),
        invoice_lines=[*(row for name in names for row in billed(name, 1000)), *lines],
        time_entries=[*worked("One", 5), *worked("Two", 5), *worked("Busy", 20), *entries],
        **more,
    )


def by_client(book, period=QUARTER) -> dict:
    return book.by("client", "metrics.client_actions", **period)


def test_a_client_below_its_tier_is_told_what_brings_it_there(covered):
    # For a user and month: 100 - 20 of One and Two, 100 - 80 of Busy; the tier's is (3,000 - 1,200) / 30 = 60.
    # Busy: 10 users x 3 months x (20 - 60) = -1,200, which is 400 a month.
    found = by_client(three(covered))
    assert list(found) == ["Busy"]
    busy = found["Busy"]
    assert (busy["kind"], busy["months"], busy["reason"]) == ("reach_tier", 3, "effort")
    assert (busy["money_a_month"], busy["money_a_year"]) == (Decimal("400.00"), Decimal("4800.00"))


def test_work_that_nobody_billed_is_reckoned_at_the_bill_rate_and_never_on_top(covered):
    # One: 2 of its 5 hours a month x 150 = 300. Busy: 2 of its 20 hours, less than the 400 to its tier, so these stand
    entries = [
        row for name in ("One", "Busy") for row in [
            *worked(name, -2), *worked(name, 2, coverage="out_of_scope_unbilled"),
        ]
    ]  # fmt: skip
    found = by_client(three(covered, entries=entries))
    assert {name: (row["kind"], row["money_a_month"], row["hours"]) for name, row in found.items()} == {
        "Busy": ("reach_tier", Decimal("400.00"), None),
        "One": ("bill_out_of_scope", Decimal("300.00"), 6.0),
    }


def test_a_client_that_no_tier_compares_is_told_the_target_margin(covered):
    # 300 of labour a month at 50 % is a fee of 600, which is 200 more; without its loss it would be 0
    found = by_client(three(covered, lines=billed("Lone", 400), entries=worked("Lone", 7.5)))
    assert (found["Lone"]["kind"], found["Lone"]["money_a_month"]) == ("reach_target", Decimal("200.00"))
    # products are in no target: they never carry a service margin
    sold = billed("Lone", 5000, revenue_class="product", direct_cost=4900)
    found = by_client(three(covered, lines=[*billed("Lone", 400), *sold], entries=worked("Lone", 7.5)))
    assert found["Lone"]["money_a_month"] == Decimal("200.00")


def test_a_rise_says_from_what_to_what_and_whether_one_renewal_carries_it(covered):
    # Lone pays 400 and lacks 200: 50 %. Busy pays 1,000 and lacks 400: 40 %. At a quarter or less nothing is steep:
    # Near, 250 of labour a month at 50 % is 500, 100 more than 400
    near = {"lines": billed("Near", 400), "entries": worked("Near", 6.25)}
    book = three(
        covered, lines=[*billed("Lone", 400), *near["lines"]], entries=[*worked("Lone", 7.5), *near["entries"]]
    )
    found = by_client(book)
    names = ("fee", "new_fee", "fee_rise_pct", "is_steep")
    assert {client: tuple(row[name] for name in names) for client, row in found.items()} == {
        "Busy": (1000, 1400, 0.4, True), "Lone": (400, 600, 0.5, True), "Near": (400, 500, 0.25, False),
    }  # fmt: skip


def test_a_fee_is_that_of_the_last_three_months_and_none_where_no_fee_needs_to_rise(covered):
    # 300 in December, 400 since: it pays 400. Unbilled work is billed, no fee rises
    lone = [*billed("Lone", 300, ("2025-12",)), *billed("Lone", 400)]
    book = three(covered, lines=lone, entries=worked("Lone", 10, ("2025-12", *MONTHS)))
    assert by_client(book, months("2025-12", "2026-03"))["Lone"]["fee"] == 400
    unbilled = [*worked("One", -2), *worked("One", 2, coverage="out_of_scope_unbilled")]
    row = by_client(three(covered, entries=unbilled))["One"]
    assert (row["kind"], row["fee"], row["new_fee"], row["is_steep"]) == ("bill_out_of_scope", None, None, False)


def test_who_lost_money_beyond_all_gains_is_counted(covered):
    # Gone costs 800 for 400 in January alone, and left; Lone, which stays, is listed
    gone = {"lines": billed("Gone", 400, MONTHS[:1]), "entries": worked("Gone", 20, MONTHS[:1])}
    lone = {"lines": billed("Lone", 400), "entries": worked("Lone", 20)}
    book = three(covered, **{name: [*gone[name], *lone[name]] for name in gone})
    found = book.rows("metrics.actions", **QUARTER, **AS_OF)
    assert [row["subject"] for row in found if row["page"] == "client"] == ["Lone", "Busy"]
    assert {row["losing_beyond"] for row in found} == {1}
    # whom the list has no room for has a gain all the same
    many = [f"Lone {place}" for place in range(6)]
    lines = [line for name in many for line in billed(name, 400)]
    found = three(covered, lines=lines, entries=[entry for name in many for entry in worked(name, 20)]).rows(
        "metrics.actions", **QUARTER, **AS_OF
    )
    assert {(row["clients_in_all"], row["losing_beyond"]) for row in found} == {(7, 0)}


def test_a_loss_that_is_more_than_the_way_to_the_tier_stands(covered):
    # Two sells products at a loss of 900 a month: 1,000 - 200 - 900 = -100; in recurring work it lies above its tier
    found = by_client(three(covered, lines=billed("Two", 100, revenue_class="product", direct_cost=1000)))
    assert (found["Two"]["kind"], found["Two"]["money_a_month"]) == ("cover_cost", Decimal("100.00"))


@pytest.mark.parametrize(
    "gone",
    [
        # no invoice of the last month, a contract that ends with it, and two months only
        {"lines": billed("Lone", 400, MONTHS[:2]), "entries": worked("Lone", 20)},
        {
            "lines": billed("Lone", 400), "entries": worked("Lone", 20),
            "clients": [{"client": "Lone", "ends_on": day("2026-03-31")}],
        },
        {"lines": billed("Lone", 400, MONTHS[1:]), "entries": worked("Lone", 20, MONTHS[1:])},
    ],
)  # fmt: skip
def test_nobody_is_called_who_left_or_is_hardly_known(covered, gone):
    assert "Lone" not in by_client(three(covered, **gone))


def test_months_that_nothing_covers_carry_no_action(covered):
    # April has neither hours nor an end: it is in no amount, and with two covered months there is none
    assert by_client(three(covered), months("2026-02", "2026-04")) == {}


def test_time_that_is_not_written_down_carries_no_action(covered):
    # Bea's 512 contracted hours of the quarter hold 10: what clients cost is not known
    bea = technician("Bea", hourly_cost=40, hours_per_week=40, starts_on="2025-01-01")
    entries = [entry("2026-01-06", 10, "One", technician="Bea")]
    assert by_client(three(covered, technicians=[ANN, bea], entries=entries)) == {}


def test_without_any_labour_no_margin_is_reckoned(workspace):
    book = workspace(invoice_lines=[row for name in ("One", "Two", "Three") for row in billed(name, 100)])
    assert by_client(book) == {}


# --- hours to move

CLIENT_HOURS = {"Sat": (450, 30), "Also": (420, 70), "Idle": (300, 170), "Silent": (100, 0)}


def team(covered, hours=CLIENT_HOURS, **more):
    """64 weekdays in the quarter are 512 hours each; the band is 358.4 to 409.6 of them."""
    entries = [
        entry(f"{month}-06", amount / 3, client, technician=name, **extra)
        for name, (sold, internal) in hours.items()
        for month in MONTHS
        for amount, client, extra in ((sold, "One", {}), (internal, None, {"coverage": "internal"}))
    ]
    people = [technician(name, hours_per_week=40, hourly_cost=40, **more.get(name, {})) for name in hours]
    return covered(technicians=people, time_entries=entries, invoice_lines=billed("One", 9000))


def test_hours_over_the_band_go_where_there_is_most_room(covered):
    # Sat: 450 - 409.6 = 40.4 hours over in 13 weeks; Idle: 109.6 hours of room; Silent writes nothing down
    (move,) = team(covered).rows("metrics.hour_moves", **QUARTER)
    assert (move["technician"], move["to_technician"]) == ("Sat", "Idle")
    assert move["hours_a_week"] == pytest.approx(40.4 / 13, abs=1e-6)
    assert move["utilisation_net"] == pytest.approx(450 / 512, abs=1e-6)


def test_nobody_gives_or_takes_hours_who_left(covered):
    left = {"ends_on": day("2026-02-28")}
    assert team(covered, Idle=left).rows("metrics.hour_moves", **QUARTER) == []


# --- the list


def test_the_list_has_money_first_and_then_what_brings_none(covered):
    held = [{"client": "Two", "scheduled_on": day("2025-10-01"), "held_on": day("2025-10-01"), "status": "held"}]
    starts = [{"client": name, "starts_on": day("2020-01-01")} for name in ("Six", "Seven")]
    lines = [row for name in ("Four", "Five", "Six", "Seven") for row in billed(name, 100)]
    entries = [row for name in ("Four", "Five", "Six", "Seven") for row in worked(name, 5)]
    book = three(covered, lines=lines, entries=entries, clients=starts, reviews=held)
    rows = book.rows("metrics.actions", **QUARTER, **AS_OF)
    # 200 of labour a month at 50 % is a fee of 400, which is 300 more
    assert [(row["place"], row["kind"], row["subject"], row["money_a_year"]) for row in rows] == [
        (1, "reach_tier", "Busy", Decimal("4800.00")),
        (2, "reach_target", "Five", Decimal("3600.00")),
        (3, "reach_target", "Four", Decimal("3600.00")),
        (4, "reach_target", "Seven", Decimal("3600.00")),
        (5, "hold_review", "Seven", None),
    ]
    # Six and Seven are owed a review; whoever is known by invoices alone has been a client for 89 days
    last = rows[-1]
    assert (last["exposed_a_month"], last["more"], last["page"]) == (Decimal("100.00"), 1, "qbr")
    assert (last["clients_in_all"], last["money_in_all"]) == (5, Decimal("19200.00"))


def agreement(client: str, renews: str, **more) -> dict:
    """One with 30 days of notice since 2020."""
    return {
        "client": client, "agreement_id": client, "starts_on": day("2020-01-01"), "renews_on": day(renews),
        "notice_days": 30, **more,
    }  # fmt: skip


def invoice(number: str, client: str, amount: float, due: str, paid: str | None = None) -> dict:
    """A project's line of January, which is no recurring revenue."""
    return line(
        client, "2026-01-10", amount, revenue_class="project", invoice_number=number, due_on=day(due),
        paid_on=day(paid) if paid else None,
    )  # fmt: skip


def test_notices_that_come_soon_and_what_is_overdue_are_told_with_their_money(workspace):
    # On 31 March: One's notice is 1 May, Two's 1 June; Busy's, 31 July, is more than 90 days away, Left's has gone by.
    # One pays 1,000 a month; Two's second agreement is without a date, so its fee of 300 stands for the first.
    book = workspace(
        invoice_lines=[
            *billed("One", 1000), *billed("Two", 900), *billed("Busy", 5000),
            # due on 31 March is not overdue; 50 and 30 of One and 70 of Two are
            invoice("1", "One", 50, "2026-02-10"), invoice("2", "One", 30, "2026-03-30"),
            invoice("3", "Two", 70, "2026-02-10"), invoice("4", "Two", 400, "2026-03-31"),
            invoice("5", "Busy", 800, "2026-02-10", "2026-03-31"),
        ],
        agreements=[
            agreement("One", "2026-05-31"), agreement("Two", "2026-07-01", monthly_fee=300),
            agreement("Two", "2026-07-01", agreement_id="other", renews_on=None, monthly_fee=100),
            agreement("Busy", "2026-08-30"), agreement("Left", "2026-04-15", monthly_fee=99),
        ],
    )  # fmt: skip
    found = book.by("kind", "metrics.other_actions", **QUARTER, **AS_OF)
    names = ("page", "subject", "money_a_year", "money_a_month", "of_subject", "more", "notice_by")
    assert {kind: tuple(row[name] for name in names) for kind, row in found.items()} == {
        # 12 x (1,000 + 300)
        "settle_notice": ("renewals", "One", Decimal(15_600), Decimal(1300), Decimal(1000), 1, day("2026-05-01")),
        "collect": ("receivables", "One", Decimal(150), None, Decimal(80), 1, None),
    }


def test_what_a_date_makes_urgent_stands_where_its_money_is_more_than_what_is_listed(covered):
    # Busy, Five, Four, Seven and Six gain 4,800 and four times 3,600 a year; the notice on One's 1,000 a month is
    # 12,000, and what is overdue 4,000. Four places are theirs, the last is the review's.
    held = [{"client": "Two", "scheduled_on": day("2025-10-01"), "held_on": day("2025-10-01"), "status": "held"}]
    starts = [{"client": name, "starts_on": day("2020-01-01")} for name in ("Six", "Seven")]
    lines = [row for name in ("Four", "Five", "Six", "Seven") for row in billed(name, 100)]
    entries = [row for name in ("Four", "Five", "Six", "Seven") for row in worked(name, 5)]
    lines += [
        invoice("1", "Two", 4000, "2026-02-10"), invoice("2", "Two", 1, "2026-02-10", "2026-02-10"),
        invoice("3", "Two", -4000, "2026-02-10", "2026-02-10"),
    ]  # fmt: skip
    book = three(
        covered, lines=lines, entries=entries, clients=starts, reviews=held, agreements=[agreement("One", "2026-05-31")]
    )
    rows = book.rows("metrics.actions", **QUARTER, **AS_OF)
    assert [(row["kind"], row["subject"], row["money_a_year"]) for row in rows] == [
        ("settle_notice", "One", Decimal(12_000)),
        ("reach_tier", "Busy", Decimal(4800)),
        ("collect", "Two", Decimal(4000)),
        ("reach_target", "Five", Decimal(3600)),
        ("hold_review", "Seven", None),
    ]
    # neither is a client that would bring more
    assert (rows[0]["clients_in_all"], rows[0]["money_in_all"]) == (5, Decimal(19_200))


def test_an_empty_workspace_has_nothing_to_do(workspace):
    assert workspace().rows("metrics.actions", **QUARTER, **AS_OF) == []
