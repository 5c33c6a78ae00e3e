"""What revenue is made of, with products and without them, and which clients it comes from."""

import pytest

from tests.sql.rows import day, entry, line, months

JANUARY = [
    line("Acme", "2026-01-05", 500, revenue_class="managed", direct_cost=100),
    line("Acme", "2026-01-05", 100, revenue_class="other_recurring", direct_cost=60),
    line("Acme", "2026-01-05", 300, revenue_class="product", direct_cost=200),
    line("Birch", "2026-01-05", 150, revenue_class="project"),
    line("Birch", "2026-01-05", 50, revenue_class="tm"),
    line("Birch", "2026-01-05", -100, revenue_class="product", direct_cost=-50),
]


def test_shares_of_all_revenue_and_without_products(workspace):
    book = workspace(invoice_lines=JANUARY)
    found = book.one("metrics.revenue_mix_summary", **months("2026-01"))
    # 600 of 1,000 recurs; products are 200 of it, which cost 150
    assert (found["revenue"], found["recurring_revenue"], found["product_revenue"]) == (1000, 600, 200)
    assert found["recurring_share"] == pytest.approx(0.6, abs=1e-12)
    assert found["recurring_share_without_products"] == pytest.approx(600 / 800, abs=1e-12)
    assert found["recurring_share_as_agent"] == pytest.approx(600 / 850, abs=1e-12)
    assert found["one_off_share"] == pytest.approx(0.2, abs=1e-12)
    # all that Acme pays, since it pays for managed services
    assert found["managed_customers_share"] == pytest.approx(0.9, abs=1e-12)
    nothing = book.one("metrics.revenue_mix_summary", **months("2025-01"))
    names = ("revenue", "recurring_share", "recurring_share_without_products", "one_off_share")
    assert [nothing[name] for name in names] == [None] * 4


def test_a_row_for_each_class_adds_up_to_all(workspace):
    book = workspace(invoice_lines=JANUARY)
    found = book.by("revenue_class", "metrics.revenue_mix", **months("2026-01"))
    assert list(found) == ["managed", "other_recurring", "project", "tm", "product"]
    assert sum(row["revenue"] for row in found.values()) == 1000
    assert {name: row["share_of_revenue"] for name, row in found.items()} == pytest.approx(
        {"managed": 0.5, "other_recurring": 0.1, "project": 0.15, "tm": 0.05, "product": 0.2}
    )
    assert found["managed"]["share_without_products"] == pytest.approx(500 / 800, abs=1e-12)
    assert found["product"]["share_without_products"] is None
    # of products 350 less 150 of cost is sold to Acme, and 100 credited to Birch
    product = found["product"]
    assert (product["direct_cost"], product["left_over"], product["clients"]) == (150, 50, 1)


def test_credits_without_a_class_are_named_apart_and_shares_add_up_to_all_of_the_rest(workspace):
    """January: 990 managed, 5 of a project and 5 without a class are 1,000; 60 taken off without a class are in no
    share, though they lie in the same client and month as the 5."""
    lines = [
        line("Acme", "2026-01-05", 990, revenue_class="managed"), line("Birch", "2026-01-05", 5),
        line("Acme", "2026-01-05", 5, revenue_class="project"), line("Birch", "2026-01-20", -50),
        line("Acme", "2026-01-20", -10),
        line("Acme", "2026-02-05", 1000, revenue_class="managed"),
    ]  # fmt: skip
    book = workspace(invoice_lines=lines)
    january = book.one("metrics.revenue_mix_summary", **months("2026-01"))
    names = ("revenue", "stray_credits", "mix_revenue", "clients")
    assert [january[name] for name in names] == [940, -60, 1000, 2]
    names = ("recurring_share", "one_off_share", "managed_customers_share")
    assert [january[name] for name in names] == pytest.approx([0.99, 0.005, 0.995])
    found = book.by("revenue_class", "metrics.revenue_mix", **months("2026-01"))
    shares = {name: row["share_of_revenue"] for name, row in found.items()}
    assert shares.pop("stray_credits") is None and found["stray_credits"]["share_without_products"] is None
    assert shares == pytest.approx({"managed": 0.99, "project": 0.005, "unclassified": 0.005})
    assert sum(shares.values()) == pytest.approx(1)
    assert (found["stray_credits"]["revenue"], found["stray_credits"]["clients"]) == (-60, 0)
    assert sum(row["revenue"] for row in found.values()) == 940
    monthly = book.by("month_start", "metrics.revenue_mix_monthly")[day("2026-01")]
    assert [monthly[name] for name in ("unclassified", "stray_credits", "revenue")] == [5, -60, 940]
    assert (monthly["recurring_share"], monthly["recurring_share_without_products"]) == pytest.approx((0.99, 0.99))
    classes = book.one("metrics.revenue_classes", **months("2026-01"))
    assert (classes["unclassified_revenue"], classes["stray_credits"]) == (-55, -60)


def test_no_share_passes_the_whole_where_credits_stand_in_another_class(workspace):
    lines = [
        line("Acme", "2026-01-05", 1000, revenue_class="managed"),
        line("Acme", "2026-01-20", -50, revenue_class="product"),
    ]
    book = workspace(invoice_lines=[*lines, line("Acme", "2026-02-05", 1000, revenue_class="managed")])
    # 1,000 of 950 is no share
    found = book.by("month_start", "metrics.revenue_mix_monthly")
    assert (found[day("2026-01")]["revenue"], found[day("2026-01")]["recurring_share"]) == (950, None)
    assert found[day("2026-01")]["recurring_share_without_products"] == 1
    assert found[day("2026-02")]["recurring_share"] == 1
    january = book.one("metrics.revenue_mix_summary", **months("2026-01"))
    assert (january["recurring_share"], january["managed_customers_share"]) == (None, 1)
    classes = book.rows("metrics.revenue_mix", **months("2026-01"))
    shares = {row["revenue_class"]: row["share_of_revenue"] for row in classes}
    assert shares == {"managed": None, "product": pytest.approx(-50 / 950)}


def test_a_class_none_of_whose_lines_states_a_cost_has_none_while_others_do(workspace):
    lines = [line("Acme", "2026-01-05", 100, revenue_class="product"),
             line("Acme", "2026-01-05", 300, revenue_class="managed", direct_cost=30)]  # fmt: skip
    book = workspace(invoice_lines=lines)
    found = book.by("revenue_class", "metrics.revenue_mix", **months("2026-01"))
    assert {name: (row["direct_cost"], row["left_over"]) for name, row in found.items()} == {
        "managed": (30, 270), "product": (None, None),
    }  # fmt: skip
    # what products leave is not known, so neither is what an agent would book
    assert book.one("metrics.revenue_mix_summary", **months("2026-01"))["recurring_share_as_agent"] is None
    (january,) = book.rows("metrics.revenue_by_month")
    assert (january["product_cost"], january["revenue_net"], january["revenue"]) == (None, None, 400)


def test_without_any_cost_on_file_nothing_is_said_of_what_is_left(workspace):
    book = workspace(invoice_lines=[line("Acme", "2026-01-05", 100, revenue_class="product")])
    (row,) = book.rows("metrics.revenue_mix", **months("2026-01"))
    assert (row["direct_cost"], row["left_over"]) == (None, None)
    summary = book.one("metrics.revenue_mix_summary", **months("2026-01"))
    # nothing but products: there is no revenue without them
    assert (summary["recurring_share"], summary["recurring_share_without_products"]) == (0, None)
    assert summary["recurring_share_as_agent"] is None


def test_months_by_class_and_which_are_whole(workspace):
    lines = [*JANUARY, line("Acme", "2026-02-02", 240, revenue_class="managed", service_months=2)]
    book = workspace(invoice_lines=lines, time_entries=[entry("2026-02-10", 1)])
    found = book.by("month_start", "metrics.revenue_mix_monthly")
    january, february, march = (found[day(f"2026-0{month}")] for month in (1, 2, 3))
    classes = ("managed", "other_recurring", "project", "by_the_hour", "product", "unclassified")
    assert [january[name] for name in classes] == [500, 100, 150, 50, 200, 0]
    assert (january["revenue"], january["is_complete"]) == (1000, True)
    assert january["recurring_share_without_products"] == pytest.approx(0.75, abs=1e-12)
    # what is paid in advance is known, the rest of these months isn't
    assert (february["revenue"], february["is_complete"]) == (120, False)
    assert (march["revenue"], march["is_complete"]) == (120, False)
    assert book.one("metrics.revenue_mix_summary", **months("2026-01", "2026-02"))["incomplete_months"] == 1


def test_the_largest_clients_with_groups_as_one(workspace):
    book = workspace(
        clients=[{"client": "East", "parent": "Group"}, {"client": "Own", "is_internal": True}],
        invoice_lines=[
            line("East", "2026-01-05", 300, revenue_class="managed"),
            line("Group:West", "2026-01-05", 200, revenue_class="tm"),
            line("Acme", "2026-01-05", 300),
            line("Acme", "2026-01-05", 9000, revenue_class="product"),
            line("Birch", "2026-01-05", 200),
            line("Credited", "2026-01-05", -50),
            line("Own", "2026-01-05", 700, revenue_class="managed"),
        ],
    )
    rows = book.rows("metrics.largest_clients", **months("2026-01"))
    assert [(row["client"], row["clients"], row["revenue"]) for row in rows] == [
        ("Group", 2, 500),
        ("Acme", 1, 300),
        ("Birch", 1, 200),
    ]
    assert [row["revenue_share"] for row in rows] == pytest.approx([0.5, 0.3, 0.2])
    assert [row["cumulative_share"] for row in rows] == pytest.approx([0.5, 0.8, 1])
    # the same as the one-row answer says
    assert book.one("metrics.concentration", **months("2026-01"))["top3_share"] == pytest.approx(1)
