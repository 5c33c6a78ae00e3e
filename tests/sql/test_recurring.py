"""What moved the recurring revenue, and on whom it hangs."""

from decimal import Decimal

import pytest

from tests.sql.rows import day, entry, line, months, whole

MOVES = ("new", "reactivation", "expansion", "contraction", "churn")


def fees(client: str, amounts: dict[str, float], kind: str = "managed") -> list[dict]:
    return [line(client, f"{month}-01", amount, revenue_class=kind) for month, amount in amounts.items()]


def bridge(workspace, *lines, through: str = "2026-05-29") -> dict:
    book = workspace(invoice_lines=[row for rows in lines for row in rows], time_entries=[entry(through, 1)])
    return {row["month_start"].isoformat()[:7]: row for row in book.rows("metrics.mrr_bridge")}


def moves(row) -> dict:
    return {name: row[name] for name in MOVES if row[name]}


def test_every_movement_by_its_definition(workspace):
    found = bridge(
        workspace,
        fees("Stays", {"2026-01": 100, "2026-02": 130, "2026-03": 90, "2026-04": 90, "2026-05": 90}),
        fees("Leaves and returns", {"2026-01": 50, "2026-03": 70}, "other_recurring"),
        fees("Arrives", {"2026-03": 10, "2026-04": 10, "2026-05": 10}),
        fees("Once", {"2026-02": 999}, "project"),
    )
    assert found["2026-01"]["closing"] == 150
    assert all(found["2026-01"][name] is None for name in (*MOVES, "opening"))
    assert moves(found["2026-02"]) == {"expansion": 30, "churn": -50}
    assert moves(found["2026-03"]) == {"new": 10, "reactivation": 70, "contraction": -40}
    assert moves(found["2026-04"]) == {"churn": -70}
    assert moves(found["2026-05"]) == {}
    before = found["2026-01"]["closing"]
    for month in ("2026-02", "2026-03", "2026-04", "2026-05"):
        row = found[month]
        assert row["opening"] == before
        assert row["opening"] + sum(row[name] for name in MOVES) == row["closing"]
        before = row["closing"]


def test_a_first_bill_that_may_be_a_renewal_is_no_arrival(workspace):
    year = {"service_months": 12, "revenue_class": "managed"}
    lines = [
        *fees("Old", {f"2026-{month:02}": 100 for month in range(1, 6)}),
        # paid for a year: the bill before would be of February 2025, and the file begins in January 2026
        line("Yearly", "2026-02-05", 1200, **year),
        # the same, but the list of clients says since when it is one
        line("Listed", "2026-02-05", 2400, **year),
        # its bill before would be of 20 February
        line("Monthly", "2026-03-20", 30, revenue_class="managed"),
        line("Monthly", "2026-04-20", 30, revenue_class="managed"),
    ]
    clients = [{"client": "Listed", "starts_on": day("2026-02-01")}]
    book = workspace(invoice_lines=lines, clients=clients, time_entries=[entry("2026-05-29", 1)])
    found = {str(row["month_start"])[:7]: row for row in book.rows("metrics.mrr_bridge")}
    assert [found["2026-01"][name] for name in ("new", "arrived", "first_seen")] == [None, None, None]
    assert [found["2026-02"][name] for name in ("new", "arrived", "first_seen")] == [300, 200, 100]
    assert [found["2026-03"][name] for name in ("new", "arrived", "first_seen")] == [30, 30, 0]
    summed = book.one("metrics.recurring_revenue", **months("2026-02", "2026-03"))
    assert (summed["new"], summed["first_seen"]) == (330, 100)
    cohorts = {row["began"]: row["clients_start"] for row in book.rows("metrics.cohorts")}
    assert cohorts == {"Before Feb 2026": 1, "Q1 2026": 2, "Seen from Q1 2026": 1}


def test_a_client_known_long_before_its_first_bill_is_no_arrival(workspace):
    """Renamed in May 2026: the clients file has the new name since 2020."""
    lines = [*fees("Verity", {"2026-01": 100, "2026-02": 100, "2026-03": 100, "2026-04": 100})]
    lines += [*fees("Verity Morgan", {"2026-05": 100}), *fees("Fresh", {"2026-05": 40})]
    clients = [
        {"client": "Verity Morgan", "starts_on": day("2020-05-01")},
        {"client": "Fresh", "starts_on": day("2026-03-01")},
    ]
    book = workspace(invoice_lines=lines, clients=clients, time_entries=[entry("2026-05-29", 1)])
    found = {str(row["month_start"])[:7]: row for row in book.rows("metrics.mrr_bridge")}
    # 1 March and 91 days is 31 May: Fresh came in time for its first bill
    assert [found["2026-05"][name] for name in ("new", "arrived", "first_seen")] == [140, 40, 100]


def test_a_file_that_begins_mid_month_makes_no_arrivals(workspace):
    lines = [line("Late", "2026-01-14", 10, revenue_class="managed")]
    lines += [line("Early", f"2026-{month:02}-01", 50, revenue_class="managed") for month in (2, 3)]
    lines += [line("Late", f"2026-{month:02}-14", 10, revenue_class="managed") for month in (2, 3)]
    found = bridge(workspace, lines, through="2026-03-31")["2026-02"]
    # billed on the 1st, and the file begins on the 14th
    assert (found["arrived"], found["first_seen"]) == (0, 50)


def test_gaps_are_shown_and_months_that_are_not_complete_are_not(workspace):
    found = bridge(workspace, fees("Acme", {"2026-01": 10, "2026-04": 10, "2026-05": 10}), through="2026-05-28")
    # Friday the 29th is the last weekday of May, so May isn't complete
    assert list(found) == ["2026-01", "2026-02", "2026-03", "2026-04"]
    assert found["2026-02"]["churn"] == -10
    assert found["2026-04"]["reactivation"] == 10


def test_negative_revenue_is_none_and_the_bridge_still_closes(workspace):
    found = bridge(workspace, fees("Acme", {"2026-01": 10, "2026-02": -5, "2026-03": 20}))
    assert moves(found["2026-02"]) == {"churn": -15}
    assert moves(found["2026-03"]) == {"reactivation": 25}


def test_an_annual_prepayment_is_no_huge_month(workspace):
    lines = [line("Acme", "2026-01-01", 1200, service_months=12, revenue_class="managed")]
    assert {row["closing"] for row in bridge(workspace, lines).values()} == {Decimal(100)}


def test_retention_counts_each_client(workspace):
    book = workspace(
        invoice_lines=[
            *fees("Kept", {"2026-01": 600, "2026-05": 700}),
            *fees("Smaller", {"2026-01": 300, "2026-05": 200}),
            *fees("Lost", {"2026-01": 100}),
            *fees("Arrived", {"2026-05": 5000}),
            *fees("Credited", {"2026-01": 100, "2026-05": -20}),
        ],
        time_entries=[entry("2026-05-29", 1)],
    )
    found = book.one("metrics.retention", **months("2026-01", "2026-05"))
    # opening 1,100; kept 600 + 200; with rises 700 + 200, and what is below 0 has left
    assert (found["opening_mrr"], found["clients_opening"], found["clients_lost"]) == (1100, 4, 2)
    assert found["gross_revenue_retention"] == pytest.approx(800 / 1100, abs=1e-12)
    assert found["net_revenue_retention"] == pytest.approx(900 / 1100, abs=1e-12)
    assert found["logo_churn"] == 0.5
    nothing = book.one("metrics.retention", **months("2025-01", "2025-05"))
    assert (nothing["opening_mrr"], nothing["gross_revenue_retention"], nothing["logo_churn"]) == (0, None, None)


def test_concentration_counts_groups_and_leaves_out_products_and_losses(workspace):
    book = workspace(
        clients=[{"client": "East", "parent": "Group"}],
        invoice_lines=[
            line("East", "2026-01-05", 300, revenue_class="managed"),
            line("Group:West", "2026-01-05", 200, revenue_class="tm"),
            line("Acme", "2026-01-05", 300),
            line("Acme", "2026-01-05", 9000, revenue_class="product"),
            line("Birch", "2026-01-05", 200),
            line("Credited", "2026-01-05", -50),
        ],
    )
    found = book.one("metrics.concentration", **months("2026-01"))
    # shares .5, .3, .2
    assert found["top1_share"] == pytest.approx(0.5)
    assert found["top3_share"] == found["top10_share"] == pytest.approx(1)
    assert found["hhi"] == pytest.approx(3800)
    assert found["effective_clients"] == pytest.approx(10000 / 3800)
    assert book.one("metrics.concentration", **months("2025-01"))["hhi"] is None


def test_bus_factor_is_the_fewest_who_hold_half(workspace):
    def work(client, **hours):
        return [entry("2026-01-05", amount, client, technician=name or None) for name, amount in hours.items()]

    book = workspace(
        time_entries=[
            *work("Alone", Ann=5),
            *work("Half", Ann=5, Bob=3, Cy=2),
            *work("Spread", Ann=4, Bob=3, Cy=3),
            *work("Tied", Bob=5, Ann=5),
            *work("Anonymous", Ann=2, Bob=2),
            entry("2026-01-05", 6, "Anonymous"),
            entry("2026-01-05", 6, "Half", technician="Ann", coverage="internal"),
            entry("2026-02-05", 60, "Half", technician="Cy"),
        ]
    )
    rows = book.by("client", "metrics.key_person", **months("2026-01"))
    assert {name: (row["bus_factor"], row["top_technician"], row["top_share"]) for name, row in rows.items()} == {
        "Alone": (1, "Ann", 1),
        "Half": (1, "Ann", 0.5),
        "Spread": (2, "Ann", 0.4),
        "Tied": (1, "Ann", 0.5),
        # those with a name hold 4 of 10 hours
        "Anonymous": (None, "Ann", 0.2),
    }
    asked = {**months("2026-01"), "technician": None, "subset": "top", "at_most": None}
    behind = {name: book.rows("metrics.behind_labour", **asked, client=name)[0] for name in (None, *rows)}
    assert {name: (row["whole_in_all"], row["part_in_all"]) for name, row in behind.items()} == {
        "Alone": (5, 5), "Half": (10, 5), "Spread": (10, 4), "Tied": (10, 5), "Anonymous": (10, 2),
        # each client's first alone
        None: (45, 21),
    }  # fmt: skip


def test_movements_of_a_period_are_those_of_its_months(workspace):
    lines = [
        *fees("Stays", {"2026-01": 100, "2026-02": 130, "2026-03": 90}),
        *fees("Leaves", {"2026-01": 50}),
        *fees("Arrives", {"2026-03": 10}),
    ]
    book = workspace(invoice_lines=lines, time_entries=[entry("2026-05-29", 1)])
    found = book.one("metrics.recurring_revenue", **months("2026-02", "2026-03"))
    # January 150, February 130, March 100
    assert (found["opening"], found["closing"], found["clients"]) == (150, 100, 2)
    assert moves(found) == {"new": 10, "expansion": 30, "contraction": -40, "churn": -50}
    # nothing is known of the month before the first
    assert book.one("metrics.recurring_revenue", **months("2026-01"))["opening"] is None


def closings(workspace, *lines, through: str = "2026-05-29", **tables) -> dict:
    book = workspace(invoice_lines=list(lines), time_entries=[entry(through, 1)], **tables)
    return {row["month_start"].isoformat()[:7]: row for row in book.rows("metrics.mrr_bridge")}


def test_credits_are_no_recurring_revenue(workspace):
    """A credit note lets no client leave, and no client return a month later."""
    credit = line("Acme", "2026-02-10", 150, revenue_class="managed", is_credit=True)
    found = closings(workspace, *fees("Acme", {"2026-01": 100, "2026-02": 100, "2026-03": 100}), credit)
    assert [found[month]["closing"] for month in ("2026-01", "2026-02", "2026-03")] == [100, 100, 100]
    assert (found["2026-02"]["credits"], moves(found["2026-02"])) == (-150, {})
    # a negative line that isn't marked is part of the fee
    found = closings(
        workspace, *fees("Acme", {"2026-01": 100}), line("Acme", "2026-01-10", -30, revenue_class="managed")
    )
    assert found["2026-01"]["closing"] == 70


def test_a_fee_credited_and_billed_again_counts_once(workspace):
    def fee(on, amount=100, **more):
        return line("Acme", on, amount, item="Care plan", revenue_class="managed", service_from=day("2026-01"), **more)

    twice = [fee("2026-01-01"), fee("2026-01-20")]
    # without a credit two equal lines are two seats
    assert closings(workspace, *twice)["2026-01"]["closing"] == 200
    found = closings(workspace, *twice, fee("2026-01-20", is_credit=True))["2026-01"]
    # the credit and the line that it takes back are apart, and together nothing
    assert (found["closing"], found["credits"]) == (100, 0)
    # it cancels one, however it is signed, and never the last
    assert closings(workspace, *twice, fee("2026-01-20", -100, is_credit=True))["2026-01"]["closing"] == 100
    credits = [fee("2026-01-20", is_credit=True) for _ in range(3)]
    assert closings(workspace, *twice, *credits)["2026-01"]["closing"] == 100
    assert closings(workspace, *twice, fee("2026-01-25"), credits[0])["2026-01"]["closing"] == 200
    # another amount, another item or another month is a credit and no more
    assert closings(workspace, *twice, fee("2026-01-20", 99, is_credit=True))["2026-01"]["closing"] == 200
    other = line("Acme", "2026-01-20", 100, item="Backup", revenue_class="managed", is_credit=True)
    assert closings(workspace, *twice, other)["2026-01"]["closing"] == 200
    later = line("Acme", "2026-02-20", 100, item="Care plan", revenue_class="managed", is_credit=True)
    assert closings(workspace, *twice, later)["2026-01"]["closing"] == 200


def test_nothing_recurs_after_a_clients_end(workspace):
    """What was prepaid beyond is revenue, and shown apart."""
    year = line("Acme", "2026-01-01", 1200, service_months=12, revenue_class="managed")
    found = closings(
        workspace, year, *fees("Birch", {"2026-05": 10}), clients=[{"client": "Acme", "ends_on": day("2026-03-15")}]
    )
    # March began before the end
    assert [found[f"2026-0{month}"]["closing"] for month in range(1, 6)] == [100, 100, 100, 0, 10]
    assert moves(found["2026-04"]) == {"churn": -100}
    assert (found["2026-03"]["prepaid_beyond_end"], found["2026-04"]["prepaid_beyond_end"]) == (0, 100)


def test_hours_beyond_the_invoices_are_no_churn(workspace):
    """Invoices to April beside hours to May read as a churn of everything in May."""
    book = workspace(
        invoice_lines=fees("Acme", {"2026-03": 100, "2026-04": 100}), time_entries=whole("2026-03", "2026-05")
    )
    assert [str(row["month_start"])[:7] for row in book.rows("metrics.mrr_bridge")] == ["2026-03", "2026-04"]
    found = book.one("metrics.retention", **months("2026-03", "2026-05"))
    # May is taken back to April, the last month of which all invoices can be there
    assert (found["gross_revenue_retention"], found["clients_lost"]) == (1, 0)
    assert found["compared_month"] == day("2026-04")


def test_net_retention_never_falls_below_gross(workspace):
    """A client below zero has left; it owes the others nothing."""
    lines = [*fees("Kept", {"2026-01": 100, "2026-05": 100}), *fees("Below", {"2026-01": 100, "2026-05": -50})]
    book = workspace(invoice_lines=lines, time_entries=[entry("2026-05-29", 1)])
    found = book.one("metrics.retention", **months("2026-01", "2026-05"))
    assert (found["gross_revenue_retention"], found["net_revenue_retention"]) == (0.5, 0.5)


def test_a_period_is_compared_with_the_month_before_it(workspace):
    lines = [
        *fees("Kept", {"2026-01": 100, "2026-02": 100, "2026-03": 100}),
        *fees("Left", {"2026-01": 60}),
        *fees("Came", {"2026-02": 40}),
    ]
    book = workspace(invoice_lines=lines, time_entries=[entry("2026-03-31", 1)])

    def compared(*period):
        row = book.one("metrics.period_retention", **months(*period))
        return [str(row[name])[:7] for name in ("opening_month", "compared_month")], row["gross_revenue_retention"]

    # of the 160 of January 100 are left; asked from February on, the 40 that came and went would be the opening
    assert compared("2026-02", "2026-03") == (["2026-01", "2026-03"], 0.625)
    assert compared("2026-03") == (["2026-02", "2026-03"], pytest.approx(100 / 140))
    # before the first month nothing is known: it is the opening itself
    assert compared("2026-01", "2026-03") == compared("2025-11", "2026-03") == (["2026-01", "2026-03"], 0.625)
    # and what is one month is kept of nothing
    assert compared("2026-01") == (["2026-01", "2026-01"], None)
    assert compared("2026-05", "2026-06") == (["2026-03", "2026-03"], None)


@pytest.mark.parametrize(("asked", "is_there"), [("2026-03", True), ("2026-02", False)])
def test_retention_before_needs_the_month_before_that(workspace, asked, is_there):
    """Else eleven months would be compared with twelve."""
    lines = fees("Acme", {"2026-01": 100, "2026-02": 100, "2026-03": 100})
    book = workspace(invoice_lines=lines, time_entries=[entry("2026-03-31", 1)])
    found = book.one("metrics.previous_period", **months(asked))
    assert (found["has_invoices"], found["has_opening"]) == (True, is_there)


def test_what_stands_apart_is_summed_over_the_period(workspace):
    year = line("Gone", "2026-01-01", 1200, service_months=12, revenue_class="managed")
    credit = line("Acme", "2026-02-10", 30, revenue_class="managed", is_credit=True)
    # given back after the end: a credit note, and nothing that was prepaid
    late = line("Gone", "2026-04-10", 50, revenue_class="managed", is_credit=True)
    book = workspace(
        invoice_lines=[year, credit, late, *fees("Acme", {"2026-02": 100, "2026-05": 100})],
        clients=[{"client": "Gone", "ends_on": day("2026-02-15")}],
        time_entries=[entry("2026-05-29", 1)],
    )
    found = book.one("metrics.recurring_revenue", **months("2026-02", "2026-05"))
    # of Gone's year March to May begin after its end
    assert (found["credits"], found["beyond_end"]) == (-30 - 50, 300)
    assert book.one("metrics.recurring_revenue", **months("2026-01"))["beyond_end"] == 0


def test_revenue_whose_class_nobody_confirmed(workspace):
    book = workspace(
        invoice_lines=[
            line("Acme", "2026-01-05", 100, item="Managed services"),
            line("Acme", "2026-01-05", 40),
            line("Acme", "2026-01-05", 7, revenue_class="tm"),
            line("Acme", "2026-02-05", 900),
        ]
    )
    found = book.one("metrics.revenue_classes", **months("2026-01"))
    assert found == {"suggested_revenue": 100, "unclassified_revenue": 40, "stray_credits": 0}
    assert set(book.one("metrics.revenue_classes", **months("2025-01")).values()) == {0}
