"""Open questions of a header, and mappings that are kept and used again."""

import json

import pytest

from tests.ingest.tables import from_csv, table
from vitals.errors import VitalsError
from vitals.ingest.model import MadeColumn
from vitals.ingest.read.account import samples
from vitals.ingest.recognise.mapping import fingerprint, from_dict, to_dict
from vitals.ingest.recognise.match import match
from vitals.ingest.shapes.shape import reshape

TWO_AMOUNTS = ["Client", "Invoice Date", "Amount", "Amount"]


def test_two_columns_alike_that_differ_are_asked_with_what_each_gives():
    sheet = table(TWO_AMOUNTS, ["Acme", "2025-03-01", "1,000.50", "2000"], ["Birch", "2025-03-02", "10", "20"])
    [question] = match(sheet)[0].questions
    assert question.name == "which_column_is_amount"
    assert dict(question.choices) == {"3": "column 3, sum 1,010.50", "4": "column 4, sum 2,020.00"}


def test_the_answer_takes_the_column_and_settles_the_question():
    sheet = table(TWO_AMOUNTS, ["Acme", "2025-03-01", "10", "20"])
    [found] = match(sheet, answers={"which_column_is_amount": "4"})
    assert found.columns["amount"] == 3 and found.questions == ()


@pytest.mark.parametrize("answer", ["2", "5", "Amount"])
def test_an_answer_that_is_no_choice_is_refused(answer):
    sheet = table(TWO_AMOUNTS, ["Acme", "2025-03-01", "10", "20"])
    with pytest.raises(VitalsError, match="Answer with one of 3, 4"):
        match(sheet, answers={"which_column_is_amount": answer})


def test_two_columns_with_the_same_values_are_one():
    [found] = match(table(TWO_AMOUNTS, ["Acme", "2025-03-01", "10", "10"]))
    assert found.columns["amount"] == 2 and found.questions == ()


def test_an_amount_beside_a_different_net_amount_is_asked():
    header = ["Client", "Invoice Date", "Amount", "Net Amount"]
    [question] = match(table(header, ["Acme", "2025-03-01", "120", "100"]))[0].questions
    assert dict(question.choices) == {"3": "column 3, sum 120.00", "4": "column 4, sum 100.00"}
    assert match(table(header, ["Acme", "2025-03-01", "100", "100"]))[0].questions == ()


def test_a_total_is_asked_before_it_is_the_amount():
    [found] = match(table(["Client", "Invoice Date", "Total"], ["Acme", "2025-03-01", "120"]))
    assert found.columns["amount"] == 2
    assert [question.name for question in found.questions] == ["confirm_mapping"]
    [plain] = match(table(["Client", "Invoice Date", "Amount", "Total"], ["Acme", "2025-03-01", "100", "120"]))
    assert plain.columns["amount"] == 2 and plain.questions == ()


def test_a_sheet_that_is_two_entities_alike_is_asked():
    sheet = table(["Technician", "Date", "Hours", "Type"], ["Ann Lee", "2025-03-14", "8", "PTO"])
    assert [question.name for question in match(sheet)[0].questions] == ["confirm_mapping"]
    assert match(sheet, entity="time_off")[0].questions == ()
    assert match(sheet, entity="time_entries")[0].questions == ()


def test_columns_alike_that_nothing_is_read_from_are_not_asked():
    [found] = match(table(["Client", "Invoice Date", "Amount", "Memo", "Memo"], ["A", "2025-03-01", "10", "x", "y"]))
    assert found.questions == ()


def test_a_caption_that_only_looks_like_another_is_not_its_double():
    [found] = match(table(["Client", "Invoice Date", "Amount", "Amount); --"], ["A", "2025-03-01", "10", "4"]))
    assert found.columns["amount"] == 2 and found.questions == ()


def test_a_misspelt_needed_caption_is_guessed_and_asked():
    sheet = table(["Invoice #", "Client", "Invioce Date", "Amount"], ["1", "Acme", "2025-03-01", "10"])
    [found] = match(sheet)
    [question] = found.questions
    assert (found.entity, found.columns["invoiced_on"]) == ("invoice_lines", 2)
    assert question.name == "confirm_mapping" and '"Invioce Date" is Invoice Date' in question.sentence
    assert match(sheet, answers={"confirm_mapping": "yes"})[0].questions == ()


def test_a_guess_never_goes_against_the_values():
    sheet = table(["Invoice #", "Client", "Invioce Date", "Amount"], ["1", "Acme", "Yes", "10"])
    with pytest.raises(VitalsError, match='"Invoice Date"'):
        match(sheet, entity="invoice_lines")


def test_a_mapping_kept_as_json_gives_the_same_match():
    header = ["Date", "Client", "Task", "Hours", "First Name", "Last Name", "Billable?"]
    sheet = table(header, ["2025-01-13", "Acme", "Support", "3.5", "Ann", "Lee", "Yes"])
    [found] = match(sheet)
    again = from_dict(sheet, json.loads(json.dumps(to_dict(sheet, found))))
    assert (again.entity, dict(again.columns), dict(again.units)) == (found.entity, found.columns, found.units)
    assert (dict(again.made), again.shapes) == (found.made, found.shapes)
    assert again.made["technician"] == MadeColumn("join", (4, 5)) and again.columns["technician"] == len(header)


def test_a_mapping_names_columns_by_number_where_captions_are_not_unique():
    sheet = table(TWO_AMOUNTS, ["Acme", "2025-03-01", "10", "20"])
    [found] = match(sheet, answers={"which_column_is_amount": "4"})
    assert to_dict(sheet, found)["columns"] == {"client": "Client", "invoiced_on": "Invoice Date", "amount": 4}
    assert from_dict(sheet, to_dict(sheet, found)).columns["amount"] == 3


def test_a_mapping_by_hand_overrules_the_captions():
    sheet = table(["Kunde", "Tag", "Summe", "Vor", "Nach"], ["Acme", "2025-03-01", "10", "Ann", "Lee"])
    columns = {"client": ["Vor", "Nach"], "invoiced_on": "Tag", "amount": 3}
    [found] = match(sheet, mapping={"entity": "invoice_lines", "columns": columns})
    assert dict(found.columns) == {"client": 5, "invoiced_on": 1, "amount": 2}
    assert dict(found.made) == {"client": MadeColumn("join", (3, 4))} and (found.units, found.shapes) == ({}, ())
    assert found.unused == (0,)


@pytest.mark.parametrize(
    ("mapping", "message"),
    [
        ({"entity": "bills", "columns": {}}, 'no known entity: "bills"'),
        ({"entity": "clients", "columns": {"colour": "Tag"}}, '"colour"'),
        ({"entity": "clients", "columns": {"client": "Nirgends"}}, 'no column "Nirgends"'),
        ({"entity": "clients", "columns": {"client": 9}}, "names column 9, but the file has 2"),
        ({"entity": "clients", "columns": {"client": 0}}, "names column 0"),
        ({"entity": "invoice_lines", "columns": {"client": "Kunde"}}, 'leaves out "Invoice Date", "Amount"'),
    ],
)
def test_a_mapping_that_fits_neither_side_is_refused(mapping, message):
    with pytest.raises(VitalsError, match=message):
        match(table(["Kunde", "Tag"], ["Acme", "2025-03-01"]), mapping=mapping)


def test_a_corrected_mapping_drops_the_rule_of_a_column_that_is_no_longer_made():
    header = ["Ticket #", "Summary Description", "Resources", "Priority", "Urgency", "Company"]
    sheet = table(header, ["7", "VPN", "tech01, tech02", "common/images/lime.gif", "High", "Acme"])
    kept = to_dict(sheet, match(sheet)[0])
    corrected = from_dict(sheet, {**kept, "columns": {**kept["columns"], "priority": "Urgency"}})
    assert corrected.columns["priority"] == 4 and "priority" not in corrected.made
    assert corrected.columns["technician"] == len(header)
    shaped, _ = reshape(sheet, corrected)
    assert len(shaped.header) == len(header) + 1
    assert shaped.rows.column("c4").to_pylist() == ["High"]
    assert shaped.rows.column("c6").to_pylist() == ["tech01; tech02"]


def test_a_mapping_by_hand_still_reads_the_unit_in_the_caption():
    sheet = table(["Tag", "Aufwand (minutes)"], ["2025-03-14", "90"])
    [found] = match(sheet, mapping={"entity": "time_entries", "columns": {"worked_on": "Tag", "hours": 2}})
    assert (dict(found.units), found.made, found.shapes) == ({"hours": "minutes"}, {}, ())


def test_a_fingerprint_knows_a_header_again_whatever_hangs_on_its_captions():
    one = table(["[required] Title", "Ticket #", "Custom field (Urgency)"])
    alike = table(["title", "TICKET NUMBER ", "Urgency"])
    turned = table(["Ticket #", "Title", "Urgency"])
    assert fingerprint(one) == fingerprint(alike) != fingerprint(turned)


def test_samples_are_the_first_different_filled_values():
    sheet = from_csv("Client,Note\nAcme,-\nAcme, x \nBirch,y\nCedar,\nDelta,z")
    assert samples(sheet, 0) == ["Acme", "Birch", "Cedar"]
    assert samples(sheet, 1, 2) == ["x", "y"]
    assert samples(sheet, 2) == []
