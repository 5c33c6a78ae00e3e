"""A text in an old page of letters is never taken for Western unseen: it is asked, with the names in each reading."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ingest.written import cells
from vitals.ingest.files.encoding import encoding_question
from vitals.ingest.files.reader import read

NAMES = {
    "cp1250": (
        ["Łódź Księgowość", "Zażółć Sp. z o.o.", "Zając i Żuraw", "Wrocław Śródmieście"],
        ["Škoda Říčany", "Tiskárna Plzeň-město Říčany", "Dvořák a Černý", "Žižkov městský úřad"],
        ["Erdős Kft", "Győr Fűtőmű", "Szűcs és Társa, Erdő", "Nagykőrös"],
        ["Čakovec Šport", "Đurđevac Žito", "Šarić i Kovač"],
    ),
    "cp1251": (["ООО Ромашка", "Принтер не работает", "Завод Север"],),
    "cp1253": (["Αθήνα ΑΕ", "Ο εκτυπωτής", "Θεσσαλονίκη"],),
    "cp1254": (["Işık Şirketi", "Çağ Ağaç", "İstanbul Yazıcı"],),
}
SPELT: list[tuple[str, list[str]]] = [(page, names) for page, lists in NAMES.items() for names in lists]
WESTERN = [
    ["Müller GmbH", "Bäckerei Groß"], ["Société Générale", "Hôtel à Liège"], ["Muñoz y Peña", "Año"],
    ["Åkerström AB", "Växjö Måleri"], ["Sørensen ApS", "Højgård"], ["Ações São João", "Padrões"],
    ["B’s “x” – y", "£10"], ["€20", "5°C"], ["¿Qué pasó con la impresión?", "Administración"], ["«Acme»", "Café"],
    ["l·lusió", "Çelik"],
]  # fmt: skip
CASES: list[Callable[[str], str]] = [str, str.upper, str.title]


@settings(max_examples=60, deadline=None)
@given(
    spelt=st.sampled_from(SPELT), places=st.lists(st.integers(0, 3), min_size=2, max_size=6, unique=False),
    plain=st.integers(0, 30), mark=st.sampled_from(",;\t"), case=st.sampled_from(CASES),
)  # fmt: skip
def test_names_are_asked_for_or_right(
    spelt: tuple[str, list[str]], places: list[int], plain: int, mark: str, case: Callable[[str], str]
) -> None:
    page, known = spelt
    names = [case(known[place % len(known)]).replace(",", "") for place in (*places, 0)]
    rows = [mark.join(("1", "Acme", "2025-03-01", "5"))] * plain
    rows += [mark.join((str(at), name, "2025-03-02", "7")) for at, name in enumerate(names)]
    data = ("\n".join([mark.join(("Invoice #", "Client", "Invoice Date", "Amount")), *rows]) + "\n").encode(page)
    asked = encoding_question(data, {})
    assert asked is not None
    assert page in asked.choices
    assert asked.choices[page].split("; ")[0] in names
    (table,) = read(data, "export.csv", page)
    assert [row[1] for row in cells(table)][plain:] == names
    assert encoding_question(data, {"encoding": page}) is None


@pytest.mark.parametrize("names", WESTERN, ids=" ".join)
def test_western_names_are_not_asked_about(names: list[str]) -> None:
    data = ("Client,Amount\n" + "".join(f"{name},5\n" for name in names)).encode("cp1252")
    assert encoding_question(data, {}) is None


def test_an_answer_that_is_none_is_asked_again() -> None:
    asked = encoding_question("Client\nŁódź\nKsięgowość\n".encode("cp1250"), {"encoding": "klingon"})
    assert asked is not None
    assert '"klingon" is no answer' in asked.sentence
