"""What a column holds counts for more than what it is called."""

import pytest

from tests.ingest.tables import from_csv, table
from vitals.errors import VitalsError
from vitals.ingest.model import MadeColumn
from vitals.ingest.recognise.captions import form
from vitals.ingest.recognise.match import match


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2025-03-14 09:15:00", "date"),
        ("04/22/2025 7:54 pm", "date"),
        ("18/jul/26 9:10 AM", "date"),
        ("14-Mar-25", "date"),
        ("March 4, 2024", "date"),
        ("22:17", "clock"),
        ("-3:41", "clock"),
        ("73:05:12", "clock"),
        ("1900-01-01 02:15:00", "clock"),
        ("1741943700", "epoch"),
        ("45731.5", "serial"),
        ("1.234,56", "number"),
        ("(500.00)", "number"),
        ("$2,400.00", "number"),
        ("ann@acme.test", "email"),
        ("common/images/lime.gif", "icon"),
        ("T20260331.0487", "text"),
        ("2025", "number"),
        ("20250314", "compact"),
        ("20251399", "number"),
        ("Mar 2025", "text"),
        ("by phone", "words"),
    ],
)
def test_a_cell_has_the_shape_that_people_see_in_it(value, expected):
    assert form(value) == expected


def test_a_column_called_a_duration_that_holds_moments_is_the_moment():
    assert match(sheet_with("2025-12-03 17:00:00"))[0].columns["first_response_at"] == 4
    assert "first_response_at" not in match(sheet_with("01:42:10"))[0].columns


def sheet_with(response):
    header = ["Ticket ID", "Subject", "Created time", "Contact ID", "First response time (in hrs)"]
    return table(header, ["1", "Printer", "2025-12-03 16:29:08", "x", response])


def test_hours_that_hold_moments_are_no_hours():
    sheet = from_csv("Ticket #,Client,Hours\n1,Acme,2025-03-14 09:15\n2,Acme,2025-03-15 10:15")
    assert "hours" not in match(sheet)[0].columns
    with pytest.raises(VitalsError, match='no column "Hours"'):
        match(from_csv("Date,Client,Hours,Work Type\n2025-03-14,Acme,2025-03-14 09:15,Remote"), entity="time_entries")


def test_a_needed_column_that_holds_something_else_is_named_with_what_it_holds():
    with pytest.raises(VitalsError, match='the column "Hours" holds "2025-03-14 09:15"'):
        match(from_csv("Date,Client,Hours\n2025-03-14,Acme,2025-03-14 09:15"), entity="time_entries")


def test_dates_without_separators_and_months_stay_dates():
    sheet = from_csv("Client,Invoice Date,Amount,service_from\nAcme,20250314,10.00,Mar 2025")
    assert {"invoiced_on", "service_from"} <= set(match(sheet)[0].columns)


def test_words_under_a_caption_that_dates_may_have_too_are_no_dates():
    sheet = from_csv("Ticket #,Client,Created,Completed\n1,Acme,2025-03-14,by phone\n2,Acme,2025-03-15,on site")
    assert "closed_at" not in match(sheet)[0].columns


def test_completed_with_yes_and_no_is_no_date():
    sheet = from_csv("Ticket #,Client,Created,Completed\n1,Acme,2025-03-14,Yes\n2,Acme,2025-03-15,No")
    assert "closed_at" not in match(sheet)[0].columns


def test_billable_that_holds_hours_is_no_yes_or_no():
    header = ["Date", "Hours", "Client", "Billable"]
    assert "billable" not in match(table(header, ["2025-03-14", "1.5", "Acme", "01:30"]))[0].columns
    assert match(table(header, ["2025-03-14", "1.5", "Acme", "Y"]))[0].columns["billable"] == 3


def test_a_needed_column_full_of_nonsense_stays_mapped_so_that_its_rows_are_quarantined():
    sheet = from_csv("Client,Invoice Date,Amount\nAcme,2025-03-01,TBD\nBirch,2025-03-02,unknown")
    assert match(sheet)[0].columns["amount"] == 2


def test_freshdesks_title_is_a_job_title():
    header = ["Ticket ID", "Subject", "Created time", "Title", "Contact ID", "Company Name"]
    [found] = match(table(header, ["1", "Printer is down", "2025-12-03 16:29:08", "CEO", "a@b.test", "Acme"]))
    assert found.columns["title"] == 1
    assert 3 in found.unused and 4 in found.unused


def test_zendesks_summation_column_is_no_id():
    header = ["Summation column", "Id", "Requester", "Via", "Created at", "Solved at", "First reply time in minutes"]
    [found] = match(table(header, ["1", "812", "Ann", "Mail", "2025-03-14 09:15", "2025-03-14 12:15", "42"]))
    assert found.columns["ticket_id"] == 1 and 0 in found.unused
    assert found.made["first_response_at"] == MadeColumn("minutes_after", (4, 6))


def test_clockifys_two_durations_are_the_same_hours_once():
    header = ["Client", "User", "Start Date", "Duration (h)", "Duration (decimal)", "Billable Amount (EUR)"]
    [found] = match(table(header, ["Acme", "Ann", "09/15/2026", "01:30:00", "1.50", "90.00"]))
    assert found.columns["hours"] == 4 and 3 in found.unused


def test_quickbooks_balance_is_never_the_amount():
    header = ["", "Date", "Transaction Type", "Num", "Due Date", "Amount", "Open Balance", "Balance"]
    [found] = match(table(header, ["Acme", "03/02/2026", "Invoice", "7", "04/01/2026", "10.00", "4.00", "14.00"]))
    assert found.columns["amount"] == 5
    assert {6, 7} <= set(found.unused)


def test_jsms_time_to_resolution_is_what_remains_and_is_not_read():
    header = ["Summary", "Issue key", "Created", "Resolved", "Custom field (Time to resolution)", "Time Spent"]
    [found] = match(table(header, ["VPN", "SD-1", "25/Feb/26 10:17 PM", "", "-3:41", "32400"]))
    assert 4 in found.unused
    assert found.units["hours"] == "seconds"


def test_xeros_line_amount_counts_and_the_repeated_totals_do_not():
    header = ["ContactName", "InvoiceNumber", "InvoiceDate", "Total", "LineAmount", "TaxAmount", "Type", "Status"]
    [found] = match(table(header, ["Acme", "INV-1", "11/06/2026", "30.00", "10.00", "1.50", "Sales invoice", "Paid"]))
    assert found.columns["amount"] == 4 and 3 in found.unused
    assert found.columns["client"] == 0


def test_minutes_are_told_by_the_caption():
    header = ["Date", "Client", "Time Spent (minutes)"]
    [found] = match(table(header, ["2025-03-14", "Acme", "90"]), entity="time_entries")
    assert (dict(found.units), dict(found.made), found.shapes) == ({"hours": "minutes"}, {}, ())


def test_a_currency_in_the_caption_of_an_amount_is_the_currency_of_its_rows():
    [found] = match(from_csv("Client,Invoice Date,Amount (EUR)\nAcme,2025-03-01,10.00"))
    assert dict(found.constants) == {"currency": "EUR"}


def test_hours_of_a_day_are_no_day_of_work():
    header = ["Day of Work", "Resource", "Company", "Start Time", "End Time", "Hours Worked"]
    row = ["01/15/2025", "Lee, Ann", "Acme", "09:00 AM", "10:30 AM", "1.50"]
    with pytest.raises(VitalsError, match='"Start Time" holds|no column "Date"'):
        match(table(header[1:], row[1:]))
    [found] = match(table(header, row))
    assert (found.columns["worked_on"], [question.name for question in found.questions]) == (0, ["confirm_mapping"])


def test_time_reports_that_repeat_their_ticket_are_time():
    header = ["Ticket ID", "Subject", "Company Name", "Agent", "Date", "Hours", "Billable", "Priority", "Status"]
    [found] = match(table(header, ["7", "VPN", "Acme", "Ann", "2025-01-15", "01:30", "Yes", "High", "Open"]))
    assert (found.entity, found.columns["worked_on"]) == ("time_entries", 4)


def test_tickets_none_of_whose_dates_is_known_are_asked():
    header = ["Ticket ID", "Company", "Agent", "Status", "Rated"]
    [found] = match(table(header, ["7", "Acme", "Ann", "Open", "2025-01-15"]))
    assert (found.entity, [question.name for question in found.questions]) == ("tickets", ["confirm_mapping"])
    [dateless] = match(table(header[:4], ["7", "Acme", "Ann", "Open"]))
    assert dateless.questions == ()


def test_a_wide_table_with_a_date_is_no_list_of_holidays():
    header = ["Ref", "To", "Date", "Paid", "Due", "Stage"]
    with pytest.raises(VitalsError, match="not recognised"):
        match(table(header, ["x", "Acme", "15 Jan 2025", "0.00", "1.00", "Paid"]))
    [found] = match(table(["Date", "Occasion"], ["2025-12-25", "Christmas"]))
    assert found.entity == "holidays"


def test_a_number_by_any_name_is_asked_whether_it_is_the_tickets():
    header = ["ID", "Summary", "Client", "Status", "Date Created"]
    rows = [["7", "VPN", "Acme", "Open", "2025-01-15"], ["8", "Mail", "Acme", "Open", "2025-01-16"]]
    [found] = match(table(header, *rows))
    assert (found.entity, found.columns["ticket_id"]) == ("tickets", 0)
    assert '"ID" is Ticket #' in found.questions[0].sentence
    with pytest.raises(VitalsError, match='no column "Ticket #"'):
        match(table(header, rows[0], rows[0]), entity="tickets")


def test_an_agreement_that_begins_is_no_client():
    header = ["Agreement", "Company", "Type", "Begin Date", "End Date", "Bill Amount"]
    [found] = match(table(header, ["Managed", "Acme", "Flat", "01/15/2024", "", "1,500.00"]))
    assert found.entity == "agreements"
    assert (found.columns["starts_on"], found.columns["monthly_fee"]) == (3, 5)


def test_line_subtotals_are_net_and_line_totals_are_not():
    header = ["Client Name", "Invoice #", "Date Issued", "Line Subtotal", "Tax 1 Amount", "Line Total"]
    [found] = match(table(header, ["Acme", "7", "2025-01-15", "100.00", "8.00", "108.00"]))
    assert found.columns["amount"] == 3


def test_a_grade_in_words_is_no_number():
    header = ["Ticket ID", "Status", "Satisfaction"]
    [worded] = match(table(header, ["7", "Open", "1 - Unsatisfied"]))
    assert "csat" not in worded.columns
    [counted] = match(table(header, ["7", "Open", "-1"]))
    assert counted.columns["csat"] == 2


@pytest.mark.parametrize(("cells", "taken"), [(("10.00", ""), 2), (("", "10.00"), 3), (("-", "10.00"), 3)])
def test_of_two_columns_called_alike_the_one_without_a_cell_is_none(cells, taken):
    header = ["Client", "Invoice Date", "Amount", "Amount"]
    [found] = match(table(header, ["Acme", "2025-03-01", *cells], ["Birch", "2025-03-02", *cells]))
    assert found.columns["amount"] == taken and not found.questions
