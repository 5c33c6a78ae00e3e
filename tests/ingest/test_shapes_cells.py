"""Columns that are made of others, and time entries that stand inside cells."""

from decimal import Decimal

import pytest

from tests.ingest.tables import cells, table
from vitals.ingest.model import MadeColumn, Match
from vitals.ingest.recognise.layouts import layouts
from vitals.ingest.recognise.match import match
from vitals.ingest.shapes.made import FUNCTIONS, between, shared, times
from vitals.ingest.shapes.shape import needs_whole_table, reshape

MADE = [
    ("join", (" Ann ", "Lee"), "Ann Lee"),
    ("join", ("", None), None),
    ("first_filled", (" ", "Managed"), "Managed"),
    ("first_filled", ("MSP-01", "Managed"), "MSP-01"),
    ("net_amount", ("115.00", "15.00", "60.00", "", "40.00", "0"), "100.00"),
    ("net_amount", ("100.00", "15.00", "60.00", "", "40.00", "0"), "100.00"),
    ("net_amount", ("100.00", "", "60.00"), "100.00"),
    ("without_tax", ("1,080.00", "80.00"), "1000.00"),
    ("without_tax", ("1,080.00", ""), "1,080.00"),
    ("without_tax", ("soon", "80.00"), "soon"),
    ("between_clock", ("2025-03-14", "23:30", "00:15"), "0.75"),
    ("between_clock", ("2025-03-14", "9:00 AM", "10:30 AM"), "1.5"),
    ("between_clock", ("2025-03-14", "", "10:30 AM"), None),
    ("between_clock", ("2025-03-14", "soon", "later"), "2025-03-14 soon to 2025-03-14 later"),
    ("credit_by_type", ("Sales credit note",), "yes"),
    ("credit_by_type", ("Invoice",), "no"),
    ("credit_by_type", ("",), None),
    ("inverted", ("True",), "no"),
    ("inverted", (None,), "yes"),
    ("billable_word", ("Billable",), "yes"),
    ("billable_word", ("No Charge",), "no"),
    ("billable_word", ("DoNotBill",), "no"),
    ("billable_word", ("Perhaps",), "Perhaps"),
    ("stars_5", ("5",), "1"),
    ("stars_5", ("3.0",), "0"),
    ("stars_5", ("1",), "-1"),
    ("stars_5", ("",), None),
    ("good_bad", ("Good",), "1"),
    ("good_bad", ("Unhappy",), "-1"),
    ("good_bad", ("Offered",), None),
    ("good_bad", ("banana",), "banana"),
    ("icon_colour", ("common/images/../urgencyColors/lime.gif",), "lime"),
    ("icon_colour", ("High",), "High"),
    ("resources_list", ("tech01, tech02",), "tech01; tech02"),
    ("ticket_type_word", ("Service Request",), "request"),
    ("ticket_type_word", ("Change Request",), "change"),
    ("ticket_type_word", ("Problem",), "incident"),
    ("ticket_type_word", ("Sonstiges",), "Sonstiges"),
    ("path_first", ("Hardware>Laptop>Battery",), "Hardware"),
    ("path_rest", ("Hardware>Laptop>Battery",), "Laptop>Battery"),
    ("path_rest", ("Hardware",), None),
    ("five_days", ("8",), "40"),
    ("minutes_after", ("2025-03-14 09:15:00", "90"), "2025-03-14 10:45:00"),
    ("minutes_after", ("2025-03-14 09:15:00", "-"), None),
    ("minutes_after", ("03/04/2025 09:15", "90"), None),
    ("resolved_or_done", ("", "Listo", "18/jul/26 10:53 AM"), "18/jul/26 10:53 AM"),
    ("resolved_or_done", ("17/jul/26", "Listo", "18/jul/26"), "17/jul/26"),
    ("resolved_or_done", ("", "In Progress", "18/jul/26"), None),
    ("when_held", ("Yes", "2025-03-14"), "2025-03-14"),
    ("when_held", ("cancelled", "2025-03-14"), None),
    ("client_in_subject", ("Quarterly Business Review: Acme & Sons",), "Acme & Sons"),
    ("client_in_subject", ("QBR with Northwind",), "Northwind"),
    ("client_in_subject", ("QBR",), None),
]


@pytest.mark.parametrize(("function", "sources", "expected"), MADE)
def test_a_made_cell(function, sources, expected):
    assert FUNCTIONS[function](*sources) == expected


def test_every_function_that_a_vendors_layout_names_exists():
    named = {recipe.function for layout in layouts() for recipes in layout.made.values() for recipe in recipes}
    assert named - {"same"} <= set(FUNCTIONS)


@pytest.mark.parametrize(
    ("moments", "hours"),
    [
        (("10/10/2022 8:00 PM", "10/10/2022 9:30 PM"), "1.5"),
        (("2025-03-14", "23:30", "2025-03-15", "00:15"), "0.75"),
        (("03/04/2025 22:00", "03/05/2025 02:00"), "4"),
        (("04/03/2025 22:00", "05/03/2025 02:00"), "4"),
        (("2025-03-14 10:00", "2025-03-14 10:20"), "0.333333333"),
        (("2025-03-14 10:00", ""), None),
        (("2025-03-14", "", "2025-03-14", "10:00"), None),
        (("2025-03-14 10:00", "2025-03-14 09:00"), "2025-03-14 10:00 to 2025-03-14 09:00"),
        (("yesterday", "today"), "yesterday to today"),
    ],
)
def test_hours_from_start_to_end(moments, hours):
    assert between(*moments) == hours


@pytest.mark.parametrize(
    ("factors", "amount"),
    [
        (("3", "19.99", None), "59.97"),
        (("2", "100.00", "10"), "180"),
        (("1", "1,000.00", ""), "1000"),
        (("1", "abc", ""), "1 x abc"),
        (("", "5", ""), None),
    ],
)
def test_an_amount_from_quantity_and_price(factors, amount):
    assert times(*factors) == amount


def test_shared_hours_sum_up_exactly():
    assert sum(Decimal(part) for part in shared("1", 3)) == 1
    assert shared("1.5", 2) == ["0.750000000", "0.750000000"]
    assert shared("soon", 2) == ["soon", ""]


def test_a_row_too_short_for_the_sources_stays_too_short():
    sheet = table(["Invoice #", "Client", "Invoice Date", "Amount", "Type"], ["1", "A", "2025-03-01", "5", ""], ["2"])
    [found] = match(sheet)
    shaped, _ = reshape(sheet, found)
    assert cells(shaped, found.columns["is_credit"]) == ["", None]
    assert shaped.header[found.columns["is_credit"]] == "is_credit"


def test_several_technicians_share_the_hours_of_an_entry():
    sheet = table(["Entry", "Day", "Hrs", "Who"], ["E1", "2025-03-14", "1", "a, b, c"], ["E2", "2025-03-14", "2", "d"])
    columns = {"entry_id": 0, "worked_on": 1, "hours": 2, "technician": 4}
    made = {"technician": MadeColumn("resources_list", (3,))}
    found = Match("time_entries", "x", "inferred", 1.0, columns, made=made)
    shaped, folded = reshape(sheet, found)
    assert cells(shaped, 4) == ["a", "b", "c", "d"]
    assert sum(map(Decimal, cells(shaped, 2))) == 3
    assert cells(shaped, 0) == ["E1", "E1/2", "E1/3", "E2"]
    numbers = shaped.rows.column("row_number").to_pylist()
    assert folded == -2 and len(set(numbers)) == 4 and numbers[0] == 2


def test_several_technicians_of_a_connectwise_ticket_stay_in_its_one_row():
    header = ["Ticket #", "Summary Description", "Resources", "Priority", "Total Hours", "Company"]
    sheet = table(header, ["7", "VPN", "tech01, tech02", "common/images/lime.gif", "0.75", "Acme"])
    [found] = match(sheet)
    shaped, folded = reshape(sheet, found)
    assert cells(shaped, found.columns["technician"]) == ["tech01; tech02"]
    assert cells(shaped, found.columns["priority"]) == ["lime"]
    assert folded == 0 and not needs_whole_table(found)


def jira(*rows):
    header = ["Summary", "Issue key", "Created", "Assignee", "Assignee Id", "Time Spent", "Log Work", "Log Work"]
    return table(header, *rows)


LOGGED = (
    ["A", "SR-1", "25/Feb/26 10:17 PM", "Ann Lee", "id:1", "5400", "Fix; done\nwell;14/Jun/21 1:13 PM;id:1;3600", ""],
    [
        "B",
        "SR-2",
        "25/Feb/26 10:18 PM",
        "Bob Ray",
        "id:2",
        "900",
        ";15/Jun/21 1:13 PM;id:2;600",
        "x;16/Jun/21;id:9;300",
    ],
    ["C", "SR-3", "25/Feb/26 10:19 PM", "", "", "", "no log at all", None],
)
ENTRIES = {
    "entry_id": ["SR-1#1", "SR-2#1", "SR-2#2"],
    "ticket_id": ["SR-1", "SR-2", "SR-2"],
    "worked_on": ["14/Jun/21 1:13 PM", "15/Jun/21 1:13 PM", "16/Jun/21"],
    "hours": ["3600", "600", "300"],
    "technician": ["Ann Lee", "Bob Ray", "id:9"],
}


def test_work_logs_in_cells_are_time_entries_beside_the_tickets():
    sheet = jira(*LOGGED)
    tickets, logs = match(sheet)
    assert (tickets.entity, logs.entity, logs.units["hours"]) == ("tickets", "time_entries", "seconds")
    shaped, folded = reshape(sheet, logs)
    assert {name: cells(shaped, position) for name, position in logs.columns.items()} == ENTRIES
    assert [(left.reason, left.value) for left in shaped.quarantined] == [("hours_not_readable", "no log at all")]
    assert folded == 0 and shaped.rows.column("row_number").to_pylist() == [1, 2, 3]
    assert needs_whole_table(logs) and not needs_whole_table(tickets)


def test_the_slot_of_time_entries_takes_the_work_logs_alone():
    sheet = jira(["A", "SR-1", "25/Feb/26 10:17 PM", "Ann Lee", "id:1", "60", "x;14/Jun/21 1:13 PM;id:1;60", ""])
    assert [found.entity for found in match(sheet, entity="time_entries")] == ["time_entries"]
    assert [found.entity for found in match(sheet, entity="tickets")] == ["tickets"]


def test_a_jira_export_without_work_logs_holds_tickets_only():
    [found] = match(jira(["A", "SR-1", "25/Feb/26 10:17 PM", "Ann Lee", "id:1", "5400", "", None]))
    assert found.entity == "tickets"
