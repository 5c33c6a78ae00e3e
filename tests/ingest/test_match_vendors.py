"""Exports of known systems in the spellings that their own versions and list views give them."""

import pytest

from tests.ingest.tables import cells, from_csv, table
from vitals.errors import VitalsError
from vitals.ingest.recognise.captions import Header
from vitals.ingest.recognise.match import match
from vitals.ingest.shapes.shape import reshape

DETAIL = ["Acme", "03/15/2026", "Invoice", "7", "Managed", "Seats", "2", "50.00", "100.00", "100.00"]


def captions(header, found):
    """Contract column -> the caption that it is read from."""
    return {name: header[at] for name, at in found.columns.items() if at < len(header)}


def read(text):
    """The header of a table, its match and its columns as the match means them."""
    sheet = from_csv(text)
    [found] = match(sheet)
    shaped, _ = reshape(sheet, found)
    return found, {name: cells(shaped, at) for name, at in found.columns.items()}


def test_a_signature_may_spell_a_caption_in_several_ways():
    header = Header.of(("Transaction date", "Amount"))
    assert header.has((("Date", "Transaction date"), ("Amount",)))
    assert not header.has((("Date", "Day"), ("Amount",)))


@pytest.mark.parametrize(
    ("date", "number", "customer", "item"),
    [
        ("Date", "Num", "Customer", "Product/Service"),
        ("Transaction date", "No.", "Customer full name", "Product/Service full name"),
        ("Transaction date", "#", "Customer full name", "Product/Service"),
    ],
)
def test_both_generations_of_quickbooks_captions_are_read(date, number, customer, item):
    header = [customer, date, "Transaction type", number, item, "Memo/Description", "Qty", "Price", "Amount", "Balance"]
    [found] = match(table(header, DETAIL))
    expected = {"client": customer, "invoiced_on": date, "invoice_number": number, "item": item, "amount": "Amount"}
    assert captions(header, found) == expected
    assert (found.system, found.questions) == ("QuickBooks Online", ())


def test_sales_grouped_by_product_name_the_client_in_the_row():
    header = ["", "Transaction date", "Transaction type", "Num", "Customer full name", "Amount", "Product/Service"]
    [found] = match(table(header, ["", "03/15/2026", "Invoice", "7", "Acme", "100.00", "Managed"]))
    assert captions(header, found)["client"] == "Customer full name"
    assert captions(header, found)["item"] == "Product/Service"


def test_transactions_grouped_by_customer_take_the_group_for_the_client():
    header = ["", "Date", "Transaction type", "Num", "Posting (Y/N)", "Account full name", "Amount", "Customer"]
    [found] = match(table(header, ["", "03/15/2026", "Invoice", "7", "Yes", "A/R", "100.00", "Acme"]))
    assert (found.system, captions(header, found)["client"]) == ("QuickBooks Online", "Customer")


def test_a_ledger_counts_an_account_whose_name_does_not_say_income():
    header = ["", "Date", "Transaction Type", "Num", "Name", "Split", "Amount", "Balance", "Group"]
    rows = [("Managed IT", "100.00"), ("Accounts Receivable (A/R)", "108.00"), ("Sales Tax Payable", "8.00")]
    sheet = table(
        header, *[["", "03/15/2026", "Invoice", "7", "Acme", "x", amount, "0", group] for group, amount in rows]
    )
    [found] = match(sheet)
    shaped, _ = reshape(sheet, found)
    assert cells(shaped, found.columns["amount"]) == ["100.00"]
    assert [left.reason for left in shaped.set_aside] == ["not_revenue", "not_revenue"]


def test_quickbooks_time_is_grouped_by_technician():
    header = ["", "Activity Date", "Customer", "Product/Service", "Rates", "Duration", "Billable", "Group"]
    [found] = match(table(header, ["", "03/15/2026", "Acme", "Labor", "150.00", "1:30", "Yes", "Ann Lee"]))
    assert captions(header, found)["technician"] == "Group"
    assert captions(header, found)["worked_on"] == "Activity Date" and not found.questions


def test_the_tax_beside_a_total_is_taken_off_and_the_reading_asked():
    found, read_as = read(
        'Invoice #,Company,Date,Total,Sales Tax\n7,Acme,2026-03-15,"1,080.00",80.00\n8,Birch,2026-03-16,50,'
    )
    assert read_as["amount"] == ["1000.00", "50"]
    [question] = found.questions
    assert '"Total" with "Sales Tax" gives Amount' in question.sentence


def test_a_total_without_a_tax_is_asked_and_a_subtotal_is_not():
    found, read_as = read("Invoice #,Company,Date,Total\n7,Acme,2026-03-15,108.00")
    assert read_as["amount"] == ["108.00"] and found.questions
    found, read_as = read("Invoice #,Company,Date,Subtotal,Tax,Total\n7,Acme,2026-03-15,100.00,8.00,108.00")
    assert read_as["amount"] == ["100.00"] and not found.questions


@pytest.mark.parametrize(
    ("header", "what"),
    [
        (["", "Date", "Transaction type", "Num", "Term", "Due date", "Open balance"], "open balances"),
        (["", "Current", "1 - 30", "31 - 60", "61 - 90", "91 and over", "Total"], "receivables by age"),
        (["Distribution account", "Total"], "profit and loss"),
    ],
)
def test_a_report_of_the_books_that_holds_no_sales_is_named(header, what):
    with pytest.raises(VitalsError, match=what):
        match(table(header, ["Acme", *["1"] * (len(header) - 1)]))


def test_quickbooks_desktops_sales_detail_is_read():
    header = ["", "Type", "Date", "Num", "Memo", "Name", "Item", "Qty", "Sales Price", "Amount", "Balance"]
    [found] = match(table(header, ["", "Invoice", "01/15/2026", "7", "x", "Acme", "Seats", "1", "9", "9", "9"]))
    assert (found.system, found.questions) == ("QuickBooks Desktop", ())
    assert captions(header, found)["item"] == "Item" and captions(header, found)["amount"] == "Amount"


@pytest.mark.parametrize(
    ("system", "text", "expected"),
    [
        (
            "Autotask PSA",
            "id,ticketNumber,title,companyID,createDate,resolvedDateTime,completedDate,assignedResourceID,ticketType\n"
            "1,T1,VPN,175,2025-05-13T00:04:07.940Z,2025-05-14T00:04:07.940Z,2025-05-15T00:04:07.940Z,29.0,1",
            {
                "ticket_id": ["T1"],
                "client": ["175"],
                "technician": ["29.0"],
                "resolved_at": ["2025-05-14T00:04:07.940Z"],
            },
        ),
        (
            "HaloPSA",
            "Ticket ID,Summary,Customer,Agent,Team,Date Logged,Date Closed,Category,Time Taken\n"
            "7,VPN,Acme,Ann,1st Line,15/01/2025 08:02,15/01/2025 16:15,Hardware>Laptop,1.5",
            {"hours": ["1.5"], "category": ["Hardware"], "resolved_at": ["15/01/2025 16:15"]},
        ),
        (
            "Zendesk",
            "Ticket ID,Ticket created - Date,Ticket solved - Date,Ticket status,"
            "Ticket organization name,Assignee name\n"
            "7,2025-01-15,2025-01-16,Solved,Acme,Ann",
            {"opened_at": ["2025-01-15"], "resolved_at": ["2025-01-16"], "client": ["Acme"], "technician": ["Ann"]},
        ),
        (
            "Toggl Track",
            "Description,Duration,Member,Client,Start date,Start time,Stop date,Stop time\n"
            "VPN,01:30:00,Ann,Acme,2025-01-15,09:00:00,2025-01-15,10:30:00",
            {"worked_on": ["2025-01-15"], "hours": ["01:30:00"], "technician": ["Ann"], "client": ["Acme"]},
        ),
        (
            "Tempo",
            "Issue Key,Issue summary,Hours,Work date,Username,Full name,Account Name\n"
            "SR-1,VPN,1.5,2025-01-15,al,Ann,Acme",
            {"ticket_id": ["SR-1"], "technician": ["Ann"], "client": ["Acme"]},
        ),
        (
            "Atera",
            "Ticket ID,Ticket title,Customer,Technician,Created,Resolved,Total duration\n"
            "7,VPN,Acme,Ann,1/15/2025 8:02 AM,1/15/2025 4:15 PM,01:30",
            {"hours": ["01:30"], "title": ["VPN"]},
        ),
        (
            "Freshservice",
            "Ticket Id,Subject,Created Time,Requester Name,Agent,Time tracked\n7,VPN,15-01-2025 08:02,Joe,Ann,01:30",
            {"hours": ["01:30"]},
        ),
    ],
)
def test_an_export_is_known_by_its_captions(system, text, expected):
    found, read_as = read(text)
    assert (found.system, found.questions) == (system, ())
    assert {name: read_as[name] for name in expected} == expected


def test_a_view_of_zendesk_is_asked_for_its_number_alone():
    found, read_as = read("Id,Subject,Requester,Requested,Organization,Status\n7,VPN,Joe,2025-01-15 08:02:00,Acme,Open")
    assert (found.system, read_as["opened_at"]) == ("Zendesk", ["2025-01-15 08:02:00"])
    assert [question.name for question in found.questions] == ["confirm_mapping"]


def test_devices_of_any_system_are_counted_by_client():
    sheet = from_csv(
        "Display Name,Organization,Device Class,OS Name\nPC-1,Acme,PC,W11\nPC-2,Acme,PC,W11\nPC-3,Birch,PC,W11"
    )
    [found] = match(sheet)
    shaped, _ = reshape(sheet, found)
    assert (found.entity, cells(shaped, found.columns["client"])) == ("clients", ["Acme", "Birch"])
    assert cells(shaped, found.columns["endpoints"]) == ["2", "1"]


def test_tickets_that_name_a_computer_are_no_list_of_devices():
    [found] = match(from_csv("Ticket ID,Computer Name,OS,Client,Created,Status\n7,PC-1,W11,Acme,2025-01-15,Open"))
    assert found.entity == "tickets"
