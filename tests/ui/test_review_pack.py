"""The page of packs: what it says, what it offers, how it presents, and whose name a pack carries."""

from __future__ import annotations

from datetime import datetime
from types import SimpleNamespace

from tests.sql.conftest import fill
from tests.sql.rows import entry, line, reached
from tests.ui.conftest import open_page, own, read
from vitals.exports.pack.clients import Client, Due
from vitals.registers import register
from vitals.ui.page import memory, session
from vitals.ui.words import packs
from vitals.workspace import choices


def due(*made: str, own: tuple[str, ...] = (), empty: tuple[str, ...] = (), is_known: bool = True) -> Due:
    """Who is due, by name."""
    return Due(*(tuple(Client(name, name) for name in names) for names in (made, own, empty)), is_known)


def test_what_is_ready_is_counted():
    pack = SimpleNamespace(slides=[SimpleNamespace(section=name) for name in ("demand", "spend", "appendix")])
    assert packs.ready("A", "Q3 2026", pack, due("b")) == (
        "The pack of A for Q3 2026 is ready: 3 slides, and 1 of appendix. "
        "1 client is due a review at the quarter's end."
    )
    assert "2 clients are due" in packs.ready("A", "Q3 2026", pack, due("b", "c"))
    pack.slides.pop()
    assert "is ready: 3 slides, without an appendix." in packs.ready("A", "Q3 2026", pack, due())
    assert packs.ready("A", "Q3 2026", pack, due()).endswith("Nobody is due a review at the quarter's end.")
    assert packs.ready("A", "Q3 2026", pack, due("b", is_known=False)).endswith(
        "by the calendar: no review is on file."
    )
    assert (packs.of_all(1), packs.of_all(15)) == ("The one due (ZIP)", "All 15 due (ZIP)")


def test_who_gets_no_pack_is_named():
    assert packs.left_out(due("a")) == ""
    assert packs.left_out(due(own=("We",), empty=("b", "c", "d", "e", "f"))) == (
        "Not among them: We, never billed and so perhaps your own firm. "
        "Not among them: b, c, d and 2 more, with nothing on file in the quarter."
    )


def test_without_a_client_the_page_says_what_to_load():
    app = open_page("start")
    entries = [entry("2026-03-02", 2), entry("2026-03-31", 2)]
    fill(own(app), {"time_entries": entries, "tickets": reached("2026-03-31")})
    app.session_state[memory.KEPT] = {}
    app.switch_page("pages/review_pack.py").run()
    assert not app.exception


def small(**more):
    """The page on three months of one client."""
    app = open_page("start")
    rows = [
        line("**Birch** Dental", f"2026-0{month}-28", 100, item="Plan", revenue_class="managed") for month in (1, 2, 3)
    ]
    fill(own(app), {"invoice_lines": [*rows, line("Alder", "2026-03-31", 50)], **more})
    app.session_state[memory.KEPT] = {}
    app.query_params["client"] = "**Birch** Dental"
    return app.switch_page("pages/review_pack.py").run()


def test_page_shows_the_slides_and_presents_them_one_by_one():
    app = small()
    assert not app.exception and not app.error
    assert "The pack of **Birch** Dental for Q1 2026 is ready: 2 slides, and 2 of appendix." in read(app)
    # the appendix is as long as the quarter had tickets: it is drawn for whoever opens it
    assert len(app.get("image")) == 2
    app.session_state["pack_appendix"] = True
    assert len(app.run().get("image")) == 4
    assert {"PPTX", "PDF"} <= {button.proto.label for button in app.get("download_button")}
    app.button(key="pack_present").click().run()
    assert not app.exception and "1 of 4" in read(app)
    app.button(key="pack_next").click().run()
    assert app.session_state["pack_shown"] == 1


def test_whoever_makes_a_pack_reads_first_that_its_tickets_are_untyped():
    tickets = [{"ticket_id": "1", "client": "**Birch** Dental", "opened_at": datetime(2026, 3, 2, 10)}]
    app = small(tickets=[*tickets, *reached("2026-03-31")])
    assert not app.exception and not app.error
    assert "No ticket states its type, so every one counts as an incident." in read(app)


def test_branding_is_told_what_it_can_not_be_and_kept_otherwise():
    app = small()
    app.text_input(key="brand_company").set_value("Tallow & Co")
    app.color_picker(key="brand_colour").set_value("#ffff00")
    app.button(key="brand_keep").click().run()
    assert "can't be read on white" in read(app)
    con = app.session_state[session.CONNECTION]
    assert choices.register_rows(con, "review_branding") == []
    app.color_picker(key="brand_colour").set_value("#226644")
    app.button(key="brand_keep").click().run()
    (kept,) = choices.register_rows(con, "review_branding")
    assert (kept["company"], kept["colour"], kept["logo"]) == ("Tallow & Co", "#226644", None)
    assert not app.exception and not app.error


def test_speaker_notes_are_told_of_and_can_be_left_out():
    app = small()
    assert packs.SPEAKER in read(app)
    app.toggle(key="pack_speaker").set_value(False).run()
    assert not app.exception and not app.error


def test_appendix_that_stands_first_is_shown_as_the_appendix():
    """Its slides were taken from the end of the pack, wherever it stood."""
    app = small()
    con = app.session_state[session.CONNECTION]
    first = [{**row, "position": 0 if row["section"] == "appendix" else row["position"]}
             for row in register("review_sections").rows]  # fmt: skip
    choices.keep_register(con, "review_sections", first)
    app.session_state[memory.KEPT] = {}
    app.session_state["pack_appendix"] = True
    app.run()
    assert not app.exception
    cover, spend, *behind = (picture.proto.imgs[0].alt for picture in app.get("image"))
    assert cover.endswith("Q1 2026") and "was billed" in spend
    assert behind == ["How these figures are made", "What these figures leave out, and what was not supplied"]


def test_what_is_written_begins_with_the_quarter_that_the_page_shows():
    """Both tables are another editor for another quarter, so that what was added under one keeps its beginning."""
    app = small()
    for name in ("review_actions", "review_notes"):
        assert app.session_state[f"register_{name}_**Birch** Dental_2026-01-01_0_rows"] == []
