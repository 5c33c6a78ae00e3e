"""Whatever is written is read back the same in every encoding and format, and every record is accounted for once."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.ingest.written import HEADER, INVOICES, book, cells, left_out, numbers, only
from vitals.errors import VitalsError
from vitals.ingest.files import encoding
from vitals.ingest.files.encoding import text_source
from vitals.ingest.files.reader import joined_parts, read, read_batches, rows_read
from vitals.ingest.files.text import TextReader
from vitals.ingest.model import TextTable

CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=150)
LETTERS = st.characters(codec="cp1252", exclude_categories=("Cc", "Cs", "Cf"), exclude_characters="\x7f\xa0")
WORDS = st.text(LETTERS, min_size=1, max_size=12).map(lambda text: f"a{text}z")
NOTES = st.text(st.one_of(LETTERS, st.sampled_from(',;\t|"\n')), max_size=15).map(lambda text: f"n{text}e")
ROWS = st.lists(st.tuples(st.integers(1, 9999).map(str), WORDS, NOTES), min_size=1, max_size=12)
LINE = st.one_of(
    st.sampled_from(
        [
            "",
            ",,,",
            HEADER.strip(),
            HEADER.strip().upper(),
            "TOTAL,,,5",
            "*** TOTAL ***,,,5",
            "T O T A L,,,5",
            "Total for x,,,5",
            "a,b",
            '1,"a',
            '"',
            "Page 1 of 2",
            "\0,a",
        ]
    ),
    st.builds("{0},Acme {0},2025-03-01,{0}.50".format, st.integers(1, 99)),
    st.builds('{0},"Acme, {0}",2025-03-01,{0}.50'.format, st.integers(1, 99)),
    st.builds('{0},"Acme\n{0}",2025-03-01,{0}.50'.format, st.integers(1, 99)),
    st.builds("{0},Acme,x,2025-03-01,{0}.50".format, st.integers(1, 99)),
    st.text(st.sampled_from('ab1,"\n \r'), max_size=20),
)
LINES = st.lists(LINE, min_size=1, max_size=25)
PLAIN_LINES = st.lists(LINE.filter(lambda line: '"' not in line and "\r" not in line), min_size=1, max_size=25)
CAPTIONS = ["Ticket #", "Client", "Title", "Created"]


def written(rows: list[tuple[str, ...]], delimiter: str, line_end: str) -> str:
    """The rows as a library writes them."""
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter, lineterminator=line_end).writerows([CAPTIONS, *rows])
    return file.getvalue()


@CALM
@given(
    ROWS,
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
)
def test_every_spelling_of_a_table_gives_the_same_cells(rows, delimiter, line_end, codec):
    full = [(*row, "2025-03-01") for row in rows]
    text = written(full, delimiter, line_end)
    # By chance, accented letters in a row can be bytes of UTF-8; then nobody can tell the two encodings apart.
    assume(codec != "cp1252" or text_source(text.encode(codec), b"").encoding == "windows-1252" or text.isascii())
    assert cells(only(text.encode(codec))) == [list(row) for row in full]
    assert cells(only(book(("Data", [CAPTIONS, *full])))) == [list(row) for row in full]


def both_ways(data: bytes) -> list[list[TextTable]]:
    """The tables of a text, read by columns where possible and record by record."""
    source = text_source(data, data)
    return [joined_parts(TextReader(source, "x", is_fast=is_fast).parts()) for is_fast in (True, False)]


@CALM
@given(LINES, st.sampled_from(["", "\n"]))
def test_the_fast_way_and_the_careful_way_agree(lines, end):
    fast, careful = both_ways((HEADER + "\n".join(lines) + end).encode())
    assert [table.rows.to_pydict() for table in fast] == [table.rows.to_pydict() for table in careful]
    for one, other in zip(fast, careful, strict=True):
        assert (one.set_aside, one.quarantined, one.flags, one.totals) == (
            other.set_aside, other.quarantined, other.flags, other.totals
        )  # fmt: skip


@CALM
@given(PLAIN_LINES)
def test_every_record_is_accounted_for_once(lines):
    text = HEADER + "\n".join(lines) + "\n"
    physical = text.split("\n")
    while physical and not physical[-1].strip(", \0"):
        physical.pop()
    try:
        (table,) = read(text.encode(), "x.csv")
    except VitalsError:
        return
    found = [*numbers(table), *left_out(table)]
    assert sorted(found) == list(range(2, len(physical) + 1))
    assert rows_read(table) == len(found) == len(set(found))


@CALM
@given(ROWS, st.integers(40, 400))
def test_parts_make_up_the_whole(rows, size):
    data = written([(*row, "2025-03-01") for row in rows], ",", "\n").encode()
    whole = only(data)
    before, encoding.BLOCK_BYTES = encoding.BLOCK_BYTES, size
    try:
        parts = list(read_batches(data, "x.csv"))
    finally:
        encoding.BLOCK_BYTES = before
    assert {(part.name, part.header, part.header_row) for part in parts} == {("", whole.header, 1)}
    (joined,) = joined_parts(iter(parts))
    assert joined.rows.to_pydict() == whole.rows.to_pydict()


def test_a_file_on_disk_is_read_as_its_bytes_are(tmp_path: Path):
    path = tmp_path / "export.csv"
    path.write_text("".join(",".join(row) + "\n" for row in INVOICES))
    assert cells(read(path, path.name)[0]) == cells(only(path.read_bytes()))
