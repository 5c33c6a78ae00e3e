"""One name for one client, and for one technician."""

from tests.sql.rows import entry, line, months, technician

JANUARY = months("2026-01")


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
    parents = dict(book.sql("select client, parent from core.dim_clients"))
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
