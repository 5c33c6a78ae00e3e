"""Rows that are no record of their own: each is accounted for."""

import pytest

from tests.ingest.tables import cells, from_csv, table
from vitals.ingest.recognise.match import match
from vitals.ingest.shapes.shape import needs_whole_table, reshape


def reshaped(sheet, **options):
    [found] = match(sheet, **options)
    shaped, folded = reshape(sheet, found)
    left_out = len(shaped.set_aside) + len(shaped.quarantined)
    assert shaped.rows.num_rows + folded + left_out == sheet.rows.num_rows
    return found, shaped, folded


def by_name(found, shaped, name):
    return cells(shaped, found.columns[name])


def reasons(shaped):
    return [(left.row_number, left.reason) for left in shaped.set_aside]


def test_one_row_per_comment_becomes_one_ticket_of_the_latest_comment():
    header = ["ticket customer", "ticket number", "tech", "comment owner", "timestamp", "ticket subject"]
    sheet = table(
        [*header, "ticket status", "ticket created date"],
        ["Acme", "7", "Ann", "Ann", "2025-11-20 14:03:11", "Printer", "New", "2025-11-20 14:00:00"],
        ["Acme", "7", "Ann", "Bob", "2025-11-21 09:00:00", "Printer", "Resolved", "2025-11-20 14:00:00"],
        ["Birch", "8", "Bob", "Bob", "2025-11-20 15:00:00", "VPN", "New", "2025-11-20 15:00:00"],
        ["Acme", "7", "Ann", "Ann", "2025-11-20 18:00:00", "Printer", "Open", "2025-11-20 14:00:00"],
    )
    found, shaped, folded = reshaped(sheet)
    assert folded == 2 and needs_whole_table(found)
    assert by_name(found, shaped, "ticket_id") == ["7", "8"]
    assert by_name(found, shaped, "status") == ["Resolved", "New"]


def test_audit_events_become_the_incident_as_it_last_stood():
    header = ["number", "incident_state", "sys_mod_count", "sys_updated_at", "opened_at", "assigned_to", "closed_at"]
    sheet = table(
        header,
        ["INC1", "Active", "9", "29-02-2016 01:16", "29-02-2016 01:00", "?", "01-03-2016 10:00"],
        ["INC1", "Closed", "10", "29-02-2016 09:16", "29-02-2016 01:00", "Resolver 1", "01-03-2016 10:00"],
        ["", "New", "0", "29-02-2016 09:16", "29-02-2016 01:00", "?", ""],
        ["", "New", "0", "29-02-2016 09:16", "29-02-2016 01:00", "?", ""],
    )
    found, shaped, folded = reshaped(sheet)
    assert folded == 1
    assert by_name(found, shaped, "status") == ["Closed", "New", "New"]
    assert by_name(found, shaped, "technician") == ["Resolver 1", "", ""]


def test_devices_are_counted_per_client_and_nameless_ones_stay_to_be_quarantined():
    sheet = from_csv(
        """Device Name,Device Type,Device ID,Client Name,Site Name
        PC1,Laptop,1,Acme,HQ
        PC2,Laptop,2,ACME ,HQ
        SRV,Server,3,Birch,HQ
        PC9,Laptop,4,,HQ"""
    )
    found, shaped, folded = reshaped(sheet)
    assert (found.system, found.entity, folded) == ("N-able", "clients", 1)
    assert by_name(found, shaped, "client") == ["Acme", "Birch", ""]
    assert by_name(found, shaped, "endpoints") == ["2", "1", "1"]


def test_xero_bills_overpayments_drafts_and_voided_invoices_are_no_revenue():
    header = ["ContactName", "InvoiceNumber", "InvoiceDate", "LineAmount", "TaxAmount", "Type", "Status"]
    rows = [
        ("10.00", "Sales invoice", "Paid"),
        ("20.00", "Bill", "Paid"),
        ("30.00", "Sales invoice", "Voided"),
        ("40.00", "Sales credit note", "Paid"),
        ("50.00", "Sales overpayment", "Paid"),
        ("60.00", "Sales invoice", "Draft"),
    ]
    lines = [["Acme", str(n), "11/06/2026", amount, "0", kind, status] for n, (amount, kind, status) in enumerate(rows)]
    found, shaped, _ = reshaped(table(header, *lines))
    assert by_name(found, shaped, "amount") == ["10.00", "40.00"]
    assert by_name(found, shaped, "is_credit") == ["no", "yes"]
    assert sorted(reasons(shaped)) == [
        (3, "not_revenue"),
        (4, "draft_or_voided"),
        (6, "not_revenue"),
        (7, "draft_or_voided"),
    ]
    assert shaped.set_aside[0].raw_text.startswith("Acme,1,11/06/2026,20.00")


def test_quickbooks_groups_are_filled_down_and_payments_set_aside():
    header = ["", "Date", "Transaction Type", "Num", "Product/Service", "Amount", "Balance"]
    sheet = table(
        header,
        ["Acme", "", "", "", "", "", ""],
        ["", "03/02/2026", "Invoice", "2001", "Managed", "2,000.00", "2,000.00"],
        ["", "03/05/2026", "Payment", "p1", "", "-2,000.00", "0.00"],
        ["Birch", "", "", "", "", "", ""],
        ["", "03/15/2026", "Credit Memo", "2002", "Managed", "-50.00", "-50.00"],
    )
    found, shaped, _ = reshaped(sheet)
    assert by_name(found, shaped, "client") == ["Acme", "Birch"]
    assert by_name(found, shaped, "is_credit") == ["no", "yes"]
    assert sorted(reasons(shaped)) == [(2, "group_title"), (4, "not_revenue"), (5, "group_title")]


def test_a_row_too_short_to_say_what_it_is_stays_to_be_quarantined():
    header = ["Date", "Num", "Name", "Split", "Amount", "Transaction Type"]
    line = ["03/02/2026", "1", "Acme", "Income", "100.00"]
    sheet = table(header, [*line, "Invoice"], [*line, ""], line)
    found, shaped, _ = reshaped(sheet)
    assert reasons(shaped) == [(3, "not_revenue")]
    assert by_name(found, shaped, "is_credit") == ["no", None]


def test_a_ledger_counts_accounts_of_income_and_not_the_receivable_side():
    header = ["", "Date", "Transaction Type", "Num", "Name", "Split", "Amount", "Balance"]
    sheet = table(
        header,
        ["Accounts Receivable", "", "", "", "", "", "", ""],
        ["", "03/02/2026", "Invoice", "1", "Acme", "Services Income", "100.00", "100.00"],
        ["Services Income", "", "", "", "", "", "", ""],
        ["", "03/02/2026", "Invoice", "1", "Acme", "Accounts Receivable", "100.00", "100.00"],
    )
    found, shaped, _ = reshaped(sheet)
    assert by_name(found, shaped, "amount") == ["100.00"]
    assert by_name(found, shaped, "item") == ["Services Income"]
    assert (3, "not_revenue") in reasons(shaped)


def test_notes_among_autotasks_time_entries_are_set_aside():
    header = ["Autotask Ticket Number", "Resource", "Start Date/Time", "End Date/Time", "Work Type", "Non-Billable"]
    sheet = table(
        header,
        ["T1", "Lee, Ann", "10/10/2022 8:00 PM", "10/10/2022 9:30 PM", "Remote", ""],
        ["T1", "Lee, Ann", "", "", "", ""],
        ["T2", "Ray, Bob", "10/10/2022 11:30 PM", "10/11/2022 12:15 AM", "Remote", "True"],
    )
    found, shaped, _ = reshaped(sheet)
    assert by_name(found, shaped, "hours") == ["1.5", "0.75"]
    assert by_name(found, shaped, "billable") == ["yes", "no"]
    assert reasons(shaped) == [(3, "note_without_time")]


def test_a_time_sheet_with_times_instead_of_hours_is_counted():
    sheet = from_csv(
        """Technician,Client,Date,Start Time,End Time
        Ann,Acme,2025-03-14,09:00,10:30
        Ann,Acme,2025-03-14,23:30,00:15"""
    )
    found, shaped, _ = reshaped(sheet)
    assert by_name(found, shaped, "hours") == ["1.5", "0.75"]


def test_agreements_with_a_start_and_an_end_are_no_hours():
    [found] = match(from_csv("Client,Start,End,MRR\nAcme,2024-01-01,2026-12-31,4000"))
    assert found.entity == "agreements"


def test_an_export_as_long_as_the_vendor_allows_is_probably_cut():
    header = ["number", "opened_at", "short_description"]
    sheet = table(header, *[[f"INC{n}", "2019-07-29 11:48:43", "x"] for n in range(10_000)])
    _, shaped, _ = reshaped(sheet)
    assert "10,000" in shaped.warnings[0] and "probably cut" in shaped.warnings[0]
    _, shorter, _ = reshaped(table(header, ["INC1", "2019-07-29 11:48:43", "x"]))
    assert shorter.warnings == ()


@pytest.mark.parametrize("caption", ["Held", "Held?", "Completed", "Status"])
def test_a_sheet_of_reviews_kept_by_hand_says_by_a_word_which_were_held(caption):
    sheet = from_csv(f"Client,Review Date,{caption},Notes\nAcme,2025-03-14,Yes,fine\nBirch,2025-03-15,No,moved")
    found, shaped, _ = reshaped(sheet)
    assert found.entity == "reviews" and not found.questions
    assert by_name(found, shaped, "scheduled_on") == ["2025-03-14", "2025-03-15"]
    assert by_name(found, shaped, "held_on") == ["2025-03-14", ""]


def test_a_sheet_of_reviews_with_both_dates_keeps_them():
    sheet = from_csv("Client,Review Date,Held,Status\nAcme,2025-03-14,2025-03-20,held\nBirch,2025-03-15,,no_show")
    found, shaped, _ = reshaped(sheet)
    assert by_name(found, shaped, "held_on") == ["2025-03-20", ""]


def test_only_appointments_that_name_a_review_are_reviews():
    header = ["Subject", "Start Date", "Start Time", "End Date", "End Time", "All day event"]
    subjects = ["QBR - Acme Dental", "Lunch", "Birch Legal Quarterly Business Review Q2 2025", "Canceled: Cedar QBR"]
    sheet = table(header, *[[subject, "3/14/2025", "9:00", "3/14/2025", "10:00", "False"] for subject in subjects])
    found, shaped, _ = reshaped(sheet)
    assert by_name(found, shaped, "client") == ["Acme Dental", "Birch Legal", "Cedar"]
    assert by_name(found, shaped, "status") == ["", "", "cancelled"]
    assert reasons(shaped) == [(3, "not_a_review")]


def test_documents_of_an_unknown_vendor_are_told_apart_by_their_type():
    sheet = from_csv(
        """Invoice #,Client,Invoice Date,Amount,Type
        1,Acme,2025-03-01,100.00,Managed services
        2,Acme,2025-03-02,-10.00,Credit Memo
        3,Acme,2025-03-03,-90.00,Payment"""
    )
    found, shaped, _ = reshaped(sheet)
    assert by_name(found, shaped, "is_credit") == ["no", "yes"]
    assert by_name(found, shaped, "item") == ["Managed services", ""]
    assert reasons(shaped) == [(4, "not_revenue")]
