"""Reports of what is still to be paid are no revenue: those that can't hold more are refused, others asked about."""

import pytest

from tests.ingest.tables import from_csv
from tests.ingest.written import only
from vitals.errors import VitalsError
from vitals.ingest.recognise.match import match

AGEING = (
    "A/R Aging Detail Report\nBlue Lake\n\n,Date,Transaction Type,Num,Customer,Due Date,Amount,Open Balance\n"
    "Current,,,,,,,\n,03/15/2025,Invoice,1001,Acme,04/14/2025,500.00,500.00\nTotal for Current,,,,,,500.00,500.00\n"
)
XERO = (
    "Aged Receivables Detail\nBlue Lake\n\nInvoice Number,Invoice Date,Due Date,Current,< 1 Month,1 Month,Older,Total\n"
    "INV-001,15 Mar 2025,30 Mar 2025,500.00,,,,500.00\n"
)
DESKTOP = (
    "Type,Date,Num,Name,Terms,Due Date,Class,Aging,Open Balance\nInvoice,03/15/2025,7,Acme,Net 30,04/14/2025,,0,500.00"
)
SUMMARY = "Customer,Current,1 - 30,31 - 60,61 - 90,91 and over,Total\nAcme,500,0,0,0,0,500"


@pytest.mark.parametrize("text", [AGEING, XERO, DESKTOP, SUMMARY])
@pytest.mark.parametrize("slot", [None, "invoice_lines"])
def test_report_of_receivables_is_refused_and_names_the_report_to_export(text, slot):
    with pytest.raises(VitalsError, match="receivables") as refusal:
        match(only(text), entity=slot)
    assert "what was paid" in refusal.value.hint and "xport" in refusal.value.hint


def balances(*cells):
    lines = [f"Acme,03/{place + 10}/2025,Invoice,{place},04/14/2025,500.00,{cell}" for place, cell in enumerate(cells)]
    return from_csv("\n".join([",Date,Transaction Type,Num,Due Date,Amount,Open Balance", *lines]))


def test_invoices_none_of_which_is_paid_are_asked_about():
    [found] = match(balances("500.00", "20.00"))
    [asked] = found.questions
    assert asked.name == "confirm_mapping" and "paid invoices are missing" in asked.sentence
    assert "Sales by Customer Detail" in asked.sentence
    [found] = match(balances("500.00", "20.00"), answers={"confirm_mapping": "yes"})
    assert not found.questions


@pytest.mark.parametrize("paid", ["0.00", "$0.00", "0"])
def test_invoices_some_of_which_are_paid_are_not(paid):
    [found] = match(balances("500.00", paid))
    assert not found.questions


LEDGER = "Date,Source,Description,Reference,Debit,Credit,Running Balance,Gross,Net,GST"
LINE = "15 Mar 2025,Receivable Invoice,Managed services,INV-001,,500.00,500.00,550.00,500.00,50.00"
DETAIL = "Invoice Number,Date,Description,Quantity,Unit Price,Tax,Gross,Net\nINV-001,15 Mar 2025,IT,1,500,50,550,500\n"


@pytest.mark.parametrize(
    ("text", "report"),
    [
        (f"Account Transactions\nBlue Lake\n\n{LEDGER}\n{LINE}\n", "Account Transactions"),
        (f"{LEDGER}\n{LINE}\n", "Account Transactions"),
        (f"Receivable Invoice Detail\nBlue Lake\n\n{DETAIL}", "Receivable Invoice Detail"),
    ],
)
def test_xeros_reports_without_a_contact_are_refused_by_their_names_and_that_column(text, report):
    with pytest.raises(VitalsError, match=f'{report}", but has no column "Contact"') as refusal:
        match(only(text))
    assert 'column "Contact"' in refusal.value.hint or 'columns "Contact"' in refusal.value.hint


@pytest.mark.parametrize("text", [f"{LEDGER},Contact\n{LINE},Acme\n", f"Receivable Invoice Detail\n\n{DETAIL}"])
def test_xeros_reports_are_read_where_the_client_is_known(text):
    client = None if "Contact" in text else "Acme"
    [found] = match(only(text), entity="invoice_lines", client=client)
    assert found.entity == "invoice_lines"
