"""Lists of invoices and hours under captions of other languages: one question, and then the right figures."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from vitals.errors import VitalsError
from vitals.ingest.model import Options, Prepared
from vitals.ingest.preparation import prepare

INVOICES = {
    "German": """Rechnungsnummer;Rechnungsdatum;Kunde;Artikel;Menge;Nettobetrag;MwSt;Bruttobetrag;Währung;Status
R1;15.01.2025;Müller GmbH;Wartung;1;1.250,00;237,50;1.487,50;EUR;Bezahlt
R2;03.02.2025;Müller GmbH;Wartung;1;599,70;113,94;713,64;EUR;Entwurf
""",
    "French": """N° facture;Date de facture;Client;Désignation;Montant HT;TVA;Montant TTC;Devise;Statut
R1;15/01/2025;Müller GmbH;Wartung;1 250,00;237,50;1 487,50;EUR;Payée
R2;03/02/2025;Müller GmbH;Wartung;599,70;113,94;713,64;EUR;Brouillon
""",
    "Spanish": """Nº factura;Fecha;Cliente;Concepto;Base imponible;IVA;Total;Moneda;Estado
R1;15/01/2025;Müller GmbH;Wartung;1.250,00;237,50;1.487,50;EUR;Pagada
R2;03/02/2025;Müller GmbH;Wartung;599,70;113,94;713,64;EUR;Borrador
""",
    "Dutch": """Factuurnummer;Factuurdatum;Debiteur;Omschrijving;Bedrag excl. btw;Btw;Bedrag incl. btw;Valuta;Status
R1;15-01-2025;Müller GmbH;Wartung;1.250,00;237,50;1.487,50;EUR;Betaald
R2;03-02-2025;Müller GmbH;Wartung;599,70;113,94;713,64;EUR;Concept
""",
    "Swedish": """Fakturanr;Fakturadatum;Kund;Artikel;Belopp exkl. moms;Moms;Totalt;Valuta;Betalstatus
R1;2025-01-15;Müller GmbH;Wartung;1 250,00;237,50;1 487,50;EUR;Betald
R2;2025-02-03;Müller GmbH;Wartung;599,70;113,94;713,64;EUR;Utkast
""",
    "Danish": """Fakturanr.;Fakturadato;Kundenavn;Varenavn;Nettobeløb;Momsbeløb;Bruttobeløb;Valuta;Status
R1;15-01-2025;Müller GmbH;Wartung;1.250,00;237,50;1.487,50;EUR;Betalt
R2;03-02-2025;Müller GmbH;Wartung;599,70;113,94;713,64;EUR;Kladde
""",
    "Polish": """Nr faktury;Data wystawienia;Kontrahent;Usługa;Netto;VAT;Brutto;Waluta;Stan
R1;2025-01-15;Müller GmbH;Wartung;1 250,00;237,50;1 487,50;EUR;Zapłacona
R2;2025-02-03;Müller GmbH;Wartung;599,70;113,94;713,64;EUR;Szkic
""",
    "Portuguese": """Nº Fatura;Data;Cliente;Serviço;Valor s/ IVA;IVA;Valor c/ IVA;Moeda;Situação
R1;15/01/2025;Müller GmbH;Wartung;1.250,00;237,50;1.487,50;EUR;Paga
R2;03/02/2025;Müller GmbH;Wartung;599,70;113,94;713,64;EUR;Rascunho
""",
    "Italian": """Numero fattura;Data fattura;Ragione sociale;Servizio;Imponibile;IVA;Totale;Valuta;Stato
R1;15/01/2025;Müller GmbH;Wartung;1.250,00;237,50;1.487,50;EUR;Pagata
R2;03/02/2025;Müller GmbH;Wartung;599,70;113,94;713,64;EUR;Bozza
""",
}
LENGTHS = {
    "German clock": "Datum;Mitarbeiter;Kunde;Von;Bis\n15.01.2025;Ann Groß;Müller AG;22:30;00:00\n",
    "German break": "Datum;Mitarbeiter;Kunde;Beginn;Ende;Pause\n15.01.2025;Ann Groß;Müller AG;09:00;11:00;00:30\n",
    "German break in minutes": (
        "Datum;Techniker;Kunde;Von;Bis;Pause (Min)\n15.01.2025;Ann Groß;Müller AG;09:00;10:33;3\n"
    ),
    "German parts": "Datum;Mitarbeiter;Kunde;Std;Min\n15.01.2025;Ann Groß;Müller AG;1;30\n",
    "French clock": "Date;Technicien;Client;Début;Fin\n15/01/2025;Ann Groß;Müller AG;09:00;10:30\n",
    "French parts": "Date;Technicien;Client;Heures;Minutes\n15/01/2025;Ann Groß;Müller AG;1;30\n",
    "Spanish clock": "Fecha;Técnico;Cliente;Inicio;Fin\n15/01/2025;Ann Groß;Müller AG;09:00;10:30\n",
    "Dutch": "Datum;Medewerker;Klant;Uren\n15-01-2025;Ann Groß;Müller AG;1,5\n",
    "Dutch clock": "Datum;Medewerker;Klant;Begintijd;Eindtijd;Pauze\n15-01-2025;Ann Groß;Müller AG;09:00;11:00;30\n",
    "Swedish": "Datum;Tekniker;Kund;Timmar\n2025-01-15;Ann Groß;Müller AG;1,5\n",
    "Swedish words": "Datum;Tekniker;Kund;Arbetad tid\n2025-01-15;Ann Groß;Müller AG;1 timme 30 minuter\n",
    "Danish": "Dato;Medarbejder;Kunde;Timer\n15-01-2025;Ann Groß;Müller AG;1,5\n",
    "Polish": "Data;Pracownik;Klient;Godziny\n2025-01-15;Ann Groß;Müller AG;1,5\n",
    "Portuguese": "Data;Técnico;Cliente;Horas\n15/01/2025;Ann Groß;Müller AG;1,5\n",
}
HOURS = {
    "German": "Datum;Mitarbeiter;Kunde;Tätigkeit;Dauer (h);Abrechenbar\n15.01.2025;Ann Groß;Müller AG;Support;1,5;ja\n",
    "French": "Date;Collaborateur;Client;Activité;Durée;Facturable\n15/01/2025;Ann Groß;Müller AG;Support;1h30;oui\n",
    "Spanish": "Fecha;Técnico;Cliente;Actividad;Horas;Facturable\n15/01/2025;Ann Groß;Müller AG;Support;1:30;sí\n",
}


def _read(text: str, **answers: str) -> tuple[Prepared, list[dict[str, Any]]]:
    rows: list[dict[str, Any]] = []
    options = Options(answers=answers, today=date(2026, 6, 1))
    found = prepare(text.encode(), "list.csv", options, lambda index, entity, part: rows.extend(part.to_pylist()))
    return found, rows


@pytest.mark.parametrize("language", INVOICES)
def test_invoices_are_asked_once_and_drafts_are_left_out(language: str) -> None:
    assert [question.name for question in _read(INVOICES[language])[0].questions] == ["confirm_mapping"]
    found, [row] = _read(INVOICES[language], confirm_mapping="yes")
    assert (row["client"], row["invoiced_on"], row["item"]) == ("Müller GmbH", date(2025, 1, 15), "Wartung")
    assert (row["amount"], row["tax"], row["invoice_number"]) == (Decimal(1250), Decimal("237.50"), "R1")
    [draft] = found.tables[0].set_aside
    assert draft.row_number == 3 and draft.reason in ("draft_or_voided", "not_revenue")
    assert (found.tables[0].currency, found.tables[0].match.evidence) == ("EUR", "inferred")


@pytest.mark.parametrize("language", HOURS)
def test_hours_are_read_with_who_worked_and_whether_they_are_billed(language: str) -> None:
    [row] = _read(HOURS[language], confirm_mapping="yes")[1]
    assert (row["worked_on"], row["technician"], row["client"]) == (date(2025, 1, 15), "Ann Groß", "Müller AG")
    assert (row["hours"], row["billable"], row["work_type"]) == (Decimal("1.5"), True, "Support")


@pytest.mark.parametrize("kind", LENGTHS)
def test_hours_are_read_however_a_language_says_them(kind: str) -> None:
    assert [question.name for question in _read(LENGTHS[kind])[0].questions] == ["confirm_mapping"]
    [row] = _read(LENGTHS[kind], confirm_mapping="yes")[1]
    assert (row["worked_on"], row["technician"], row["client"]) == (date(2025, 1, 15), "Ann Groß", "Müller AG")
    assert row["hours"] == Decimal("1.5")


TAXED = """Invoice Number,Customer,Invoice Date,Total,GST,{tax}
1,Acme,2026-03-01,112.00,5.00,7.00
2,Acme,2026-03-02,224.00,10.00,14.00
"""


@pytest.mark.parametrize(("tax", "amount"), [("PST", 100), ("State Tax", 100), ("Tax 2", 100), ("Shipping", 107)])
def test_each_tax_in_a_total_is_taken_off_it(tax: str, amount: int) -> None:
    rows = _read(TAXED.format(tax=tax), confirm_mapping="yes")[1]
    assert [row["amount"] for row in rows] == [Decimal(amount), Decimal(2 * amount)]


@pytest.mark.parametrize("price", ["Price", "Rate", "Unit Price", "Price per unit"])
def test_a_price_beside_a_quantity_is_that_of_one_piece(price: str) -> None:
    captions = f"Invoice Number,Customer,Invoice Date,Item,Quantity,{price}"
    text = f"{captions}\n1,Acme,2026-03-01,A,2,50\n2,Acme,2026-03-02,B,3,10\n"
    found = _read(text)[0]
    assert [question.name for question in found.questions] == ["confirm_mapping"]
    assert [row["amount"] for row in _read(text, confirm_mapping="yes")[1]] == [Decimal(100), Decimal(30)]


def test_a_total_called_gross_is_net_of_the_rate_beside_it() -> None:
    text = "Kunde;Rechnungsdatum;Betrag brutto;Steuersatz\nAcme;01.03.2026;1.190,00;19\nAcme;13.03.2026;595,00;19\n"
    assert [row["amount"] for row in _read(text, confirm_mapping="yes")[1]] == [Decimal(1000), Decimal(500)]


NO_REVENUE = {
    "Bill No,Vendor,Bill Date,Amount\n1,Dell,2026-03-01,5000\n": "bills of vendors",
    "PO Number,Supplier,Order Date,Total\n1,Dell,2026-03-01,5000\n": "bills of vendors",
    "Estimate No,Customer,Estimate Date,Amount\n1,Acme,2026-03-01,5000\n": "quotes or estimates",
    "Angebotsnummer;Kunde;Angebotsdatum;Netto\n1;Acme;01.03.2026;5000,00\n": "quotes or estimates",
    "Company,Close Date,Amount,Stage\nAcme,2026-03-01,5000,Won\n": "sales opportunities",
    "Account,Debit,Credit\nSales,,5000.00\nRent,700.00,\n": '"Debit" and "Credit" hold amounts',
}


@pytest.mark.parametrize("text", NO_REVENUE)
def test_documents_that_bring_no_revenue_are_refused_by_what_they_are(text: str) -> None:
    with pytest.raises(VitalsError, match=NO_REVENUE[text]):
        _read(text)


@pytest.mark.parametrize("beside", ["Vendor,PO Number", "Quote Number,Quote Date", "Supplier,Order Date"])
def test_invoices_that_name_such_a_document_are_invoices(beside: str) -> None:
    text = f"Invoice Number,Customer,Invoice Date,Amount,{beside}\n1,Acme,2026-03-01,100,Dell,2026-02-01\n"
    [row] = _read(text)[1]
    assert row["amount"] == 100
