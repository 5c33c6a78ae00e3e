"""A table is recognised by what it holds, in whatever slot and by whatever vendor."""

import json
from pathlib import Path

import pytest

from tests.ingest.tables import from_csv, table
from vitals.contract import entities
from vitals.errors import VitalsError
from vitals.ingest.recognise.match import match

HEADERS = Path(__file__).parents[3] / "shared" / "export-headers.json"
ENTITY = {
    "time": "time_entries",
    "billing": "invoice_lines",
    "assets": "clients",
    "qbr/meetings": "reviews",
    "csat": "tickets",
    "tickets+time": "tickets",
}
WITHOUT = {
    ("ConnectWise PSA (Manage)", "sla"): "minutes of an SLA workflow have no entity",
    ("Autotask PSA", "opportunities"): "opportunities have no entity",
    ("Xero", "billing (Aged Receivables Summary)"): "receivables by age have no entity",
}
UNDATED = "chargetotype"
"""Only in the ConnectWise pull of time entries, which has no day of work in any column."""


def seen_headers():
    found = json.loads(HEADERS.read_text()) if HEADERS.exists() else []
    return [pytest.param(one, id=f"{one['system']}-{one['entity']}-{len(one['headers'])}") for one in found]


def canonical():
    return [pytest.param(entity, id=entity.name) for entity in entities().values()]


@pytest.mark.parametrize("entity", canonical())
def test_the_contracts_own_names_map_themselves_in_full_confidence(entity):
    names = [column.name for column in entity.columns]
    [found] = match(table(names))
    assert (found.entity, found.system, found.confidence) == (entity.name, "canonical", 1.0)
    assert dict(found.columns) == {name: position for position, name in enumerate(names)}
    assert not found.questions and not found.unused


@pytest.mark.parametrize("entity", canonical())
def test_the_needed_columns_alone_are_enough_in_the_entitys_own_slot(entity):
    names = [column.name for column in entity.required] + (["scheduled_on"] if entity.name == "reviews" else [])
    [found] = match(table(names), entity=entity.name)
    assert found.entity == entity.name
    assert set(found.columns) == set(names)


@pytest.mark.skipif(not HEADERS.exists(), reason="the collected headers of real exports are not here")
@pytest.mark.parametrize("header", seen_headers())
def test_every_header_seen_maps_its_needed_columns_by_itself(header):
    if header["confidence"] not in ("seen_file", "seen_code"):
        pytest.skip("not seen in a file or in code")
    if (header["system"], header["entity"]) in WITHOUT:
        with pytest.raises(VitalsError, match="no number here is made from"):
            match(table(header["headers"]))
    elif UNDATED in header["headers"]:
        with pytest.raises(VitalsError, match='"Date", which time entries need|no column "Date"'):
            match(table(header["headers"]))
    else:
        [found] = match(table(header["headers"]))
        kind = header["entity"].split(" (")[0]
        assert found.entity == ENTITY.get(kind, kind)
        assert {column.name for column in entities()[found.entity].required} <= set(found.columns)
        assert found.system != "canonical" and not found.questions


def test_a_mixed_sheet_is_the_entity_that_explains_most_of_it():
    sheet = "Entry ID,Ticket #,Client,Technician,Date,Hours,Billable\nE1,1001,Acme,Ann Lee,2025-03-14,1.50,Y"
    [found] = match(from_csv(sheet))
    assert (found.entity, len(found.columns)) == ("time_entries", 7)


def test_invoices_in_the_slot_of_tickets_are_refused_by_name():
    with pytest.raises(VitalsError, match="looks like invoices, not tickets") as refusal:
        match(from_csv("Invoice #,Client,Invoice Date,Amount\n1,Acme,2025-03-01,10.00"), entity="tickets")
    assert '"Ticket #"' in refusal.value.message


def test_time_entries_in_the_slot_of_tickets_are_refused_though_they_have_ticket_numbers():
    sheet = "Entry ID,Ticket #,Client,Technician,Date,Hours,Billable\nE1,1001,Acme,Ann Lee,2025-03-14,1.50,Y"
    with pytest.raises(VitalsError, match="looks like time entries, not tickets"):
        match(from_csv(sheet), entity="tickets")


def test_missing_columns_are_named_in_users_words():
    with pytest.raises(VitalsError) as refusal:
        match(table(["Client"], ["Acme"]), entity="invoice_lines")
    assert '"Amount"' in refusal.value.message and '"Invoice Date"' in refusal.value.message


def test_a_client_named_for_the_file_answers_for_the_column():
    [found] = match(from_csv("Invoice Date,Amount\n2025-03-01,10.00"), entity="invoice_lines", client="Acme")
    assert dict(found.constants) == {"client": "Acme"}
    assert "client" not in found.columns


def test_data_in_place_of_a_header_is_refused():
    with pytest.raises(VitalsError, match="no header row"):
        match(table(["INV-1", "Acme", "2025-03-01", "1234.56"], ["INV-2", "Birch", "2025-03-02", "5.00"]))


def test_clients_alone_may_not_swallow_a_sheet_that_lacks_one_needed_column():
    sheet = "Client,Summary,Status,Priority,Created,Technician\nAcme,Printer,Open,High,2025-03-14,Ann"
    with pytest.raises(VitalsError, match='nearest to tickets, but has no column "Ticket #"'):
        match(from_csv(sheet))


def test_a_list_of_names_is_clients_but_names_beside_dates_are_asked():
    [plain] = match(from_csv("Client,Status,Currency\nAcme,Active,USD\nBirch,Active,USD"))
    assert (plain.entity, plain.questions) == ("clients", ())
    [dated] = match(from_csv("Client,Last Contact,Remark\nAcme,2025-03-14,x\nBirch,2025-03-15,y"))
    assert [question.name for question in dated.questions] == ["confirm_mapping"]


def test_an_unknown_slot_is_refused():
    with pytest.raises(VitalsError, match='no entity "tikets"'):
        match(table(["Ticket #"]), entity="tikets")


def test_a_known_vendors_sheet_keeps_contract_columns_added_to_it():
    header = ["Ticket Number", "Title", "Company", "Created", "Complete Date", "Primary Resource", "Total Hours Worked"]
    [found] = match(table([*header, "sla_resolution_minutes", "csat", "auto_resolved"]))
    assert found.system == "Autotask PSA"
    assert [found.columns[name] for name in ("sla_resolution_minutes", "csat", "auto_resolved")] == [7, 8, 9]


def test_an_inferred_layout_is_asked_to_be_confirmed():
    sheet = from_csv("Faultid,Symptom,dateoccured,datecleared\n1,Printer,01/03/2025,02/03/2025")
    [asked] = match(sheet)
    [question] = asked.questions
    assert question.name == "confirm_mapping" and '"Faultid" is Ticket #' in question.sentence
    [settled] = match(sheet, answers={"confirm_mapping": "yes"})
    assert settled.questions == ()
