"""Any bytes give tables or a refusal: never another exception, a made-up letter, or a row counted twice."""

from __future__ import annotations

import random
import time

import pyarrow as pa
import pytest

from tests.ingest.written import FIRST, HEADER, INVOICES, SECOND, book, rewritten
from vitals.errors import VitalsError
from vitals.ingest.files.reader import read

TEXTS = [
    (HEADER + FIRST + SECOND).encode(),
    b"\xef\xbb\xbf" + (HEADER + '1,"Caf\xe9, ""x""\nb",2025-03-01,5\n' + "TOTAL,,,5\n").encode(),
    (HEADER + FIRST).encode("utf-16"),
    "Sales\n\n,Date,Num,Amount\nAcme,,,\n,2025-03-01,1,5\nTotal for Acme,,,5\n".encode("cp1252"),
    b"<table><tr><th>Client<th>Amount<tr><td>Acme<td>5</table>",
]
BOOK = book(("Data", [*INVOICES, [3, "Cedar", "=1+2", "=SUM(A2:A3)"]]))
MEMBERS = ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"]
SNIPPETS = [
    b'"', b",", b"\n", b"\r", b'""', b"\0", b'",', b"\xff", b"\xe9", b"Total", b"<c", b'r="A0"', b'r="ZZZ9999999"',
    b't="s"', b's="99"', b"<v>1e999</v>", b"<f>A1+</f>", b"<!--", b"/>", b"&#0;", b"=", b"-1",
]  # fmt: skip


def mutated(data: bytes, dice: random.Random) -> bytes:
    """The bytes with a few of them lost, doubled or replaced."""
    for _ in range(dice.randint(1, 6)):
        at = dice.randrange(len(data) + 1)
        cut = dice.choice([0, 0, 1, dice.randint(1, 40)])
        inserted = dice.choice([b"", dice.choice(SNIPPETS), data[at : at + dice.randint(1, 40)]])
        data = data[:at] + inserted + data[at + cut :]
    return data


def checked(data: bytes) -> None:
    """Read, and check what may never be wrong."""
    tables = read_in_time(data)
    for table in tables:
        table.rows.validate(full=True)
        assert table.rows.num_columns == len(table.header) + 1
        left_out = [row.row_number for row in (*table.set_aside, *table.quarantined)]
        found = table.rows["row_number"].to_pylist() + left_out
        assert len(found) == len(set(found))
        texts = (column.unique() for column in table.rows.columns if not pa.types.is_integer(column.type))
        assert "\ufffd" not in str([table.rows.column_names, *(column.to_pylist() for column in texts)])


def read_in_time(data: bytes):
    """The tables, none if the file is refused; processor time, since others may use the machine as well."""
    started = time.process_time()
    try:
        return read(data, "fuzz")
    except VitalsError:
        return []
    finally:
        assert time.process_time() - started < 8


@pytest.mark.parametrize("seed", range(300))
def test_any_text(seed):
    dice = random.Random(seed)
    checked(mutated(dice.choice(TEXTS), dice))


@pytest.mark.parametrize("seed", range(150))
def test_any_workbook(seed):
    dice = random.Random(seed)
    member = dice.choice(MEMBERS)
    damaged = rewritten(BOOK, member, dice.choice([b"<", b"row", b"=", b"1", b"</c>"]), dice.choice(SNIPPETS))
    checked(damaged if seed % 3 else mutated(BOOK, dice))


@pytest.mark.parametrize(
    "hostile",
    [
        HEADER.encode() + b'1,"a\n' * 20_000,
        HEADER.encode() + b'1,"a"b\n' * 20_000,
        HEADER.encode() + b'"' * 500_000,
        HEADER.encode() + b'1,"x"y"z\n' * 20_000,
        HEADER.encode() + b"," * 1_000_000,
        HEADER.encode() + b"\n" * 50_000 + b"1,a,2025-03-01,5\n",
        b"#" * 1_000_000,
        b"# a\n" * 200_000,
        b"sep=;\n" + b";" * 100_000,
        b'Client,Amount\n"' + b"a\n" * 50_000,
        (HEADER + FIRST).encode() + b"TOTAL,,,1\n\n" * 20_000,
    ],
)  # fmt: skip
def test_hostile_texts_take_no_time(hostile):
    checked(hostile)
