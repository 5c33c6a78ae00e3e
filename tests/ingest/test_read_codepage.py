"""A text in an old page of letters is never taken for Western unseen: it is asked, with the names in each reading."""

from __future__ import annotations

from collections.abc import Callable

import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.ingest.written import cells, zipped
from tests.properties.made import scaled
from vitals.errors import UnrecognisedError
from vitals.ingest.files.encoding import encoding_question
from vitals.ingest.files.reader import read
from vitals.ingest.model import Options
from vitals.ingest.preparation import prepare

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
    "mac_roman": (["Café Müller", "Société Légère", "Bäckerei Groß"],),
    "iso8859_15": (["Œuvre du Nord", "Cœur de Lyon"],),
    "koi8_r": (["ООО Ромашка", "Принтер не работает", "Завод Север"],),
    "cp932": (["株式会社山田商事", "有限会社鈴木システム", "プリンター"],),
    "big5": (["台灣積體電路公司", "鴻海精密工業", "印表機故障"],),
    "gb18030": (["北京科技有限公司", "上海贸易公司", "打印机故障"],),
    "cp949": (["삼성전자 주식회사", "현대자동차", "프린터 고장"],),
}
SPELT: list[tuple[str, list[str]]] = [(page, names) for page, lists in NAMES.items() for names in lists]
WESTERN = [
    ["Müller GmbH", "Bäckerei Groß"], ["Société Générale", "Hôtel à Liège"], ["Muñoz y Peña", "Año"],
    ["Åkerström AB", "Växjö Måleri"], ["Sørensen ApS", "Højgård"], ["Ações São João", "Padrões"],
    ["B’s “x” – y", "£10"], ["€20", "5°C"], ["¿Qué pasó con la impresión?", "Administración"], ["«Acme»", "Café"],
    ["l·lusió", "Çelik"], ["½ day on site", "2½ h"],
]  # fmt: skip
CASES: list[Callable[[str], str]] = [str, str.upper, str.title]


@scaled(60)
@given(
    spelt=st.sampled_from(SPELT), places=st.lists(st.integers(0, 3), min_size=2, max_size=6, unique=False),
    plain=st.integers(0, 30), mark=st.sampled_from(",;\t"), case=st.sampled_from(CASES),
)  # fmt: skip
@example(("mac_roman", ["Café Müller"] * 4), [0], 0, ",", str.upper)
@example(("cp1250", ["Tiskárna Plzeň-město Říčany"] * 4), [0], 0, ",", str.title)
def test_names_are_asked_for_or_right(
    spelt: tuple[str, list[str]], places: list[int], plain: int, mark: str, case: Callable[[str], str]
) -> None:
    page, known = spelt
    names = [case(known[place % len(known)]).replace(",", "") for place in (*places, 0)]
    rows = [mark.join(("1", "Acme", "2025-03-01", "5"))] * plain
    rows += [mark.join((str(at), name, "2025-03-02", "7")) for at, name in enumerate(names)]
    data = ("\n".join([mark.join(("Invoice #", "Client", "Invoice Date", "Amount")), *rows]) + "\n").encode(page)
    asked = encoding_question([data], {})
    assert asked is not None
    assert page in asked.choices
    assert asked.choices[page].split("; ")[0] in names
    (table,) = read(data, "export.csv", page)
    assert [row[1] for row in cells(table)][plain:] == names
    assert encoding_question([data], {"encoding": page}) is None


@pytest.mark.parametrize("names", WESTERN, ids=" ".join)
def test_western_names_are_not_asked_about(names: list[str]) -> None:
    data = ("Client,Amount\n" + "".join(f"{name},5\n" for name in names)).encode("cp1252")
    assert encoding_question([data], {}) is None


def test_an_answer_that_is_none_is_asked_again() -> None:
    asked = encoding_question(["Client\nŁódź\nKsięgowość\n".encode("cp1250")], {"encoding": "klingon"})
    assert asked is not None
    assert '"klingon" is no answer' in asked.sentence


INVOICES = "Invoice #,Client,Invoice Date,Amount\n1,{0},2025-03-01,5\n2,{1},2025-03-02,7\n"
PAGE = (
    "<html>{2}<table><tr><th>Invoice #</th><th>Client</th><th>Invoice Date</th><th>Amount</th></tr>"
    "<tr><td>1</td><td>{0}</td><td>2025-03-01</td><td>5</td></tr>"
    "<tr><td>2</td><td>{1}</td><td>2025-03-02</td><td>7</td></tr></table></html>"
)


def _clients(data: bytes, name: str, **answers: str) -> tuple[list[str], list[str]]:
    """The questions that a file leaves open, and the clients that are loaded of it."""
    parts: list[pa.Table] = []
    found = prepare(data, name, Options(answers=answers), lambda index, entity, rows: parts.append(rows))
    return [one.name for one in found.questions], [row["client"] for part in parts for row in part.to_pylist()]


@pytest.mark.parametrize(("page", "names"), SPELT, ids=lambda value: str(value)[:8])
def test_members_of_archives_and_web_pages_are_asked_about_as_well(page: str, names: list[str]) -> None:
    text = INVOICES.format(*(names * 2)[:2]).encode(page)
    tickets = "Ticket ID,Client,Created\n9,Żółw,2025-03-03 09:00\n".encode()
    archive = zipped(**{"a/lines.csv": text, "b/tickets.csv": tickets})
    web = PAGE.format(*(names * 2)[:2], "").encode(page)
    for data, name in ((archive, "exports.zip"), (web, "lines.xls")):
        asked, clients = _clients(data, name)
        assert "encoding" in asked and not clients
        assert _clients(data, name, encoding=page) == ([], [*(names * 2)[:2], *(["Żółw"] if data == archive else [])])


@pytest.mark.parametrize("charset", ["windows-1250", "ISO-8859-2", "cp1250"])
def test_a_web_page_that_names_its_encoding_is_read_by_it(charset: str) -> None:
    data = PAGE.format("Łódź Księgowość", "Říčany", f'<meta charset="{charset}">').encode("cp1250")
    assert _clients(data, "lines.xls") == ([], ["Łódź Księgowość", "Říčany"])


@pytest.mark.parametrize(("page", "names"), SPELT, ids=lambda value: str(value)[:8])
def test_letters_come_before_the_columns_of_a_file_that_nobody_knows(page: str, names: list[str]) -> None:
    data = ("Foo;Bar\n" + "".join(f"{name};5\n" for name in names)).encode(page)
    assert _clients(data, "foo.csv") == (["encoding"], [])
    with pytest.raises(UnrecognisedError) as refused:
        _clients(data, "foo.csv", encoding=page)
    assert [row[0] for row in refused.value.rows] == names


def test_a_word_is_asked_about_once_its_letters_are_known() -> None:
    text = INVOICES.replace("Amount", "Status").replace("5\n", "zapłacono\n").replace("7\n", "otwarta\n")
    rows = text.format("Łódź Księgowość", "Zając i Żuraw").replace("Status", "Status,Amount").replace("\n1", ",\n1")
    data = rows.replace("zapłacono", "zapłacono,5").replace("otwarta", "otwarta,7").encode("cp1250")
    assert _clients(data, "lines.csv")[0] == ["encoding"]
    assert "what_is_zaplacono" in _clients(data, "lines.csv", encoding="cp1250")[0]
    for name in ("what_is_zaplacono", "what_is_zapłacono"):
        asked = _clients(data, "lines.csv", encoding="cp1250", **{name: "sale"})[0]
        assert "what_is_zaplacono" not in asked


def test_western_members_and_pages_are_not_asked_about() -> None:
    western = INVOICES.format("Müller GmbH", "Hôtel à Liège").encode("cp1252")
    for data, name in (
        (zipped(**{"lines.csv": western}), "exports.zip"),
        (PAGE.format("Müller GmbH", "Hôtel à Liège", "").encode("cp1252"), "lines.xls"),
    ):
        assert _clients(data, name) == ([], ["Müller GmbH", "Hôtel à Liège"])
