"""Amounts are written in the currency of the session's own workspace, on every page and in no other session."""

from __future__ import annotations

import html
import io
import re
import threading
from decimal import Decimal

import pyarrow as pa
import pytest
from streamlit.testing.v1 import AppTest

from tests.acceptance.desk import desk
from tests.conventions.tree import app_code, name
from tests.ui import canned
from tests.ui.conftest import PAGES, open_page, read
from vitals import formats, health, warehouse, workspace
from vitals.assumptions import assumptions
from vitals.catalogue import Benchmark, numbers
from vitals.ui.page import lifetime, session, standing
from vitals.ui.page.safe import WORD_JOINER
from vitals.workspace import choices

INVOICES = """client,invoice_number,line_number,invoiced_on,amount,item,revenue_class,direct_cost,currency
Birch,1,1,2025-10-03,12000.50,Seats,managed,2000,{code}
Birch,2,1,2025-11-03,12000.50,Seats,managed,2000,{code}
Alder,3,1,2025-10-03,500,Seats,managed,900,{code}
Alder,4,1,2025-11-03,nothing,Seats,managed,900,{code}"""
TIME = """entry_id,worked_on,hours,client,technician
1,2025-10-01,10,Birch,Ana\n2,2025-11-06,10,Birch,Ana\n3,2025-11-28,30,Alder,Bo"""
PEOPLE = "technician,hourly_cost,hours_per_week\nAna,60,40"
REVIEWS = "client,held_on,status\nBirch,2025-10-30,held"
LISTED = "client,starts_on,users\nBirch,2020-01-01,10\nAlder,2020-01-01,10"
POUNDS, KRONER = "GBP", "NOK"
WITHOUT_WORDS = ("code", "root", "main", "sidebar")
OWN_KEY, OCTAL, JSON = re.compile(r"\$\$ID-\S+"), re.compile(r"(?:\\[0-3][0-7]{2})+"), re.compile(r"\\+u([0-9a-f]{4})")


def _runs(element) -> bool:
    """Whether an element is a script: nobody reads what it says."""
    return element.type == "html" and element.proto.body.startswith("<script>")


def loaded(code: str) -> AppTest:
    """A session of its own with two clients, whose invoices are in a currency."""
    app = open_page("start")
    texts = {"lines": INVOICES.format(code=code), "time": TIME, "people": PEOPLE, "reviews": REVIEWS, "list": LISTED}
    for file, text in texts.items():
        app.file_uploader[0].upload(f"{file}.csv", text.encode(), "text/csv")
    app.run()
    assert not app.exception
    return app


def _cells(data: bytes) -> str:
    table = pa.ipc.open_stream(io.BytesIO(data)).read_all() if data else pa.table({})
    return " ".join(str(cell) for column in table.columns for cell in column.to_pylist())


def _told(element) -> str:
    """What an element says; of a table its captions and its cells, as they are and as they are drawn."""
    proto = element.proto
    if element.type == "dataframe":
        table = proto.arrow_data
        return f"{proto.columns} {_cells(table.data)} {_cells(table.styler.display_values)}"
    return OCTAL.sub(lambda run: _letters(run.group()), OWN_KEY.sub("", str(proto)))


def _letters(octals: str) -> str:
    """Letters beyond ASCII, which a message spells as octal bytes."""
    return bytes(int(octal, 8) for octal in octals.split("\\")[1:]).decode("utf-8", "replace")


def drawn(app: AppTest) -> str:
    """All that a page says but its SQL: text, captions, cells, marks and axes of charts."""
    parts = [*app.main, *app.sidebar]
    shown = [element for element in parts if element.type not in WITHOUT_WORDS and not _runs(element)]
    said = "\n".join(_told(element) for element in shown)
    said = JSON.sub(lambda code: chr(int(code[1], 16)), said)
    return html.unescape(said).replace(WORD_JOINER, "")


@pytest.fixture(scope="module")
def pounds():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VITALS_DEVELOPMENT", "1")
        yield loaded(POUNDS)


def at(app: AppTest, page: str) -> AppTest:
    app.switch_page(f"pages/{page}.py").run()
    assert not app.exception
    return app


WITHOUT_MONEY = (
    "utilisation", "service_levels", "how_it_works", "ask", "automation", "backlog", "capacity", "demand", "quality",
    "renewals", "retention", "review_pack", "service_credits", "workspaces", "compare", "databook", "diagnosis",
    "operating_model", "review_trend", "readiness", "success_criteria",
)  # fmt: skip
"""Pages that say no amount of this workspace."""


@pytest.mark.parametrize("page", PAGES)
def test_pages_of_a_workspace_in_pounds_know_no_dollar(pounds, page):
    said = drawn(at(pounds, page))
    assert "£" in said or page in WITHOUT_MONEY
    assert "$" not in said


@pytest.mark.parametrize("page", ["client_margin", "client", "pricing", "data_health"])
def test_pages_of_canned_results_write_dollars_where_nothing_says_which(results, page):
    said = drawn(open_page(page))
    assert "$" in said and "£" not in said


def test_every_form_of_money_is_in_pounds(pounds):
    said = drawn(at(pounds, "client_margin"))
    assert "Gross margin, £" in said and "£24,001" in said and "£18.8k" in said


def test_account_of_a_load_is_in_pounds_from_the_first_run_on():
    app = open_page("start")
    app.file_uploader[0].upload("lines.csv", INVOICES.format(code=POUNDS).encode(), "text/csv")
    app.run()
    assert "£24,501.00 of £24,501.00" in read(app)


def test_code_without_a_sign_stands_before_the_number(pounds):
    app = at(loaded(KRONER), "client_margin")
    assert "NOK\N{NO-BREAK SPACE}24,001" in drawn(app) and "Revenue, NOK" in drawn(app)


def test_two_sessions_with_different_currencies_do_not_mix():
    euros, dollars = loaded("EUR"), loaded("USD")
    for page in ("client_margin", "pricing", "client_margin"):
        for app, own, other in ((euros, "€", "$"), (dollars, "$", "€")):
            said = drawn(at(app, page))
            assert own in said and other not in said


def test_fragment_that_runs_alone_writes_the_same_currency(pounds):
    """The slider of the pricing page reruns its fragment, not app.py."""
    app = at(pounds, "pricing")
    app.slider[0].set_value(40).run()
    assert "£" in drawn(app) and "$" not in drawn(app)


def test_threads_at_the_same_moment_write_their_own():
    both, found = threading.Barrier(2), {}

    def write(code: str) -> None:
        with formats.written_in(code):
            both.wait()
            found[code] = formats.money(1234)
            both.wait()

    threads = [threading.Thread(target=write, args=(code,)) for code in ("GBP", "CAD")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {"GBP": "£1,234", "CAD": "C$1,234"}
    assert formats.money(1234) == "$1,234"


def test_download_is_written_in_its_own_currency(monkeypatch):
    """It is made outside any run."""
    with desk(lines=INVOICES.format(code=POUNDS).rsplit("\n", 1)[0]) as book:
        monkeypatch.setattr(session, "connection", lambda: book.con)
        monkeypatch.setattr(standing, "holding", lambda: lifetime.Holding(connection=book.con))
        assert session.later(lambda con: formats.money(5).encode())() == "£5".encode()


@pytest.mark.parametrize(
    ("code", "money", "short", "rate", "caption"),
    [
        ("", "−$1,234", "$28.4k", "$92 / h", "Fee, $"),
        ("USD", "−$1,234", "$28.4k", "$92 / h", "Fee, $"),
        ("GBP", "−£1,234", "£28.4k", "£92 / h", "Fee, £"),
        ("EUR", "−€1,234", "€28.4k", "€92 / h", "Fee, €"),
        ("AUD", "−A$1,234", "A$28.4k", "A$92 / h", "Fee, A$"),
        ("CAD", "−C$1,234", "C$28.4k", "C$92 / h", "Fee, C$"),
        ("NZD", "−NZ$1,234", "NZ$28.4k", "NZ$92 / h", "Fee, NZ$"),
        ("CHF", "−CHF 1,234", "CHF 28.4k", "CHF 92 / h", "Fee, CHF"),
        ("kr", "−kr 1,234", "kr 28.4k", "kr 92 / h", "Fee, kr"),
        ("**EURO** <B>", "−1,234", "28.4k", "92 / h", "Fee"),
    ],
)
def test_signs(code, money, short, rate, caption):
    with formats.written_in(code):
        said = (formats.money(Decimal("-1234.4")), formats.money_short(28400), formats.rate(92))
        assert tuple(text.replace(formats.NO_BREAK, " ") for text in said) == (money, short, rate)
        assert formats.captioned("Fee") == caption
        assert formats.money(None) == formats.MISSING


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("", "No file says in which currency its amounts are: they are taken for US dollars"),
        ("$", "don't say which dollar"),
        ("GBP", "Amounts are in GBP (£), as the files say"),
        ("NOK", "Amounts are in NOK, as the files say"),
        ("EURO", "Amounts are in EURO, and are written without a sign, as the files say"),
    ],
)
def test_account_says_what_amounts_are_taken_for(code, said):
    assert said in formats.currency_said(code)


def test_data_health_and_the_command_line_say_in_which_currency_amounts_are(pounds):
    assert formats.currency_said(POUNDS) in read(at(pounds, "data_health"))
    with desk(lines="client,invoiced_on,amount\nBirch,2025-10-03,£5") as book:
        assert formats.currency_said(POUNDS) in health.lines(health.examine(book.con))
    with desk() as book:
        assert formats.currency_said(formats.UNSTATED) in health.lines(health.examine(book.con))


@pytest.mark.parametrize("marks", [[], ["5"], ["$5", "USD 5"], ["$5"], ["kr 5", "SEK 5"]])
def test_screens_and_the_reading_of_files_mean_the_same_currency(marks):
    with desk() as book:
        texts = [f"client,invoiced_on,amount\nBirch,2025-10-0{place + 1},{mark}" for place, mark in enumerate(marks)]
        book.load(**{f"file{place}": text for place, text in enumerate(texts)})
        assert warehouse.currency(book.con) == choices.currency(book.con)


def test_currency_goes_with_the_load_that_named_it():
    with desk(lines="client,invoiced_on,amount\nBirch,2025-10-03,£5") as book:
        assert warehouse.currency(book.con) == POUNDS
        workspace.undo(book.con, 1)
        assert warehouse.currency(book.con) == formats.UNSTATED


def test_benchmark_in_another_currency_says_so():
    compared = Benchmark(text="USD 150 an hour", source="x", currency="USD")
    assert compared.said == "USD 150 an hour"
    with formats.written_in("CAD"):
        assert compared.said == "USD 150 an hour (in US dollars, not converted)"
    with formats.written_in("$"):
        assert compared.said == compared.text


def test_benchmarks_that_name_an_amount_name_its_currency():
    """In words too, so that they read alike in the README and beside any sign."""
    for item in numbers().values():
        if item.benchmark and (item.benchmark.currency or re.search(r"[$£€]|\b[A-Z]{3} ?\d", item.benchmark.text)):
            assert item.benchmark.currency and item.benchmark.currency in item.benchmark.text, item.id


def test_our_own_figures_of_money_name_the_currency_they_were_judged_for():
    assert all(item.currency for item in assumptions().values() if item.kind == "money" and item.default is not None)


def test_default_that_was_judged_for_dollars_says_so_beside_pounds(pounds):
    said = read(at(pounds, "assumptions"))
    figure = "50 an hour, in the files' currency (judged in US dollars, not converted)"
    assert f"Default {figure}; source: our judgement." in said and "£50" not in said
    assert f"Loaded hourly cost: {figure}." in read(at(pounds, "client_margin"))


def test_prices_that_rest_on_such_a_default_say_so_until_it_is_set(pounds):
    said = "Bill rate: 150 an hour, in the files' currency (judged in US dollars, not converted)."
    prices = read(at(pounds, "pricing"))
    assert said in prices and "£150" not in prices
    for rate, is_ours in ((120.0, False), (150.0, True)):
        at(pounds, "assumptions").number_input(key="assume_bill_rate").set_value(rate).run()
        assert (said in read(at(pounds, "pricing"))) is is_ours


def test_no_code_writes_a_sign_of_its_own():
    """Amounts get theirs from vitals/formats.py and captions from vitals/formats.py."""
    wrong = re.compile(r', \$["}]|[$£€] a |\([$£€]\)|(?<!")"[$£€]"|[£€]')
    found = {
        f"{name(path)}: {line.strip()}"
        for path in app_code()
        if not name(path).startswith(("vitals/ingest/", "vitals/formats.py"))
        for line in path.read_text().splitlines()
        if wrong.search(line)
    }
    assert found == set()


def test_canned_results_have_no_currency():
    assert session.CURRENCY not in {*canned.ONE, *canned.FRAMES}
