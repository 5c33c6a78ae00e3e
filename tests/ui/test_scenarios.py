"""Proposals on their page: they are compared, and nothing else changes."""

from types import SimpleNamespace as Namespace

from tests.ui.conftest import open_page, own, read
from vitals import warehouse
from vitals.kept import shared
from vitals.ui.page import memory, standing
from vitals.workspace import choices, scenarios

MONTHS = range(1, 13)
HELD = ("core.assumption", "raw.sla_terms", "core.dim_sla_terms")


def test_proposals_stand_side_by_side():
    app = open_page("scenarios")
    assert "needs" in read(app)
    con = own(app)
    for month in MONTHS:
        con.execute(
            "insert into raw.invoice_lines (load_id, row_number, client, invoiced_on, amount, revenue_class, "
            "direct_cost) values (1, ?, 'Acme', make_date(2025, ?, 1), 2000, 'managed', 100)", [month, month]
        )  # fmt: skip
        for day in (1, 2, 3, 15, 28, 29, 30, 31) if month in (1, 3, 5, 7, 8, 10, 12) else (1, 2, 3, 15, 26, 27, 28):
            con.execute(
                "insert into raw.time_entries (load_id, row_number, client, worked_on, hours) "
                "values (1, ?, 'Acme', make_date(2025, ?, ?), 1.25)", [month * 100 + day, month, day]
            )  # fmt: skip
    con.execute("insert into raw.clients (load_id, row_number, client, users) values (1, 1, 'Acme', 10)")
    warehouse.build(con)
    choices.keep_register(con, "sla_terms", [{"client": "Acme", "credit_cap": 0.2, "credit": 0.1}])
    ours = {"name": "**Ours**", "model": "outcome", "target_gross_margin": 0.2, "sla_credit_cap": 0.1}
    choices.keep_register(con, "scenarios", [ours])
    held = [con.execute(f"from {table}").fetchall() for table in HELD]
    app.session_state[memory.KEPT] = {}
    app.run()
    assert not app.exception
    assert "Cheapest to buy is **Ours**" in read(app)
    assert list(app.dataframe[0].value["name"]) == ["Outcome price as assumed", "**Ours**"]
    # what a proposal says of a term stands before what was agreed with the client, what it leaves empty doesn't
    terms = app.dataframe[1].value
    assert (list(terms["credit_cap"]), list(terms["credit"])) == ([0.2, 0.1], [0.1, 0.1])
    assert [con.execute(f"from {table}").fetchall() for table in HELD] == held
    # who read a workspace together share its answers, and nothing that rests on what one of them supposes
    holding = app.session_state[standing.HOLDING]
    holding.connection, holding.reading = None, shared.Reading(Namespace(name="Acme"), con, Namespace())
    app.run()
    assert not app.exception
    assert list(app.dataframe[0].value["name"]) == ["Outcome price as assumed", "**Ours**"]
    made = {name for _, name, *_ in holding.reading.shelf._made}
    assert "metrics.outcome_price" in made
    assert not made & {scenarios.FIGURES, scenarios.TERMS, "proposals"}
