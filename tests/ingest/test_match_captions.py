"""Captions mean the same whatever a vendor hangs on them."""

import pytest

from vitals.ingest.recognise.captions import Header, read, undecorated


@pytest.mark.parametrize(
    ("decorated", "plain"),
    [
        ("[required] Title", "Title"),
        ("[required if no Queue] Primary Resource", "Primary Resource"),
        ("Autotask Ticket Number (updates only)", "Autotask Ticket Number"),
        ("Client ID [updates only]", "client_id"),
        ("UDF:29683046 Mailbox Last User Action Time [protected]", "Mailbox Last User Action Time"),
        ("Account UDF:29682812 Number of Users", "Number of Users"),
        ("[required] Account: Name", "Name"),
        ("*ContactName", "Contact Name"),
        ("Client (required)", "Client"),
        ("Amount [Read-only]", "Amount"),
        ("Custom field (Time to resolution)", "time to resolution"),
        ("Campo personalizado (Urgency)", "Urgency"),
        ("Custom field ([CHART] Date of First Response)", "[CHART] Date of First Response"),
        ("Ticket Category [list]", "Ticket Category"),
        ("Solution Design ", "solution-design"),
        ("TICKET  #", "Ticket Number"),
        ("Résolu", "RESOLU"),
    ],
)
def test_a_decorated_caption_is_compared_like_the_plain_one(decorated, plain):
    assert read(decorated).full == read(plain).full != ""


@pytest.mark.parametrize("text", [" " * 10**6, "*" * 10**6, "[required]" * 10**5, "_" * 10**6])
def test_a_cell_of_any_length_is_taken_apart_at_once(text):
    """Which would take hours if each place in it were tried as the start of a decoration."""
    found = read("A" + text + "Z")
    assert (found.full[:1], found.unit, found.currency) == ("a", "", "")
    assert undecorated(text + "Z").endswith("Z")


@pytest.mark.parametrize(
    ("caption", "bare", "unit", "currency"),
    [
        ("Time Spent (minutes)", "timespent", "minutes", ""),
        ("First reply time in minutes", "firstreplytime", "minutes", ""),
        ("Resolution Time (in Hrs)", "resolutiontime", "hours", ""),
        ("Amount (EUR)", "amount", "", "EUR"),
        ("Amount [EUR]", "amount", "", "EUR"),
        ("Amount EUR", "amount", "", "EUR"),
        ("Betrag in CHF", "betrag", "", "CHF"),
        ("Total €", "total", "", "EUR"),
        ("Total ALL", "totalall", "", ""),
        ("Net VAT", "netvat", "", ""),
        ("EUR", "eur", "", ""),
        ("Time Spent [min]", "timespent", "minutes", ""),
        ("Amount ()", "amount", "", ""),
        ("Rate ($)", "rate", "", ""),
        ("Minutes", "minutes", "", ""),
        ("Amount (net)", "amountnet", "", ""),
    ],
)
def test_a_unit_and_a_currency_are_read_off_the_end(caption, bare, unit, currency):
    found = read(caption)
    assert (found.bare, found.unit, found.currency) == (bare, unit, currency)


def test_the_plain_one_of_two_alike_is_found_first():
    assert Header.of(("Status [list]", "Status")).find("status") == [1, 0]


def test_the_exact_caption_is_found_before_one_without_its_unit():
    header = Header.of(("Duration (h)", "Duration", "Duration (decimal)"))
    assert header.find("Duration (decimal)") == [2]
    assert header.find("Duration")[0] == 1


def test_an_empty_caption_is_only_the_first_column():
    assert Header.of(("", "Date", "")).find("") == [0]
    assert Header.of(("Date", "")).find("") == []
