"""Every page on a workspace of one client and one month and on a large firm's, and the rows behind its numbers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial

import pytest
from streamlit.testing.v1 import AppTest

from tests.conventions.tree import ROOT
from tests.missing import MISSING
from tests.sql.conftest import Row, fill
from tests.sql.rows import entry, line, technician, whole
from tests.ui.conftest import PAGES, PATIENCE, read
from vitals import warehouse
from vitals.queries import query
from vitals.ui.page import contents, explain, record, session

Choices = tuple[tuple[str, str], ...]
ONE: dict[str, list[Row]] = {
    "tickets": [{
        "ticket_id": "1", "client": "Acme", "opened_at": datetime(2026, 1, 5, 9), "technician": "Ann", "hours": 1,
        "category": "Email", "first_response_at": datetime(2026, 1, 5, 10), "resolved_at": datetime(2026, 1, 6, 9),
        "sla_response_minutes": 60, "sla_resolution_minutes": 480, "csat": 1,
    }],
    "time_entries": [*whole("2026-01"), entry("2026-01-06", 5, "Acme", technician="Ann", ticket_id="1")],
    "technicians": [technician("Ann", hours_per_week=40, hourly_cost=50, level="3", is_owner=True)],
    "invoice_lines": [line("Acme", "2026-01-05", 900, revenue_class="managed", item="Seats")],
    "clients": [{"client": "Acme", "users": 5, "endpoints": 7, "service_tier": "Gold"}],
    "agreements": [{"client": "Acme", "starts_on": date(2026, 1, 1), "agreement_id": "A1", "monthly_fee": 900}],
    "reviews": [{"client": "Acme", "scheduled_on": date(2026, 1, 20), "held_on": date(2026, 1, 20)}],
    "outcomes": [{"client": "Acme", "month": date(2026, 1, 1), "measure": "uptime", "value": 0.99, "target": 0.999}],
}  # fmt: skip
CLIENTS, PEOPLE, KINDS, MONTHS = 400, 80, 200, 48
"""Of a workspace as wide as a large firm's; its lists, choices and charts have as many."""
WIDE = (
    """
insert into raw.clients (load_id, row_number, client, users, endpoints, service_tier, account_manager)
select 1, n, 'Client ' || n, 1 + n % 90, 1 + n % 120, 'Tier ' || n % 30, 'Manager ' || n % 40
from range($clients) as numbers (n)""",
    """
insert into raw.technicians (load_id, row_number, technician, level, hourly_cost, hours_per_week, is_owner)
select 2, n, 'Person ' || n, 1 + n % 3, 30 + n % 40, 40, n < 2 from range($people) as numbers (n)""",
    """
insert into raw.invoice_lines (load_id, row_number, client, invoiced_on, amount, item, revenue_class, direct_cost)
select 3, n * 100 + month, 'Client ' || n, date '2021-01-15' + to_months(cast(month as integer)), 500 + n % 700,
    'Item ' || n % $kinds, if(n % 9 = 0, null, 'managed'), n % 50
from range($clients) as numbers (n) cross join range($months) as months (month) where n % 60 <= month""",
    """
insert into raw.agreements (load_id, row_number, client, starts_on, agreement_id, monthly_fee, renews_on, notice_days)
select 4, n, 'Client ' || n, date '2021-01-01', n, 500 + n % 700, date '2026-01-01' + cast(n % 400 as integer), 90
from range($clients) as numbers (n)""",
    """
insert into raw.tickets (load_id, row_number, ticket_id, client, opened_at, resolved_at, technician, category, priority,
    sla_resolution_minutes, hours)
select 5, n, n, 'Client ' || (n * 7) % $clients, opened_at, if(n % 50 = 0, null, opened_at + to_hours(1 + n % 200)),
    'Person ' || n % $people, 'Kind ' || n % $kinds, 'P' || n % 9, 480, 1
from range($clients * $months) as numbers (n)
cross join lateral (select timestamp '2021-01-04 09:00' + to_minutes(n * 36)) as opening (opened_at)""",
    """
insert into raw.time_entries (load_id, row_number, entry_id, ticket_id, worked_on, hours, technician, client)
select 6, n, n, n, date '2021-01-04' + cast(n // 40 as integer), 1 + n % 3, 'Person ' || n % $people,
    'Client ' || (n * 7) % $clients
from range($clients * $months) as numbers (n)""",
    """
insert into raw.reviews (load_id, row_number, client, scheduled_on, held_on)
select 7, n * 100 + quarter, 'Client ' || n, day, if(n % 3 = 0, null, day)
from range($clients) as numbers (n) cross join range(20) as quarters (quarter)
cross join lateral (select date '2021-02-01' + to_months(cast(3 * quarter as integer))) as planned (day)""",
    """
insert into raw.outcomes (load_id, row_number, client, month, measure, value, target)
select 8, n, 'Client ' || n, date '2025-12-01', 'uptime', 0.99, 0.999 from range($clients) as numbers (n)""",
)


@pytest.fixture(scope="module")
def looked_up(held: warehouse.Connection) -> dict[Choices, bool]:
    """What was chosen of the rows already, and whether there were any."""
    return {}


def _wide(con: warehouse.Connection) -> None:
    numbers = {"clients": CLIENTS, "people": PEOPLE, "kinds": KINDS, "months": MONTHS}
    for sql in WIDE:
        con.execute(sql, {name: value for name, value in numbers.items() if f"${name}" in sql})
    warehouse.build(con)


SIZES: dict[str, Callable[[warehouse.Connection], None]] = {
    "one client, one month": partial(fill, tables=ONE), "a large firm": _wide,
}  # fmt: skip


@pytest.fixture(scope="module", params=SIZES)
def held(request: pytest.FixtureRequest, quick: None) -> warehouse.Connection:
    """A workspace of that size, which all pages of this module read."""
    con = warehouse.connect()
    SIZES[request.param](con)
    return con


def _begun(con: warehouse.Connection, choices: Choices = ()) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=PATIENCE)
    app.session_state[session.CONNECTION] = con
    for name, value in choices:
        app.session_state[name] = value
    return app.run()


def _opened(app: AppTest, page: str) -> AppTest:
    if page != "start":
        app.switch_page(contents.path(page)).run()
    assert not app.exception
    assert not app.error
    assert app.title[0].value == contents.entry(page).question
    assert MISSING.findall(read(app)) == []
    return app


def _made_from(name: str) -> set[str]:
    return {kind for need in (*query(name).needs, *query(name).uses) for kind in need.split("|")}


def _of_files(read_by: set[str]) -> set[str]:
    """The kinds of rows of files that these kinds of files hold."""
    shown = {kind.name: query(kind.table.query) for kind in explain.KINDS}
    held = {name: all(read_by & set(need.split("|")) for need in item.needs) for name, item in shown.items()}
    return {name for name, item in shown.items() if "row_number" in item.grain and held[name]}


def _leads_to_rows(con: warehouse.Connection, choices: Choices) -> bool:
    """Whether what is chosen has rows, and files of all of them; one of many may have none, which is said."""
    app, chosen = _opened(_begun(con, choices), contents.ROWS), dict(choices)
    assert all(app.session_state[name] == chosen[name] for name in (explain.KIND, explain.CLIENT))
    files = {button.proto.label for button in app.get("download_button")}
    if not app.dataframe:
        is_of_one = {value for name, value in choices if name != explain.KIND} != {explain.ALL}
        return is_of_one and "no row of this kind" in read(app)
    return {"CSV", "XLSX"} <= files


@pytest.mark.parametrize("page", PAGES)
def test_page_stands_and_its_numbers_lead_to_their_rows_in_two_clicks(held, looked_up, page, monkeypatch):
    """One opens the explanation, in which there is a button for every kind of rows that the page's queries read."""
    ways: dict[str, Choices] = {}
    monkeypatch.setattr(contents, "button", lambda label, key, to, choices: ways.update({key: tuple(choices.items())}))
    app = _begun(held)
    if page != "start":
        ways.clear()
    _opened(app, page)
    shown, asked = app.session_state[record.SHOWN], app.session_state[record.ASKED]
    found = {key: choices for key, choices in ways.items() if key.startswith("rows_")}
    if shown and page != "buyer":  # what offers cost is written down on the page itself
        kinds = _of_files(set().union(*map(_made_from, asked)))
        assert kinds and {key for key in found if not key.startswith("rows_of_")} == {f"rows_{kind}" for kind in kinds}
    for choices in set(found.values()) - looked_up.keys():
        looked_up[choices] = _leads_to_rows(held, choices)
    assert [choices for choices in found.values() if not looked_up[choices]] == []
