"""What counts as a sale: words of a status or a kind of document are known, or asked about once."""

import pytest

from tests.ingest.tables import cells, from_csv
from vitals.ingest.recognise.documents import UnknownWords
from vitals.ingest.recognise.match import match
from vitals.ingest.shapes.descriptions import lead_of
from vitals.ingest.shapes.documents import Meaning, vocabularies
from vitals.ingest.shapes.shape import reshape

SALES = vocabularies()["invoice_lines"]


@pytest.mark.parametrize(
    ("word", "meaning"),
    [
        ("INVOICE", Meaning.SALE),
        ("CustomerInvoice", Meaning.SALE),
        ("Sales credit note", Meaning.CREDIT),
        ("Supplier credit note", Meaning.OTHER),
        ("Vendor Bill", Meaning.OTHER),
        ("Paid - late", Meaning.SALE),
        ("Invoice (void)", Meaning.OTHER),
        ("Überfällig", Meaning.SALE),
        ("annulée", Meaning.OTHER),
        ("ZAPŁACONA", Meaning.SALE),
        ("Anulowana", Meaning.OTHER),
        # what begins with a known word may go on with one that turns it
        ("Partially refunded", Meaning.UNKNOWN),
        ("Not void", Meaning.UNKNOWN),
        ("Credit limit", Meaning.UNKNOWN),
        ("Receipt", Meaning.UNKNOWN),
    ],
)
def test_a_word_is_known_or_unknown_as_a_whole(word, meaning):
    assert SALES.meaning(word) == meaning


def asked(text, **answers):
    """The questions about words that a file raises, and its rows after they are read."""
    sheet = from_csv(text)
    [found] = match(sheet, answers=answers)
    shaped, _ = reshape(sheet, found)
    unknown = UnknownWords()
    unknown.take(shaped, found)
    return [item.name for item in unknown.questions(found.entity)], cells(shaped, found.columns["amount"])


def test_an_answer_settles_its_word_in_every_spelling():
    text = """Invoice #,Client,Invoice Date,Amount,Stage
        1,Acme,2026-05-01,10.00,Sent
        2,Acme,2026-05-02,20.00,On Hold
        3,Acme,2026-05-03,40.00,on-hold"""
    assert asked(text)[0] == ["what_is_on_hold"]
    assert asked(text, what_is_on_hold="not_revenue") == ([], ["10.00"])
    assert asked(text, what_is_on_hold="sale") == ([], ["10.00", "20.00", "40.00"])


@pytest.mark.parametrize(
    ("caption", "word"),
    [
        ("State", "OR"),
        ("Payment Method", "Credit"),
        ("Item Type", "Credit"),
        ("Client Status", "Cancelled"),
        ("Terms", "PO"),
        ("Comments", "void"),
        ("Debit Credit", "20.50"),
    ],
)
def test_columns_that_only_sound_like_a_status_set_nothing_aside(caption, word):
    text = f"""Invoice #,Client,Invoice Date,Amount,{caption}
        1,Acme,2026-05-01,10.00,TX
        2,Acme,2026-05-02,20.00,{word}"""
    assert asked(text) == ([], ["10.00", "20.00"])


@pytest.mark.parametrize("word", ["Draft", "storniert", "Utkast", "VOID", "makulerad"])
@pytest.mark.parametrize("caption", ["Phase", "Etappe", "Custom 7"])
def test_a_word_that_plainly_is_no_sale_tells_under_any_caption(caption, word):
    text = f"""Invoice #,Client,Invoice Date,Amount,{caption}
        1,Acme,2026-05-01,10.00,Quarks
        2,Acme,2026-05-02,20.00,{word}"""
    assert asked(text)[0] == ["what_is_quarks"]
    assert asked(text, what_is_quarks="sale") == ([], ["10.00"])


@pytest.mark.parametrize(
    ("caption", "yes", "no", "questions"),
    [
        ("Stornokennzeichen", "X", "", []),
        ("Annulleret", "Ja", "Nej", []),
        ("Posted", "N", "Y", ["what_is_n"]),
        ("Festgeschrieben", "nein", "ja", ["what_is_nein"]),
        ("Soll/Haben", "H", "S", ["what_is_s", "what_is_h"]),
        ("Dr/Cr", "Cr", "Dr", ["what_is_dr", "what_is_cr"]),
    ],
)
def test_a_mark_that_a_row_may_be_no_sale_is_heeded_or_asked_about(caption, yes, no, questions):
    text = f"""Invoice #,Client,Invoice Date,Amount,{caption}
        1,Acme,2026-05-01,10.00,{no}
        2,Acme,2026-05-02,20.00,{yes}"""
    names, amounts = asked(text)
    assert names == questions
    assert bool(questions) or amounts == ["10.00"]


def test_the_letters_before_numbers_tell_credits_from_invoices():
    text = """Invoice #,Client,Invoice Date,Amount
        INV-1,Acme,2026-05-01,10.00
        CN-2,Acme,2026-05-02,20.00"""
    [found] = match(from_csv(text))
    assert cells(reshape(from_csv(text), found)[0], found.columns["is_credit"]) == ["no", "yes"]
    for other in ("CN-1", "ABC-2", "7"):
        [found] = match(from_csv(text.replace("INV-1", other)))
        assert "is_credit" not in found.columns


def test_a_column_of_amounts_says_of_no_row_that_it_is_a_credit():
    text = """Invoice #,Client,Invoice Date,Amount,Credit
        1,Acme,2026-05-01,10.00,
        2,Acme,2026-05-02,20.00,5.50"""
    [found] = match(from_csv(text))
    assert "is_credit" not in found.columns and 4 in found.unused


def test_hours_are_asked_about_where_some_are_approved_and_others_nobody_knows():
    sheet = from_csv(
        """Date,Technician,Client,Hours,Status
        2026-05-04,Ann,Acme,2,Approved
        2026-05-05,Ann,Acme,3,Sent back
        2026-05-06,Ann,Acme,4,Rejected"""
    )
    [found] = match(sheet)
    shaped, _ = reshape(sheet, found)
    unknown = UnknownWords()
    unknown.take(shaped, found)
    [question] = unknown.questions(found.entity)
    assert (question.name, [*question.choices]) == ("what_is_sent_back", ["counts", "not_approved"])
    assert [(left.row_number, left.reason) for left in shaped.set_aside] == [(4, "not_approved")]


def test_a_status_of_the_ticket_says_nothing_of_its_hours():
    sheet = from_csv(
        """Date,Technician,Client,Hours,Ticket Status
        2026-05-04,Ann,Acme,2,Cancelled"""
    )
    [found] = match(sheet)
    assert reshape(sheet, found)[0].rows.num_rows == 1


DESCRIBED = """Invoice #,Client,Invoice Date,Amount,Description
    1,Acme,2026-05-01,10.00,Managed services as per quote 12
    2,Acme,2026-05-02,20.00,PRO-FORMA - managed services
    3,Acme,2026-05-03,40.00,Proforma invoice
    4,Acme,2026-05-04,80.00,Firewall (draft)
    5,Acme,2026-05-05,160.00,Quote 3344 new laptop
    6,Acme,2026-05-06,320.00,Quoted hardware
    7,Acme,2026-05-07,640.00,Draft beer taps"""


def test_a_description_that_calls_a_row_a_quote_or_a_draft_is_asked_about():
    names = ["what_is_described_as_pro_forma", "what_is_described_as_draft", "what_is_described_as_quote"]
    assert asked(DESCRIBED)[0] == names
    answers = dict(zip(names, ("not_revenue", "not_revenue", "sale"), strict=True))
    assert asked(DESCRIBED, **answers) == ([], ["10.00", "160.00", "320.00"])
    assert asked(DESCRIBED, **dict.fromkeys(names, "sale"))[1] == [f"{10 * 2**row}.00" for row in range(7)]


def test_a_row_whose_kind_says_invoice_may_be_of_a_quote():
    text = """Invoice #,Client,Invoice Date,Document Type,Amount,Description
        1,Acme,2026-05-01,Invoice,10.00,Quote 3344 new laptop
        2,Acme,2026-05-02,Quote,20.00,Managed services"""
    assert asked(text) == ([], ["10.00"])


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("Draft", "draft"),
        ("ENTWURF 2026-17", "entwurf"),
        ("Managed services: pro forma", "pro forma"),
        ("[Quotation] Laptop", "quotation"),
        ("Estimated usage", ""),
        ("Voided cheque fee", "voided"),
        ("Cancellation fee", ""),
        ("Laptop, quote 17", "quote"),
        ("As quoted", ""),
        ("*** Subtotal ***", "subtotal"),
        ("Sales Tax (8.25%)", "sales tax"),
        ("MwSt. 19 %", "mwst"),
        ("Total Protect plan", ""),
        ("Tax return support", ""),
    ],
)
def test_what_a_description_calls_its_row(text, lead):
    assert lead_of("invoice_lines", text) == lead


AGREEMENTS = vocabularies()["agreements"]
LISTED = "Client,Agreement,Start Date,{captions},Monthly Fee\n"


def in_force(captions, *lines, **answers):
    """The questions about words that a list of agreements raises, the fees that count, and why rows are left out."""
    rows = "".join(f"{place},Gold,2026-01-01,{line},{10 * 2**place}.00\n" for place, line in enumerate(lines))
    sheet = from_csv(LISTED.format(captions=captions) + rows)
    [found] = match(sheet, answers=answers)
    shaped, _ = reshape(sheet, found)
    unknown = UnknownWords()
    unknown.take(shaped, found)
    left = [(one.row_number, one.reason) for one in shaped.set_aside]
    return (
        [item.name for item in unknown.questions(found.entity)],
        cells(shaped, found.columns["monthly_fee"]),
        sorted(left),
    )


@pytest.mark.parametrize(
    ("word", "meaning"),
    [
        ("Active", Meaning.SALE), ("Pending cancellation", Meaning.SALE), ("CANCELLED", Meaning.ENDED),
        ("Expired - not renewed", Meaning.ENDED), ("gekündigt", Meaning.ENDED), ("Draft", Meaning.OTHER),
        ("Awaiting signature", Meaning.OTHER), ("Cancelled (draft)", Meaning.OTHER),
        ("Cancelled by client", Meaning.ENDED),
        # each of these may be either
        ("On hold", Meaning.UNKNOWN), ("Suspended", Meaning.UNKNOWN), ("Pending", Meaning.UNKNOWN),
        ("Not cancelled", Meaning.UNKNOWN), ("1", Meaning.UNKNOWN),
    ],
)  # fmt: skip
def test_a_word_of_an_agreement_says_whether_it_is_in_force(word, meaning):
    assert AGREEMENTS.meaning(word) == meaning


@pytest.mark.parametrize("caption", ["Status", "Agreement Status", "Contract_Status", "State", "Stage", "Estado"])
def test_an_agreement_that_has_ended_counts_up_to_its_last_day_and_without_one_not_at_all(caption):
    lines = ("Active,", "Cancelled,2026-03-31", "Cancelled,", "Draft,2027-12-31")
    left = [(4, "ended_without_a_day"), (5, "draft_or_voided")]
    assert in_force(f"{caption},End Date", *lines) == ([], ["10.00", "20.00"], left)
    # a list that has no column of last days
    assert in_force(caption, "Active", "Expired") == ([], ["10.00"], [(3, "ended_without_a_day")])


def test_a_status_of_an_agreement_that_nobody_knows_is_asked_about():
    lines = ("Active,", "Dormant,", "Dormant,2026-03-31")
    assert in_force("Status,End Date", *lines)[0] == ["what_is_dormant"]
    ended = in_force("Status,End Date", *lines, what_is_dormant="ended")
    assert ended == ([], ["10.00", "40.00"], [(3, "ended_without_a_day")])
    assert in_force("Status,End Date", *lines, what_is_dormant="in_force")[1] == ["10.00", "20.00", "40.00"]
    assert in_force("Status,End Date", *lines, what_is_dormant="never_in_force")[1] == ["10.00"]


@pytest.mark.parametrize(
    ("caption", "counts", "ended"),
    [("Active", "Yes", "No"), ("Is Active", "1", "0"), ("Aktiv", "ja", "nein"), ("Cancelled", "No", "Yes"),
     ("Contract Expired", "false", "true"), ("In Force", "Y", "N")],
)  # fmt: skip
def test_a_flag_of_an_agreement_says_by_its_caption_whether_it_is_in_force(caption, counts, ended):
    assert in_force(caption, counts, ended) == ([], ["10.00"], [(3, "ended_without_a_day")])


@pytest.mark.parametrize(
    ("caption", "word"),
    [("Client Status", "Inactive"), ("Payment Status", "Closed"), ("State", "CO"), ("Renewal Status", "Expired"),
     ("Auto Renew", "No"), ("Taxable", "No")],
)  # fmt: skip
def test_other_columns_of_a_list_of_agreements_set_nothing_aside(caption, word):
    assert in_force(caption, "TX", word) == ([], ["10.00", "20.00"], [])
