"""What it costs to read or to refuse a file grows with its size at most linearly, whatever stands in it.

What is counted is work: rows held, cells cut, stretches looked at. Time would hang on the machine.
"""

from __future__ import annotations

import io
import os
import sys
import tracemalloc
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import bounds
from tests.ingest.written import FIRST, HEADER, SECOND, cells, left_out, numbers, only
from tests.properties.made import scaled
from vitals.errors import VitalsError
from vitals.ingest.files import archive, reader
from vitals.ingest.files.delimited import MOST_CELLS, RecordCutter
from vitals.ingest.files.reader import read
from vitals.ingest.files.web_page import TableParser
from vitals.ingest.process import child
from vitals.ingest.process.wire import limits_of
from vitals.ingest.table import layout
from vitals.ingest.table.rows import Row

SIZE = 1 << 20


def zipped(**members: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name.replace("_", "."), data)
    return content.getvalue()


def calls(work: Callable[[], object]) -> int:
    """How many functions are called and how many lines run: what a slow machine doesn't change."""
    count = 0

    def counted(*_: object) -> Callable[..., object]:
        nonlocal count
        count += 1
        return counted

    before = sys.gettrace()
    sys.settrace(counted)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def refused(data: bytes, name: str = "export.csv") -> str:
    with pytest.raises(VitalsError) as error:
        read(data, name)
    assert "\n" not in str(error.value)
    assert error.value.hint
    return error.value.message


@given(
    piece=st.text(st.sampled_from("a1,;\t\"'\n\r </>&%=-.\x00é"), min_size=1, max_size=4),
    start=st.sampled_from(["", HEADER, HEADER + FIRST, '"', "<table><tr>", "\ufeff"]),
)
@scaled(15)
def test_whatever_is_repeated_costs_no_more_than_its_length(piece: str, start: str) -> None:
    def work(size: int) -> int:
        data = (start + piece * (size // len(piece))).encode()

        def attempt() -> None:
            with suppress(VitalsError):
                read(data, "export.csv")

        return calls(attempt)

    # what is done once costs alike, and the rest no more than in proportion
    assert work(4_000) <= 4.6 * work(1_000) + 3_000


@pytest.mark.parametrize("line", ["\n", "\r\n", ",,,\n", ",,,\r\n", "\r"])
def test_very_many_blank_lines_are_one(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    monkeypatch.setattr(Row, "__post_init__", lambda row: made.append(row.number), raising=False)
    start = (HEADER + FIRST).replace("\n", "\r") if line == "\r" else HEADER + FIRST
    table = only(start + line * 200_000 + SECOND)
    assert [row[0] for row in cells(table)] == ["1", "2"]
    assert numbers(table) == [2, 200_003]
    assert len(left_out(table)) == 1
    assert len(made) < 2_000


def test_a_few_blank_lines_are_each_accounted_for() -> None:
    table = only(HEADER + FIRST + "\n" * 9_000 + SECOND)
    assert len(left_out(table)) == 9_000


def test_blank_lines_within_quotes_are_text() -> None:
    table = only(HEADER + FIRST + f'2,"Birch{chr(10) * 11_000}",2025-03-02,89.10\n' + "3,Cedar,2025-03-03,1.00\n")
    assert numbers(table)[-1] == 11_004


@pytest.mark.parametrize("line", ['"a\n', "Total,,,1\n", ",,,,,,\n"])
def test_most_rows_being_none_is_refused(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "MOST_LEFT_OUT", 1_000)
    assert "no data" in refused((HEADER + FIRST + line * 3_000).encode())


def test_many_rows_left_out_of_more_are_no_reason_to_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "MOST_LEFT_OUT", 100)
    table = only(HEADER + (FIRST * 3 + "Total,,,3\n") * 300)
    assert table.rows.num_rows == 900
    assert len(left_out(table)) == 300


def test_commas_without_end_are_cut_into_as_many_cells_as_a_table_can_have() -> None:
    for text in (b"," * SIZE, b'"",' * SIZE, b'",' * SIZE):
        (record,) = RecordCutter(",").cut(text, 1, True)
        assert len(record.cells) <= MOST_CELLS + 1


def test_many_sections_are_refused() -> None:
    sections = "Ticket Number,Company,Created\n\nClient,Amount\n\n" * 1_000
    assert "more than 500 tables" in refused(sections.encode())


def test_sections_cost_alike_however_much_follows() -> None:
    def cost(count: int) -> int:
        text = ("Ticket Number,Company,Created\n1,Acme,2025-01-02\n\nClient,Amount\nAcme,1\n\n" * count).encode()
        return calls(lambda: list(reader.read_batches(text, "export.csv")))

    assert cost(40) < 2.5 * cost(20)


def test_notes_cost_alike_however_many_there_are() -> None:
    tracemalloc.start()
    refused(b"# x\n" * 50_000)
    assert tracemalloc.get_traced_memory()[1] < 30 << 20
    tracemalloc.stop()


@pytest.mark.parametrize(
    "piece", ["<a ", "<", "<td x='", "<!-- ", "<!", "</a ", "&#", "<script>", '<td x="', "<td", "= '", "<td =\"'>"]
)
def test_no_tag_is_looked_at_twice(piece: str) -> None:
    def cost(count: int) -> int:
        page = "<html><table><tr><td>" + piece * count
        return calls(lambda: TableParser().feed(page))

    assert cost(4_000) < 2.2 * cost(2_000) + 100


def test_tags_without_end_take_no_memory_of_their_own() -> None:
    page = "<html><table><tr>" + "<a " * (SIZE // 3)
    tracemalloc.start()
    TableParser().feed(page)
    assert tracemalloc.get_traced_memory()[1] < 4 * SIZE
    tracemalloc.stop()


def test_merged_cells_are_no_more_than_a_table_can_have() -> None:
    page = "<html><table>" + "<tr><td rowspan=1000 colspan=1000>" * 2_000
    assert "merged" in refused(page.encode())


def test_archives_within_an_archive_share_what_one_may_unpack(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_BYTES", 3_000_000)
    read_bytes = list[int]()
    looked_at = archive.Member.look_at

    def counted(member: archive.Member, chunk: bytes, is_first: bool) -> None:
        read_bytes.append(len(chunk))
        looked_at(member, chunk, is_first)

    monkeypatch.setattr(archive.Member, "look_at", counted)
    bomb = zipped(**{"xl/workbook_xml": b"<a/>", "xl/worksheets/sheet1_xml": b"\n" * 1_000_000})
    refused(zipped(**{f"book{index}_xlsx": bomb for index in range(40)}), "many.zip")
    assert sum(read_bytes) < 4_000_000


def test_very_many_files_of_an_archive_are_refused_before_they_are_read() -> None:
    files = {f"a{index}_csv": (HEADER + FIRST).encode() for index in range(501)}
    assert "more than 500 tables" in refused(zipped(**files), "many.zip")


def test_a_file_may_take_time_and_memory_by_its_size(monkeypatch: pytest.MonkeyPatch) -> None:
    found: dict[str, int] = {}
    monkeypatch.setattr(child.wire, "bind", lambda **limits: found.update(limits))
    monkeypatch.setattr(child.time, "process_time", lambda: 7.0)
    child._limit_file(bytes(10))
    assert found == {"RLIMIT_DATA": (1 << 30) + 100, "RLIMIT_CPU": 28}
    child._limit_file(bytes(10_000_000))
    assert found == {"RLIMIT_DATA": (1 << 30) + 100_000_000, "RLIMIT_CPU": 31}


def sized(size: int, head: bytes, folder: Path) -> Path:
    file = folder / "sized"
    file.write_bytes(head)
    os.truncate(file, size)
    return file


def test_a_small_file_may_take_far_less_time_than_a_large_one(tmp_path: Path) -> None:
    small, large = (limits_of(sized(size * 10**6, b"client,", tmp_path)) for size in (1, 500))
    assert 5 * small.wall_seconds < large.wall_seconds
    assert 5 * small.cpu_seconds < large.cpu_seconds
    assert 5 * small.data_bytes < 6 * large.data_bytes


def test_a_hundred_megabytes_may_take_a_minute_of_the_processor(tmp_path: Path) -> None:
    assert limits_of(sized(10**8, b"client,", tmp_path)).cpu_seconds == 60


def test_what_is_packed_counts_as_larger(tmp_path: Path) -> None:
    packed, plain = (limits_of(sized(20 * 10**6, head, tmp_path)) for head in (b"PK\3\4", b"a,b,"))
    assert packed.cpu_seconds > plain.cpu_seconds + 100
    assert limits_of(b"PK\3\4" + bytes(10**6)).cpu_seconds > limits_of(bytes(10**6)).cpu_seconds


def test_what_a_file_costs_its_reading_process_is_measured() -> None:
    files = {name: bounds.FILES[name] for name in ("tickets.csv", "newlines.csv", "tags.html")}
    plain, blank, page = bounds.measure(0.01, files)
    assert plain.keeps and blank.keeps and page.keeps
    assert (plain.said, blank.said) == ("5,800 rows, 0 questions", "1 rows, 0 questions")
    assert "without a table" in page.said and page.seconds > 0 and page.megabytes > 0
    assert not bounds.Cost("", 1.0, bounds.SECONDS + 1, 1.0, "").keeps
    assert not bounds.Cost("", 1.0, 1.0, bounds.MEGABYTES + 1, "").keeps
