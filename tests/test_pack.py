"""A client's pack as files: figures by hand, nothing that is not the client's, names that are harmless."""

from __future__ import annotations

import io
import stat
import zipfile
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
from PIL import Image
from pptx import Presentation
from pypdf import PdfReader

from tests import lazy
from tests.sql.conftest import fill
from tests.sql.rows import day, entry, line, reached
from vitals import cli, formats
from vitals.errors import VitalsError
from vitals.exports.pack import (
    branding,
    clients,
    drawing,
    facts,
    files,
    impact,
    layout,
    opening,
    paper,
    powerpoint,
    sections,
    service,
    worth,
)
from vitals.exports.pack.clients import Client
from vitals.exports.pack.facts import Facts, Quarter
from vitals.exports.pack.slides import Chart, Column, Series, Table
from vitals.formats import NO_BREAK
from vitals.registers import register
from vitals.ui.words import desk
from vitals.workspace import choices

ACME, QUARTER = "Acme & Söhne", Quarter(day("2026-01"))
EVIL = "=cmd|'/c calc'!A1 <b>#1</b> $x$ *y* \N{RIGHT-TO-LEFT OVERRIDE}שלום " + "sehr " * 60
SECRETS = {
    "technician": "Zebediah Quillfeather", "cost rate": "61.7731", "other client": "Nebuchadnezzar Holdings",
    "internal note": "they-will-leave-us", "no reader": "unsaid-reader-note", "manager": "Ottoline Gravesend",
    "their item": "Orichalcum licence", "other's note": "note-of-the-other",
}  # fmt: skip
"""Values that stand nowhere else: wherever one turns up, it leaked."""
WAGE, DIRECT_COST, HOURS = Decimal("61.7731"), Decimal("731.3307"), Decimal("7.5")


def ticket(number: str, on: tuple[int, int], minutes: int, category: str, **more) -> dict:
    opened = datetime(2026, *on, 10)
    return {
        "ticket_id": number, "client": ACME, "opened_at": opened, "priority": "High", "category": category,
        "first_response_at": opened.replace(minute=30), "sla_response_minutes": 60, "sla_resolution_minutes": 240,
        "resolved_at": opened.replace(hour=10 + minutes // 60), "technician": SECRETS["technician"],
        "hours": 1, "csat": 1, **more,
    }  # fmt: skip


def told() -> dict[str, list[dict]]:
    """A quarter of one client, with what it must never see all around it."""
    other = SECRETS["other client"]
    return {
        "clients": [
            {"client": ACME, "users": 10, "account_manager": SECRETS["manager"]},
            {"client": other, "users": 5},
        ],
        "tickets": [
            *(ticket(f"A-{place}", (2, place + 2), 120, EVIL) for place in range(3)),
            ticket("A-late", (3, 3), 360, "Network"),
            ticket("B-1", (3, 3), 60, "Their category") | {"client": other},
            *reached("2026-03-31"),
        ],
        "technicians": [{"technician": SECRETS["technician"], "hourly_cost": WAGE}],
        "time_entries": [
            entry("2026-02-03", HOURS, ACME, technician=SECRETS["technician"], coverage="agreement"),
            entry("2026-02-04", 2, ACME, technician=SECRETS["technician"], coverage="out_of_scope_unbilled"),
            entry("2026-02-04", 5, other, technician=SECRETS["technician"], coverage="agreement"),
            entry("2026-01-01", 0), entry("2026-03-31", 0),
        ],
        "invoice_lines": [
            *(line(ACME, f"2026-0{n}-15", 1000, item="Plan", revenue_class="managed", direct_cost=DIRECT_COST)
              for n in (1, 2, 3)),
            line(other, "2026-02-15", 999, item=SECRETS["their item"], revenue_class="managed"),
        ],
        "agreements": [{"client": ACME, "name": EVIL, "monthly_fee": 1000, "starts_on": day("2025-05-01"),
                        "renews_on": day("2026-05-01"), "notice_days": 30}],
        "review_notes": [
            {"client": ACME, "section": "demand", "note": "A note for them.", "reader": "client", "place": 0},
            {"client": ACME, "section": "demand", "note": SECRETS["internal note"], "reader": "internal", "place": 1},
            {"client": ACME, "section": "demand", "note": SECRETS["no reader"], "place": 2},
            {"client": other, "section": "demand", "note": SECRETS["other's note"], "reader": "client", "place": 3},
        ],
        "review_actions": [
            {"client": ACME, "kind": "action", "what": EVIL, "owner": EVIL, "due_on": day("2026-02-01"),
             "agreed_on": day("2025-12-01"), "place": 0},
            {"client": ACME, "kind": "decision", "what": "Renew for three years", "due_on": day("2026-04-30"),
             "place": 1},
        ],
    }  # fmt: skip


@pytest.fixture(scope="module")
def con():
    opened = lazy.connect(is_built=False)
    fill(opened, told())
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def pack(con):
    return sections.make(con, clients.named(con, ACME).key, QUARTER)


@pytest.fixture(scope="module")
def deck(pack):
    return powerpoint.as_pptx(pack)


@pytest.fixture(scope="module")
def made(pack):
    return paper.as_pdf(pack)


def everything_in(content: bytes) -> str:
    """All text of a deck: slides, notes, metadata, and the workbooks inside its charts."""
    said = []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            inner = archive.read(name)
            said.append(everything_in(inner) if name.endswith(".xlsx") else inner.decode("utf-8", "replace"))
    return "\n".join(said)


def titles(pack) -> dict[str, str]:
    return {slide.section: slide.title for slide in reversed(pack.slides)}


def test_no_secret_is_in_a_deck(deck):
    found = everything_in(deck)
    assert "Renew for three years" in found and "A note for them." in found
    assert [what for what, secret in SECRETS.items() if secret in found] == []


def test_no_secret_is_in_a_pdf(made):
    reader = PdfReader(io.BytesIO(made.content))
    found = "\n".join([*(page.extract_text() for page in reader.pages), str(reader.metadata), str(reader.xmp_metadata)])
    assert "three years" in found
    assert [what for what, secret in SECRETS.items() if secret in found] == []
    # nor anywhere in what stands uncompressed
    assert [what for what, secret in SECRETS.items() if secret.encode() in made.content] == []


def test_no_cost_is_among_the_figures(deck, made):
    """The wage, the tools' cost, what the labour cost and what is left of the fee, however they are rounded."""
    labour = (HOURS + 2) * WAGE
    numbers = {WAGE, DIRECT_COST, 3 * DIRECT_COST, labour, 3000 - 3 * DIRECT_COST, 3000 - 3 * DIRECT_COST - labour}
    written = {f"{number:{form}}" for number in numbers for form in (",.2f", ".2f")}
    written |= {f"{number:,.0f}" for number in numbers if number > 1000}
    pages = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(made.content)).pages)
    shown = "\n".join(
        shape.text_frame.text for slide in Presentation(io.BytesIO(deck)).slides for shape in slide.shapes
        if shape.has_text_frame
    )  # fmt: skip
    assert [number for number in written if number in pages or number in shown] == []


def test_sentences_say_what_the_rows_say(pack):
    """Four tickets of ten users in the two months that have any; three took 2 h, one 6 h, a quarter of users each:
    (6 + 6) x 2.5 hours lost."""
    said = {title.replace("\N{NO-BREAK SPACE}", " ") for title in (slide.title for slide in pack.slides)}
    assert "Urgent incidents cost your users about 30.0 h" in said
    assert "4 tickets were opened: 0.2 a user and month" in said
    assert "3 of 4 tickets were resolved in time (75.0 %)" in said
    assert "4 of 4 ratings were happy, too few to judge by: fewer than 10" in said
    assert "$3,000 was billed for Q1 2026, all of it the service fee" in said
    assert "9.5 h were worked for you, 2.0 h of them beyond the agreement at no charge" in said
    assert "None of 1 action agreed before is done, 1 late" in said
    assert "Until the next review: 1 decision and 1 action" in said


def test_a_fee_that_is_all_or_nothing_of_what_was_billed_is_no_second_amount():
    """A quarter without an invoice was told that $0 was billed, $0 of it the fee."""
    said = [
        worth._billed({"billed": Decimal(billed), "fee": Decimal(fee)}, "Q3 2026")
        for billed, fee in ((0, 0), (1694, 1694), (300, 0), ("1694.40", "1694.00"))
    ]
    assert said == [
        "Nothing was billed for Q3 2026",
        "$1,694 was billed for Q3 2026, all of it the service fee",
        "$300 was billed for Q3 2026, none of it a service fee",
        "$1,694 was billed for Q3 2026, $1,694 of it the service fee",
    ]


def test_what_coming_back_means_is_said_only_where_something_does():
    """A client of seven tickets read how causes that come back are sorted, below a chart of three bars of 1."""
    assert service._how_back([]) == ""
    assert service._how_back([{"categories": 9}]).startswith("Comes back: at least three tickets")


def test_summary_has_outcomes_a_miss_and_a_decision(pack):
    points = next(slide.points for slide in pack.slides if slide.section == "executive summary")
    assert [point.head for point in points] == ["Outcome"] * 3 + ["Missed", "Decision"]
    missed = "1 action agreed before is late. 1 of 4 tickets missed the target of resolution. This is ours to mend."
    assert points[-2].text == missed
    assert points[-1].text.replace("\N{NO-BREAK SPACE}", " ") == "Renew for three years, by 30 Apr 2026."


def test_monthly_targets_that_were_missed_are_owned_with_the_others():
    """Uptime of one month of two: the slide of reliability alone said so, and the summary named the tickets."""
    levels = [{"is_total": True, "resolution_judged": 9, "resolution_met": 8, "response_judged": 9, "response_met": 9}]
    told = {"actions": [], "criteria": [], "responsiveness": levels, "outcomes": [{"is_met": True}, {"is_met": False}]}
    found = {f"client_safe.{name}": rows for name, rows in told.items()}
    assert list(opening._misses(Facts(Quarter(day("2026-07")), {}, found, []))) == [
        "1 of 9 tickets missed the target of resolution.",
        "1 of 2 monthly targets of reliability missed.",
    ]


def test_a_deck_can_be_edited_and_read_aloud(deck, pack):
    opened = Presentation(io.BytesIO(deck))
    assert len(opened.slides) == len(pack.slides) + 1
    shapes = [shape for slide in opened.slides for shape in slide.shapes]
    charts = [shape for shape in shapes if shape.has_chart]
    assert len(charts) >= 5
    assert all(
        shape.element.xpath(".//p:cNvPr")[0].get("descr") for shape in shapes if shape.has_chart or shape.has_table
    )
    assert all(slide.notes_slide.notes_text_frame.text and slide.shapes.title.text for slide in opened.slides)
    assert [found.name for found in opened.slide_layouts] == ["Cover", "Slide"]
    assert opened.core_properties.author == "MSP Vitals"


def test_speaker_notes_are_left_out_where_they_are_not_wanted(pack):
    """They coach whoever presents it; the file then holds no notes at all, not even empty ones."""
    with zipfile.ZipFile(io.BytesIO(files.written(pack, ".pptx", has_notes=False).content)) as archive:
        assert not [name for name in archive.namelist() if "notesSlide" in name]
    said = [
        slide.notes_slide.notes_text_frame.text for slide in Presentation(io.BytesIO(powerpoint.as_pptx(pack))).slides
    ]
    assert said[1:] == [slide.speaker for slide in pack.slides]


def test_charts_of_a_pack_are_drawn_without_a_browser(pack):
    with zipfile.ZipFile(io.BytesIO(files.written(pack, ".zip").content)) as archive:
        made = {name: archive.read(name) for name in archive.namelist()}
    charts = [slide.chart for slide in pack.slides if slide.chart]
    drawn = [name for name in made if name.endswith(".svg")]
    assert len(drawn) == len(charts) >= 5 and len(made) == 2 * len(drawn)
    for name in drawn:
        root = ElementTree.fromstring(made[name])
        assert root.tag.endswith("svg") and len(root)
        picture = Image.open(io.BytesIO(made[name.replace(".svg", ".png")])).convert("RGB")
        assert picture.width > 1500 and len(picture.getcolors(1 << 24)) > 3
    assert [what for what, secret in SECRETS.items() if any(secret.encode() in one for one in made.values())] == []


def test_names_act_as_nothing(deck):
    """No formula and no link in the workbooks of the charts, no markup, no letters that turn the text around."""
    with zipfile.ZipFile(io.BytesIO(deck)) as archive:
        books = [archive.read(name) for name in archive.namelist() if name.endswith(".xlsx")]
        slides = "".join(archive.read(name).decode() for name in archive.namelist() if "slides/slide" in name)
    assert books and not [book for book in books if "<f>" in everything_in(book) or "hyperlink" in everything_in(book)]
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in slides and "<b>#1" not in slides
    assert [powerpoint.harmless(name)[0] for name in ("=1", "{=1}", "https://x", "internal:A1", "Mail")] == [*"''''M"]


def test_nothing_overflows_its_slide(pack):
    # what a figure is and what it rests on is ours to word, and is never cut
    said = [text for slide in pack.slides for figure in slide.figures for text in (figure.label, figure.detail)]
    shown = {item.text for page in layout.pages(pack) for item in page.items if isinstance(item, layout.TextAt)}
    assert said and set(filter(None, said)) <= shown
    for page in layout.pages(pack):
        for item in (*page.frame, *page.items):
            box = item.box
            assert box.left >= 0 and box.left + box.width <= layout.WIDTH + 0.01
            assert box.top >= 0 and box.top + box.height <= layout.HEIGHT + 0.01
            if isinstance(item, layout.TextAt):
                lines = layout.lines_of(item.text, box.width, item.size, item.is_bold)
                assert len(lines) * item.size * 1.2 / layout.POINT <= box.height + 0.1, item.text
            if isinstance(item, layout.TableAt):
                assert sum(item.heights) <= box.height + 0.01


def test_rows_without_room_are_counted():
    """Forty lines don't fit three inches, whatever their size: what is left out is said in the last row."""
    table = Table((Column("What", 3), Column("n", 1, True)), tuple((f"row {place}", "1") for place in range(40)))
    shown = layout.tabled(table, layout.Box(0, 0, 6, 3)).table.rows
    assert shown[-1] == (f"and {40 - len(shown) + 1} more", "")
    assert shown[0] == ("row 0", "1") and len(shown) < 40
    narrow = Table((Column("What", 9), Column("n", 0.1, True)), (("a", "123,456.78"),))
    assert layout.tabled(narrow, layout.Box(0, 0, 6, 3)).table.rows == (("a", "123,456.78"),)


def test_a_pdf_is_tagged_and_titled(made, pack):
    reader = PdfReader(io.BytesIO(made.content))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.metadata.title == pack.title == f"{ACME}: service review Q1 2026"
    fonts = {font.get_object()["/BaseFont"] for font in reader.pages[1]["/Resources"]["/Font"].values()}
    assert any("IBMPlexSans" in name for name in fonts)
    shapes = [font.get_object()["/DescendantFonts"][0] for page in reader.pages
              for font in page["/Resources"]["/Font"].values()]  # fmt: skip
    assert all("/FontFile2" in shape["/FontDescriptor"] or "/FontFile3" in shape["/FontDescriptor"] for shape in shapes)
    assert len(paper.as_pictures(pack)) == len(pack.slides) + 1


def test_letters_that_no_font_has_are_said(pack):
    strange = replace(pack, cover=replace(pack.cover, client="\N{LINEAR B SYLLABLE B008 A}\N{CUNEIFORM SIGN A}"))
    assert paper.as_pdf(strange).remark == paper.NOT_ACCESSIBLE


def test_a_month_of_which_only_the_end_is_on_file_is_no_whole_month(con):
    """Invoices from 16 January on: the slide marks that month, its title and caption say so, and so does the page."""
    days = ("2026-01-16", "2026-02-01", "2026-03-01")
    fill(con, {
        "clients": [{"client": ACME}],
        "invoice_lines": [line(ACME, one, 1000, item="Plan", revenue_class="managed") for one in days],
        "tickets": reached("2026-03-31"),
    })  # fmt: skip
    pack = sections.make(con, clients.named(con, ACME).key, QUARTER)
    (slide,) = [slide for slide in pack.slides if slide.section == "spend"]
    assert slide.chart.categories == ("Jan 2026 (part)", "Feb 2026", "Mar 2026")
    assert slide.title.replace(NO_BREAK, " ").startswith("$3,000 was billed for Q1 2026 from 16 Jan 2026 on, all of it")
    assert slide.figures[0].detail == "in 3 months of Q1 2026, one in part"
    begins = "Invoices on file begin on 16 Jan 2026: that month is there in part."
    assert slide.footnote.replace(NO_BREAK, " ").startswith(begins)
    assert pack.caveat.replace(NO_BREAK, " ") == begins
    fill(con, told())


def test_whoever_hands_it_out_is_told_that_tickets_are_untyped(pack):
    assert pack.caveat.endswith("No ticket states its type, so every one counts as an incident.")


def test_whoever_hands_it_out_is_told_of_months_that_are_not_complete(pack):
    """Tickets begin within January; invoices are there for all three months of the quarter."""
    assert pack.caveat.startswith("Not all months are complete: tickets for 2 of 3. ")


def test_a_client_without_anything_still_has_a_pack(con):
    fill(con, {"clients": [{"client": "Tiny"}]})
    tiny = sections.make(con, "tiny", QUARTER)
    assert {slide.section for slide in tiny.slides} == {"appendix"}
    absent = next(slide.table for slide in tiny.slides if "not supplied" in slide.title)
    assert isinstance(absent, Table) and len(absent.rows) == 12 + 1
    why = "Not supplied: no month of the quarter is complete for tickets."
    assert ("Demand", why) in absent.rows and ("Business impact", why) in absent.rows
    assert paper.as_pdf(tiny).content and powerpoint.as_pptx(tiny)
    with pytest.raises(VitalsError, match="no such client"):
        sections.make(con, "nobody", QUARTER)
    fill(con, told())


def test_sections_are_chosen_and_put_in_order(con):
    rows = register("review_sections").rows
    try:
        kept = [
            {**row, "is_shown": row["section"] in ("demand", "value delivered"), "position": -row["position"] + 50}
            for row in rows
        ]
        choices.keep_register(con, "review_sections", kept)
        assert sections.chosen(con) == ["value delivered", "demand"]
        choices.keep_register(con, "review_sections", [row for row in kept if row["section"] != "spend"])
        assert sections.chosen(con) == ["spend", "value delivered", "demand"]
        # parts of the appendix are shown with it alone, each unless it is left out
        parts = {"appendix", "not supplied", "ticket list"}
        for shown, titled in ((parts, 3), (parts - {"not supplied"}, 2), (parts - {"appendix"}, 0), ({"appendix"}, 1)):
            choices.keep_register(
                con, "review_sections", [{**row, "is_shown": row["section"] in shown} for row in rows]
            )
            made = sections.make(con, clients.named(con, ACME).key, QUARTER)
            assert {slide.section for slide in made.slides} == ({"appendix"} if titled else set())
            assert len({slide.title.split(" (")[0] for slide in made.slides}) == titled
            assert any("not supplied" in slide.title for slide in made.slides) == (titled == 3)
    finally:
        choices.keep_register(con, "review_sections", [])
    assert sections.chosen(con)[:2] == ["since last time", "success criteria"]


def picture(size: tuple[int, int], form: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "#1f5f9e").save(out, form)
    return out.getvalue()


SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20">{}</svg>'


@pytest.mark.parametrize(
    "content",
    [
        picture((1200, 400)), picture((30, 30), "JPEG"), SVG.format('<rect width="40" height="20"/>').encode(),
    ],
)  # fmt: skip
def test_a_logo_becomes_a_small_picture(content):
    read = Image.open(io.BytesIO(branding.read_logo(content)))
    assert read.format == "PNG" and read.width <= 900 and read.height <= 300


@pytest.mark.parametrize(
    "content",
    [
        b"no picture", b"GIF89a" + bytes(40), bytes(2_000_001), picture((6000, 4000)),
        SVG.format('<image href="file:///etc/passwd"/>').encode(), SVG.format("<script>1</script>").encode(),
        SVG.format('<rect fill="url(http://x/y)"/>').encode(), b'<!DOCTYPE x [<!ENTITY a "b">]><svg>&a;</svg>',
        SVG.format("<g/>" * 6000).encode(), b"<svg",
    ],
)  # fmt: skip
def test_a_logo_that_is_no_small_picture_is_refused(content):
    with pytest.raises(VitalsError):
        branding.read_logo(content)


def test_colours_must_be_read_on_white():
    assert branding.check_colour("#1F5F9E") == "#1f5f9e"
    assert branding.contrast("#000000") == pytest.approx(21)
    for colour in ("#ffcc00", "blue", "#12345"):
        with pytest.raises(VitalsError):
            branding.check_colour(colour)


def test_branding_is_kept_with_the_workspace(con, pack):
    said = {
        "company": "Tallow & Co",
        "prepared_by": "Ana",
        "colour": "#7a1f5f",
        "logo": branding.as_text(picture((90, 30))),
    }
    try:
        choices.keep_register(con, "review_branding", [said])
        kept = branding.kept(con)
        assert (kept.company, kept.colour) == ("Tallow & Co", "#7a1f5f")
        ours = sections.make(con, clients.named(con, ACME).key, QUARTER)
        found = everything_in(powerpoint.as_pptx(ours))
        assert "Tallow &amp; Co" in found and "7A1F5F" in found and "1F5F9E" not in found
        choices.keep_register(con, "review_branding", [said | {"colour": "#ffff00"}])
        assert branding.kept(con).colour == branding.Branding.colour
    finally:
        choices.keep_register(con, "review_branding", [])


def test_files_have_names_of_their_own():
    found = [Client("a", "A/B: C"), Client("b", "a-b c"), Client("c", "../..")]
    assert files.stems(found, QUARTER) == ["A-B-C-Q1-2026", "a-b-c-Q1-2026-2", "client-Q1-2026"]
    assert files.stem(Client("d", "บริการ & Söhne"), QUARTER) == "บริการ-Söhne-Q1-2026"
    assert files.quarter(None, "2026-q3").last_day == day("2026-09-30")
    with pytest.raises(VitalsError, match="no quarter"):
        files.quarter(None, "third")


def test_command_line_writes_packs_for_their_owner_alone(lazily, tmp_path, capsys):
    kept, lines = tmp_path / "w.duckdb", tmp_path / "lines.csv"
    rows = [f"Birch Dental,2026-0{month}-28,100.00,Plan,managed" for month in (1, 2, 3)]
    lines.write_text("\n".join(["client,invoiced_on,amount,item,revenue_class", *rows]) + "\n")
    assert cli.main(["load", "--workspace", str(kept), str(lines)]) == 0
    for ending in (".pptx", ".pdf", ".zip"):
        out = tmp_path / f"deck{ending}"
        asked = ["deck", "--workspace", str(kept), "--client", "birch  dental", "--out", str(out)]
        assert cli.main(asked) == 0
        assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert "Birch Dental, Q1 2026" in capsys.readouterr().out
    out = tmp_path / "quiet.pptx"
    quiet = ["deck", "--workspace", str(kept), "--client", "Birch Dental", "--no-speaker-notes", "--out", str(out)]
    assert cli.main(quiet) == 0
    noted = [[slide.has_notes_slide for slide in Presentation(path).slides] for path in (tmp_path / "deck.pptx", out)]
    assert all(noted[0]) and not any(noted[1])
    assert cli.main(["deck", "--workspace", str(kept), "--client", "Birch Dentist", "--out", "x.pdf"]) == 2
    assert "Near it: Birch Dental." in capsys.readouterr().err
    assert (
        cli.main(["deck", "--workspace", str(kept), "--client", "Birch Dental", "--out", str(tmp_path / "x.doc")]) == 2
    )
    assert "End it in .pptx or .pdf, or in .zip for its charts." in capsys.readouterr().err
    folder = tmp_path / "all"
    every = ["deck", "--workspace", str(kept), "--all-due", "--quarter", "2026-Q1", "--out", str(folder)]
    assert cli.main([*every, "--no-speaker-notes"]) == 0
    assert "all clients due a review at the end of Q1 2026" in capsys.readouterr().out


class Told:
    """Facts that somebody wrote down."""

    quarter = QUARTER

    def __init__(self, **rows):
        self.known = rows

    def rows(self, name):
        return self.known.get(name, [])

    def now(self, name):
        return next(reversed(self.rows(name)), {})


def _categories(*tickets):
    in_all = sum(tickets)
    return [
        {"category": f"Kind {place}", "tickets": count, "ticket_share": count / in_all, "ticket_hours": 1.0}
        for place, count in enumerate(tickets)
    ]


def _cause(category):
    """Two hours on three tickets, in two of four quarters."""
    counted = {"tickets": 3, "quarters": 2, "quarters_in_all": 4, "ticket_hours": 2.0, "categories": 9}
    return {"category": category, **counted}


def test_share_of_a_handful_of_tickets_is_said_in_tickets():
    (few,) = service._causes(Told(demand_categories=_categories(2, 1)))
    (many,) = service._causes(Told(demand_categories=_categories(15, 5)))
    assert few.title == "Kind 0 takes the most tickets: 2 of 3"
    assert many.title == f"Kind 0 takes the most tickets: 15 of 20 (75{NO_BREAK}%)"


def test_what_came_in_one_quarter_alone_does_not_come_back():
    causes = [_cause("Email") | {"quarters": 1}]
    (slide,) = service._causes(Told(demand_categories=_categories(3, 1), recurring_causes=causes))
    assert slide.title == "Kind 0 takes the most tickets: 3 of 4"
    causes[0]["quarters"] = 2
    (slide,) = service._causes(Told(demand_categories=_categories(3, 1), recurring_causes=causes))
    assert slide.title == f"Email comes back most: 2.0{NO_BREAK}h on 3 tickets in 2 of 4 whole quarters"
    causes[0]["ticket_hours"] = 0
    (slide,) = service._causes(Told(demand_categories=_categories(3, 1), recurring_causes=causes))
    assert slide.title == "Email comes back most: 3 tickets in 2 of 4 whole quarters"


def test_of_few_categories_none_is_a_cause_to_decide_on():
    """With eight of them whatever is asked for comes back, as the page about demand says; with nine it doesn't."""
    cause = _cause("Email") | {"tickets": 9, "quarters": 4}
    assert opening.FEW_CATEGORIES == desk.FEW_CATEGORIES
    for categories, title, asked in (
        (8, "Kind 0 takes the most tickets: 3 of 4", ""),
        (9, f"Email comes back most: 2.0{NO_BREAK}h on 9 tickets in 4 of 4 whole quarters",
         "Whether to mend for good what comes back most: Email."),
    ):  # fmt: skip
        known = Told(demand_categories=_categories(3, 1), recurring_causes=[cause | {"categories": categories}])
        (slide,) = service._causes(known)
        assert (slide.title, opening.decision(known)) == (title, asked)
        assert ("almost everything comes back" in slide.footnote) == (categories == 8)


def test_a_client_s_long_name_stands_whole_on_the_cover():
    name = "The Amberwick and Kingfisher Row Associated Dental Surgeons and Orthodontic Practitioners Partnership LLP"
    shown, size = layout._named(name)
    assert (shown, len(layout.lines_of(name, 10.4, size, is_bold=True))) == (name, 3)
    assert layout._named("Acme")[1] == 44
    assert layout._named("W" * 300)[0].endswith("…")


@pytest.mark.parametrize("name", ["Network and internet " * 6, "東京都千代田区霞が関国際情報通信" * 6, "W" * 120])
def test_a_long_name_leaves_a_sentence_its_end(name):
    causes = [_cause(name)]
    agreements = [{
        "name": name, "tier": None, "monthly_fee": 1, "fee_billed": None, "starts_on": None, "comes_as": "renews",
        "renews_on": day("2026-05-01"), "notice_by": day("2026-03-01"),
    }]  # fmt: skip
    (slide,) = service._causes(Told(demand_categories=_categories(3, 1), recurring_causes=causes))
    said = opening.decision(Told(agreements=agreements, actions=[]))
    for text, width, sizes in (
        (slide.title, layout.INNER - 1.4, (26, 23, 20)),
        (said, layout.INNER - 2.2, (19, 17, 15)),
    ):
        shown, _ = layout.sized(text, width, sizes, 2, is_bold=True)
        assert shown == text and "…" in text
    assert slide.title.endswith(" in 2 of 4 whole quarters") and said.endswith(f"by {formats.day(day('2026-03-01'))}.")
    # a face that has these letters makes them as wide as they are high
    assert layout.width_of("東京", 36) == 1.0


def _quarters(before: dict, now: dict) -> Facts:
    """Of two quarters what the tickets tell of each, the earlier one in June alone unless it says otherwise."""
    june = {"months": 1, "first_month": day("2026-06"), "last_month": day("2026-06"), "is_whole": False}
    whole = {"months": 3, "first_month": day("2026-07"), "last_month": day("2026-09"), "is_whole": True}
    asked = {"tickets": None, "incidents": None, "requests": None, "planned": None, "tickets_per_user": None}
    rows = [
        {"quarter_start": day("2026-04"), **asked, **june, "users": None, **before},
        {"quarter_start": day("2026-07"), **asked, **whole, "users": None, **now},
    ]
    found = {f"client_safe.{name}": [] for name in ("recurring_causes", "demand_categories")}
    return Facts(Quarter(day("2026-07")), {}, {**found, "client_safe.demand_quarters": rows}, [])


def test_a_quarter_known_in_part_is_marked_and_compared_with_nothing():
    (slide,) = service.demand(_quarters({"tickets": 8}, {"tickets": 24}))
    assert slide.title == "24 tickets were opened"
    assert slide.chart.categories == ("Q2 26 (June only)", "Q3 26")
    assert [series.name for series in slide.chart.series] == ["Tickets"]
    assert [(one.value, one.detail) for one in slide.figures[1:3]] == [("–", "type not supplied")] * 2
    late = _quarters({"tickets": 8, "begins_on": day("2026-06-14")}, {"tickets": 24})
    assert next(service.demand(late)).chart.categories[0] == f"Q2 26 (from 14{NO_BREAK}Jun)"
    assert late.untyped == "No ticket states its type, so every one counts as an incident. "
    known = {"tickets": 8, "incidents": 6, "requests": 2, "planned": 0, "is_whole": True}
    (slide,) = service.demand(_quarters(known, known | {"tickets": 24}))
    assert slide.title == "24 tickets were opened, 8 in Q2 2026" and len(slide.chart.series) == 3


@pytest.mark.parametrize("is_whole", [False, True])
def test_levels_and_ratings_are_compared_with_a_whole_quarter_alone(monkeypatch, is_whole):
    """Of a quarter before that the tickets tell in part, neither service levels are asked nor ratings shown."""
    quarters = _quarters({"is_whole": is_whole}, {}).rows("demand_quarters")
    rated = [{"quarter_start": row["quarter_start"], "responses": 9} for row in quarters]
    answers = {"client_safe.demand_quarters": quarters, "client_safe.satisfaction_quarters": rated}
    monkeypatch.setattr(facts, "rows_of", lambda con, name, given: answers.get(name, [given]))
    found = facts.ask(None, "acme", Quarter(day("2026-07")))
    assert [row["month_from"] for row in found.responsiveness_before] == ([day("2026-04")] if is_whole else [])
    assert found.past("satisfaction_quarters") == (rated[0] if is_whole else {})


OLDEST = "5 resolved, 2 still open (the oldest for 58 days"
URGENT = {
    "sev1_opened": 2, "sev2_opened": 5, "sev1_incidents": 1, "sev2_incidents": 4, "still_open": 2, "carried": 0,
    "oldest_open_days": 58, "stood_on": day("2026-09-30"), "sev1_hours": 3.0, "sev2_hours": 20.0, "users": None,
    "user_hours_lost": None, "sev1_share": 1.0, "sev2_share": 0.25,
}  # fmt: skip


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ({}, f"7 urgent incidents opened, {OLDEST} at the quarter's end)"),
        ({"stood_on": day("2026-09-15"), "carried": 1},
         f"7 urgent incidents opened and 1 carried over, {OLDEST} on 15 Sep 2026)"),
        ({"still_open": 0, "user_hours_lost": 80.0},
         "Urgent incidents cost your users about 80.0 h, 20 % less than in Q2 2026"),
        ({"user_hours_lost": 80.0}, f"7 urgent incidents opened, {OLDEST} at the quarter's end)"),
        (dict.fromkeys(URGENT, 0), "No urgent incident cost your users time in Q3 2026"),
    ],
)  # fmt: skip
def test_urgent_incidents_still_open_are_said(said, title):
    """What they will cost is not known yet, so nothing is compared with the quarter before."""
    known = _quarters({"is_whole": True}, {})
    before = {**URGENT, "quarter_start": day("2026-04"), "user_hours_lost": 100.0}
    now = {**URGENT, "quarter_start": day("2026-07"), **said}
    known.found["client_safe.impact_quarters"] = [before, now]
    (slide,) = impact.impact(known)
    # requests of the same priorities stand with the service levels: what is counted here says that it is incidents
    assert slide.figures[1].label == "high-priority incidents" and slide.figures[1].detail.startswith("opened; ")
    assert slide.title.replace(NO_BREAK, " ") == title
    assert layout.sized(slide.title, layout.INNER - 1.4, (26, 23, 20), 2, is_bold=True)[0] == slide.title
    assert len(list(opening._good_impact(known))) == (now["still_open"] == 0)


def test_half_of_the_incidents_says_of_how_many():
    now = {"resolution_attainment_pct": None, "incidents": 24, "median_resolution_hours": 8.0, "still_open": 2}
    said = service._levels(now, {}, _quarters({}, {})).replace(NO_BREAK, " ")
    assert said == "Half of the 24 incidents resolved took no more than 8.0 h; 2 are still open"
    assert service._levels({**now, "incidents": 0, "still_open": 1}, {}, _quarters({}, {})) == (
        "No incident was resolved, 1 is still open"
    )


@pytest.mark.parametrize(
    ("incidents", "p90", "detail"), [(4, "–", "of 4 incidents"), (10, "9.0 h", "nine in ten within 9.0 h")]
)
def test_nine_in_ten_of_fewer_than_ten_is_the_slowest_and_not_said(incidents, p90, detail):
    row = {
        "priority": "High", "incidents": incidents, "still_open": 0, "median_resolution_hours": 3.0,
        "p90_resolution_hours": 9.0, "response_judged": 0, "resolution_judged": 0, "response_attainment_pct": None,
        "resolution_attainment_pct": None, "median_response_hours": 1.0,
    }  # fmt: skip
    (cells,) = service._by_priority([row]).rows
    assert cells[3].replace(NO_BREAK, " ") == p90
    assert service._times(row)[-1].detail.replace(NO_BREAK, " ") == detail


def test_what_cannot_be_tested_is_no_miss():
    untested = opening._kept(Told())
    assert (untested.head, untested.text[:24]) == ("Not tested", "No promise can be tested")
    tested = opening._kept(Told(responsiveness=[{"is_total": True, "resolution_judged": 3}]))
    assert tested.head == "Missed" and tested.text.startswith("Nothing that was promised")


def test_what_an_export_does_not_say_of_work_is_worded_so():
    work = {
        "hours": 79.0, "ticket_hours": None, "no_charge_hours": None, "says_charge": True, "automated": None,
        "automated_share": None, "tickets": None, "planned_hours": None, "planned_share": None,
    }  # fmt: skip

    def details(**more: object) -> list[str]:
        known = _quarters({}, {})
        known.found.update({"client_safe.work": [work | more], "client_safe.work_themes": []})
        (slide,) = worth.value(known)
        assert [figure.value for figure in slide.figures[1:]] == ["–"] * 3
        return [figure.detail for figure in slide.figures[1:]]

    assert details() == ["not read from this export", "no ticket on file", "no ticket on file"]
    assert details(says_charge=False, tickets=24, ticket_hours=9.0) == [
        "not supplied", "not said of 24 tickets", "type not supplied",
    ]  # fmt: skip


def test_bars_of_themes_add_up_to_the_hours_worked():
    chart = service.themes(Told(work_themes=[{"theme": f"Kind {n}", "hours": 20.0 - n} for n in range(12)]))
    assert chart.categories[-1] == "Everything else" and len(chart.categories) == 9
    assert sum(chart.series[0].values) == sum(20 - n for n in range(12))


@pytest.mark.parametrize(
    ("billed", "agreed", "said"),
    [(900, 900, "$900.00, as agreed. "), (950, 900, "$950.00; agreed: $900.00 ("), (950, None, ""), (0, 900, "")],
)
def test_service_fee_is_held_against_what_is_agreed(billed, agreed, said):
    with formats.written_in("USD"):
        spent = SimpleNamespace(now=lambda name: {"fee": billed, "month_start": day("2026-03")})
        found = worth._paid(spent, [{"monthly_fee": agreed}])
    assert said in found and (bool(said) == bool(found))


def measured(value, is_met, target=0.999):
    said = {"value": value, "target": target, "is_met": is_met}
    return {"measure": "Uptime", "month_start": day("2026-01"), **said}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (measured(0.99899, False), ("99.9 %", "99.899 % !")),
        (measured(1.0, True), ("99.9 %", "100 %")),
        # hours, of which fewer are better; a number of a hundred; a target far below one: nothing says a share
        (measured(0.6, True, 0.75), ("0.75", "0.6")),
        (measured(94.6, False, 95.0), ("95", "94.6 !")),
        (measured(0.04, True, 0.02), ("0.02", "0.04")),
    ],
)
def test_value_just_under_its_target_does_not_read_as_on_it(row, said):
    assert tuple(text.replace(NO_BREAK, " ") for text in service._measure([row], [row["month_start"]])[1:]) == said
    assert service._measure([row], [row["month_start"], day("2026-02")])[-1] == formats.MISSING


def test_tickets_that_automation_resolved_are_said_to_be_left_out_of_their_kinds():
    """Of 77 tickets 26 were resolved by automation; 14 of the 51 others are of the first kind."""
    told = Told(demand_categories=_categories(14, 13, 12, 12), demand_quarters=[{"automated": 26}])
    (slide,) = service._causes(told)
    assert slide.title.replace(NO_BREAK, " ") == "Kind 0 takes the most tickets: 14 of 51 (27 %)"
    assert slide.chart.caption == "Tickets by category, without 26 that automation resolved"
    (slide,) = service._causes(Told(demand_categories=_categories(1, 1, 1)))
    assert slide.title == "No category takes the most tickets: 3 have 1 each, of 3"
    assert slide.chart.caption == "Tickets by category"


def test_no_label_of_a_chart_of_the_pdf_is_cut():
    """Eight columns over a whole slide, one of a quarter that begins late; bars with names as long as their room."""
    names = (f"Q4 24 (from 29{NO_BREAK}Oct, n{NO_BREAK}5)", *(f"Q{n} 26 (n 12)" for n in range(1, 8)))
    columns = Chart("columns", names, (Series("Happy", (0.5,) * 8),), "percent_whole", "", "")
    drawn = drawing.as_svg(columns, layout.INNER, 3.0, ("#000000",))
    assert "…" not in drawn and ">Q4 24 (from<" in drawn and f">29{NO_BREAK}Oct, n{NO_BREAK}5)<" in drawn
    long = "Computer (laptop, workstation)"
    bars = drawing.as_svg(Chart("bars", (long,), (Series("n", (3.0,)),), "count", "", ""), 6.7, 3.0, ("#000000",))
    assert f">{long}<" in bars
