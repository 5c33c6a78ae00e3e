"""Lists of invoices and hours under German, French and Spanish captions: one question, and then the right figures."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

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
    assert [(item.row_number, item.reason) for item in found.tables[0].set_aside] == [(3, "draft_or_voided")]
    assert (found.tables[0].currency, found.tables[0].match.evidence) == ("EUR", "inferred")


@pytest.mark.parametrize("language", HOURS)
def test_hours_are_read_with_who_worked_and_whether_they_are_billed(language: str) -> None:
    [row] = _read(HOURS[language], confirm_mapping="yes")[1]
    assert (row["worked_on"], row["technician"], row["client"]) == (date(2025, 1, 15), "Ann Groß", "Müller AG")
    assert (row["hours"], row["billable"], row["work_type"]) == (Decimal("1.5"), True, "Support")
