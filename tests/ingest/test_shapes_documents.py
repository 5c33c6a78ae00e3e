"""Lines of documents, some of which hold the tax that stands beside them."""

from tests.ingest.tables import cells, from_csv
from vitals.ingest.recognise.match import match
from vitals.ingest.shapes.shape import needs_whole_table, reshape

HEADER = "ContactName,InvoiceNumber,InvoiceDate,Total,TaxTotal,LineAmount,TaxAmount"


def amounts(lines):
    """The amounts of the lines as they count, and what was said about them."""
    sheet = from_csv(f"{HEADER}\n{lines}")
    [found] = match(sheet)
    assert needs_whole_table(found)
    shaped, _ = reshape(sheet, found)
    return cells(shaped, found.columns["amount"]), shaped.warnings


def test_tax_is_taken_off_lines_that_add_up_to_the_total_without_it():
    lines = "Acme,INV-1,15/01/2025,120.00,20.00,60.00,10.00\nAcme,INV-1,15/01/2025,120.00,20.00,60.00,10.00"
    assert amounts(lines) == (
        ["50.00", "50.00"],
        ("In 1 of the invoices the lines hold the tax, which was taken off their amounts.",),
    )


def test_a_tax_is_taken_off_once_where_the_figures_of_the_lines_tell_of_it_as_well():
    lines = "Acme,INV-1,15/01/2025,119.00,19.00,119.00,19.00\nBirch,INV-2,16/01/2025,238.00,38.00,238.00,38.00"
    assert amounts(lines)[0] == ["100.00", "200.00"]


def test_lines_beside_their_tax_stay_what_they_are():
    lines = "Acme,INV-1,15/01/2025,120.00,20.00,100.00,20.00\nBirch,INV-2,16/01/2025,50.00,0.00,50.00,0.00"
    assert amounts(lines) == (["100.00", "50.00"], ())


def test_each_invoice_is_judged_by_its_own_total():
    lines = "Acme,INV-1,15/01/2025,120.00,20.00,100.00,20.00\nBirch,INV-2,16/01/2025,60.00,10.00,60.00,10.00"
    assert amounts(lines)[0] == ["100.00", "50.00"]


def test_lines_that_cant_be_read_are_left_to_be_quarantined():
    lines = "Acme,INV-1,15/01/2025,120.00,20.00,soon,10.00\nAcme,,15/01/2025,60.00,10.00,60.00,10.00"
    assert amounts(lines) == (["soon", "60.00"], ())
