"""One name for one client, and for one technician."""

import pytest

from tests.sql.rows import day, entry, line, months, technician

JANUARY = months("2026-01")


@pytest.fixture
def workspace(covered):
    """All months of these tests are whole."""
    return covered


def clients(book) -> dict[str, float]:
    return {row["client"]: row["revenue"] for row in book.rows("metrics.client_margin", **JANUARY)}


def test_case_blanks_and_accents_do_not_make_another_client(workspace):
    spellings = ["ACME Dental", " acme  dental", "acme\u00a0dental", "Caf\u00e9", "Cafe\u0301", "STRASSE", "Straße"]
    book = workspace(invoice_lines=[line(name, "2026-01-05", 1) for name in spellings])
    assert sorted(clients(book).values()) == [2, 2, 3]


def test_near_matches_are_not_merged(workspace):
    names = ["Acme", "Acme Inc", "Acme, Inc.", "Acme-Dental", "Acme Dental"]
    assert len(clients(workspace(invoice_lines=[line(name, "2026-01-05", 1) for name in names]))) == 5


def test_shown_name_is_the_clients_files_then_the_most_frequent_then_the_first(workspace):
    book = workspace(
        clients=[{"client": "acme DENTAL"}],
        invoice_lines=[
            *[line("ACME Dental", "2026-01-05", 1)] * 5,
            *[line("BIRCH", "2026-01-05", 1)] * 2,
            line("Birch", "2026-01-05", 1),
            line("cedar", "2026-01-05", 1),
            line("Cedar", "2026-01-05", 1),
        ],
    )
    assert set(clients(book)) == {"acme DENTAL", "BIRCH", "Cedar"}


def test_rows_out_of_use_do_not_sway_the_spelling(workspace):
    book = workspace(
        invoice_lines=[line("ACME", "2026-01-05", 1), line("ACME", "2026-01-05", 1), line("Acme", "2026-01-05", 1)],
        unused_rows=[
            {"load_id": 1, "entity": "invoice_lines", "row_number": number, "fate": "already_loaded"}
            for number in (2, 3)
        ],
    )
    assert clients(book) == {"Acme": 1}


def test_last_name_first_is_turned_round(workspace):
    book = workspace(
        technicians=[technician("Lee, Ann", hourly_cost=30)],
        time_entries=[
            entry("2026-01-05", 1, "Acme", technician="ann lee"),
            entry("2026-01-05", 2, "Acme", technician="Lee,Ann"),
            entry("2026-01-05", 4, "Acme", technician="Lee, Ann, MBA"),
        ],
    )
    hours = {row["technician"]: row["logged_hours"] for row in book.rows("metrics.technician_utilisation", **JANUARY)}
    assert hours == {"Ann Lee": 3, "Lee, Ann, MBA": 4}


def test_a_colon_names_the_parent_and_the_whole_text_the_client(workspace):
    book = workspace(
        clients=[{"client": "Elm", "parent": "Grove Group"}, {"client": "Fir"}],
        invoice_lines=[
            line(name, "2026-01-05", 1) for name in ("Grove Group:Oak", "Elm", "Fir", "Grove Group:Ash:East")
        ],
    )
    assert set(clients(book)) == {"Grove Group:Oak", "Elm", "Fir", "Grove Group:Ash:East"}
    parents = dict(book.sql("select client, parent from core.dim_clients where client_key != '(no client)'"))
    assert parents == {
        "Grove Group:Oak": "Grove Group",
        "Grove Group:Ash:East": "Grove Group",
        "Elm": "Grove Group",
        "Fir": "Fir",
    }


def test_a_merged_name_counts_under_its_target(workspace):
    book = workspace(
        aliases=[{"kind": "client", "name_key": "acme inc", "target_key": "acme"}],
        invoice_lines=[
            line("ACME Inc", "2026-01-05", 1),
            line("ACME Inc", "2026-01-05", 1),
            line("Acme", "2026-01-05", 1),
        ],
    )
    assert clients(book) == {"Acme": 3}


def test_a_client_that_two_rows_list_counts_once(workspace):
    book = workspace(
        aliases=[{"kind": "client", "name_key": "acme inc", "target_key": "acme"}],
        clients=[{"client": "Acme", "service_tier": "Gold"}, {"client": "Acme Inc", "service_tier": "Silver"}],
        invoice_lines=[line("Acme", "2026-01-05", 7)],
    )
    assert clients(book) == {"Acme": 7}
    assert [row["client"] for row in book.rows("checks.clients_listed_twice_under_one_name")] == ["Acme"]


def test_a_renamed_client_keeps_the_terms_of_the_name_that_goes_on(workspace):
    """Merged, the row that has ended speaks no longer; a client it is since its first name."""
    old = {"client": "Old Name", "starts_on": day("2020-03-01"), "ends_on": day("2025-06-30"), "users": 10,
           "review_cadence_days": 30, "service_tier": "Silver"}  # fmt: skip
    new = {
        "client": "New Name",
        "starts_on": day("2025-07-01"),
        "users": 14,
        "review_cadence_days": 91,
        "service_tier": "Gold",
    }
    for rows in ([old, new], [new, old]):
        for kept, gone in (("new name", "old name"), ("old name", "new name")):
            book = workspace(
                clients=rows,
                aliases=[{"kind": "client", "name_key": gone, "target_key": kept}],
                invoice_lines=[line("Old Name", "2025-06-01", 1), line("New Name", "2025-07-01", 1)],
            )
            (found,) = book.sql(
                """select client_key, starts_on, ends_on, users, review_cadence_days, service_tier
                from core.dim_clients where client_key != '(no client)'"""
            )
            assert found == (kept, day("2020-03-01"), None, 14, 91, "Gold")


def test_a_group_is_known_by_the_name_that_it_was_merged_into(workspace):
    book = workspace(
        aliases=[{"kind": "client", "name_key": "old group", "target_key": "new group"}],
        invoice_lines=[
            line(name, "2026-01-05", 1) for name in ("Old Group", "Old Group:East", "New Group:West", "New Group")
        ],
    )
    parents = dict(book.sql("select client, parent from core.dim_clients where client_key != '(no client)'"))
    assert parents == {"Old Group:East": "New Group", "New Group:West": "New Group", "New Group": "New Group"}
    assert book.one("metrics.concentration", **JANUARY)["clients"] == 1


def test_a_parents_parent_is_one_group(workspace):
    book = workspace(
        clients=[
            {"client": "Shop", "parent": "Region"},
            {"client": "Region", "parent": "Holding"},
            {"client": "Plant", "parent": "Holding"},
            {"client": "Ring A", "parent": "Ring B"},
            {"client": "Ring B", "parent": "Ring A"},
            {"client": "Alone", "parent": "Alone"},
        ],
        invoice_lines=[line(name, "2026-01-05", 1) for name in ("Shop", "Plant", "Ring A", "Ring B", "Alone")],
    )
    parents = dict(book.sql("select client, parent from core.dim_clients where client_key != '(no client)'"))
    assert {name: parents[name] for name in ("Shop", "Region", "Plant")} == dict.fromkeys(
        ("Shop", "Region", "Plant"), "Holding"
    )
    # a circle is one group, whichever of its names one starts from
    assert parents["Ring A"] == parents["Ring B"] == "Ring A"
    assert parents["Alone"] == "Alone"
    # Holding 2, the ring 2, one alone
    assert book.one("metrics.concentration", **JANUARY)["hhi"] == pytest.approx((0.16 + 0.16 + 0.04) * 10000)


ALIKE = [
    ("Acme Dental", "Acme-Dental Ltd", "same apart from punctuation or legal form"),
    ("Birch & Son", "Holding:Birch and Son", "one is the other inside a group"),
    ("Crown Legal Partners", "CLP", "one is the initials of the other"),
    ("Dunmore Bakery", "Dunmroe Bakery", "one letter differs"),
    ("Eastgate Motors", "Eastgate Motor", "one letter differs"),
    ("Fenwick", "Fenwick Surgery", "one is the beginning of the other"),
    # renamed when a partner came in
    ("Verity Architects", "Verity Morgan Architects", "all words of one stand in the other"),
]
DIFFERENT = [("Site 12 North", "Site 13 North"), ("One:Office", "Two:Office"), ("Hall", "Ball"), ("Ines", "Inez")]


def test_names_that_may_be_one_are_proposed_and_others_are_not(workspace):
    names = [name for *pair, _ in ALIKE for name in pair] + [name for pair in DIFFERENT for name in pair]
    book = workspace(invoice_lines=[line(name, "2026-01-05", 1) for name in names])
    found = {
        (frozenset((row["name"], row["other_name"])), row["likeness"]) for row in book.rows("metrics.name_proposals")
    }
    assert found == {(frozenset(pair), likeness) for *pair, likeness in ALIKE}


@pytest.mark.parametrize("form", ["Client {:04}", "Group {:04}:Main office", "Acme {:04} Ltd", "Group:Site {:04}"])
def test_few_pairs_of_many_names_are_compared(workspace, form):
    """So the work grows with the names and not with their square: 300 names have 44,850 pairs."""
    book = workspace(invoice_lines=[line(form.format(number), "2026-01-05", 1) for number in range(300)])
    assert book.sql("select count(*) from core.compared_names") == [(300,)]
    assert book.sql("select count(*) from core.name_pairs")[0][0] < 300


def billed(client: str, first: int, last: int, amount: float, item: str = "Care") -> list[dict]:
    """Its bills of a managed item from one month of 2026 to another."""
    return [
        line(client, f"2026-{month:02}-01", amount, item=item, revenue_class="managed")
        for month in range(first, last + 1)
    ]


def asked(book) -> list[tuple[str, str]]:
    """The pairs of names that bills alone make alike."""
    rows = book.rows("metrics.name_proposals")
    return [(row["name"], row["other_name"]) for row in rows if row["likeness"].startswith("bills of one stop")]


@pytest.mark.parametrize(
    ("others", "pairs"),
    [
        ([], [("Quill", "Zephyr")]),
        # a month apart, another amount, another item: nothing says that it is one
        (billed("Yarrow", 5, 6, 900) + billed("Xenon", 4, 6, 901) + billed("Umber", 4, 6, 900, "Other"),
         [("Quill", "Zephyr")]),
        # two begin alike, or two end alike: whose bills go on as whose nobody can tell
        (billed("Yarrow", 4, 6, 900), []),
        (billed("Rowan", 1, 3, 900), []),
    ],
)  # fmt: skip
def test_bills_that_go_on_under_another_name_are_asked_about(workspace, others, pairs):
    """Quill pays 900 for the last time in March, Zephyr 900 for the first time in April; Base stays."""
    lines = [*billed("Base", 1, 6, 100), *billed("Quill", 1, 3, 900), *billed("Zephyr", 4, 6, 900), *others]
    book = workspace(invoice_lines=lines)
    assert asked(book) == pairs
    lost = book.by("client", "metrics.lost_clients", **months("2026-04", "2026-06"))
    assert lost["Quill"]["may_be"] == ("Zephyr" if pairs else None)
    said = {row["subject"]: row["says"] for row in book.rows(
        "metrics.findings_revenue", **months("2026-04", "2026-06"), as_of=day("2026-06-30")
    ) if row["finding"] == "lost_client"}  # fmt: skip
    assert said["Quill"].endswith("perhaps it is this one, renamed.") == bool(pairs)


def test_who_is_said_to_be_two_is_asked_about_no_more_and_a_merged_one_has_not_left(workspace):
    lines = [*billed("Base", 1, 6, 100), *billed("Quill", 1, 3, 900), *billed("Zephyr", 4, 6, 900)]
    apart = workspace(
        invoice_lines=lines, aliases=[{"kind": "client apart", "name_key": "quill", "target_key": "zephyr"}]
    )
    assert asked(apart) == []
    (lost,) = apart.rows("metrics.lost_clients", **months("2026-04", "2026-06"))
    assert (lost["client"], lost["may_be"]) == ("Quill", None)
    merged = workspace(invoice_lines=lines, aliases=[{"kind": "client", "name_key": "quill", "target_key": "zephyr"}])
    assert merged.rows("metrics.lost_clients", **months("2026-04", "2026-06")) == []
