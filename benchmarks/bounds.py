"""What a plain file of 100 MB and hostile ones cost the process that reads them: python -m benchmarks.bounds [--small].

Prints the seconds of processors and the peak of memory of each, and what came of it. --small makes each a hundredth as
large and is over in seconds: it shows that the measure works, and of the product little.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import sys
import tempfile
import zipfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from itertools import repeat
from pathlib import Path

import pyarrow as pa

from benchmarks import exports
from vitals.errors import VitalsError
from vitals.ingest.model import Options
from vitals.ingest.process.parent import ReaderProcess

SECONDS, MEGABYTES = 60, 1_500
"""What each may take."""
MB = 10**6
TICKETS_PER_MB = 5_800
HEADER = b"Invoice #,Client,Invoice Date,Amount\n"
ROW = b"1,Acme,2025-03-01,1234.56\n"
SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CELLS = (("Invoice #", "Client", "Invoice Date", "Amount"), ("1", "Acme", "2025-03-01", "1234.56"))
Write = Callable[[Path, float], None]


@dataclass(frozen=True)
class Cost:
    """What the reading of one file took, and what came of it."""

    file: str
    megabytes_of_file: float
    seconds: float
    megabytes: float
    said: str

    @property
    def keeps(self) -> bool:
        """Whether it keeps to the bounds."""
        return self.seconds <= SECONDS and self.megabytes <= MEGABYTES


class _Counted:
    """Takes rows and keeps none."""

    rows = 0

    def __call__(self, index: int, entity: str, rows: pa.Table) -> None:
        self.rows += len(rows)

    def drop(self) -> None:
        self.rows = 0


def _tickets(path: Path, size: float) -> None:
    exports.write(path.parent, int(100 * TICKETS_PER_MB * size))[0].replace(path)


def _repeated(path: Path, size: float, *, start: bytes, piece: bytes, megabytes: int) -> None:
    """A start, and one piece again and again."""
    with path.open("wb") as file:
        file.write(start)
        file.writelines(repeat(piece * 1_000, int(megabytes * MB * size / len(piece) / 1_000)))


def _zipped(path: Path, members: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name, data)


def _sheets(path: Path, size: float) -> None:
    """A workbook of very many sheets."""
    numbers = range(1, int(5_000 * size) + 1)
    named = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="r{n}"/>' for n in numbers)
    linked = "".join(
        f'<Relationship Id="r{n}" Type="{OFFICE}/worksheet" Target="worksheets/s{n}.xml"/>' for n in numbers
    )
    cells = ("".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in row) for row in CELLS)
    rows = "</row><row>".join(cells)
    sheet = f'<worksheet xmlns="{SPREADSHEET}"><sheetData><row>{rows}</row></sheetData></worksheet>'
    book = f'<workbook xmlns="{SPREADSHEET}" xmlns:r="{OFFICE}"><sheets>{named}</sheets></workbook>'
    package = f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    texts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}">{package}</Relationships>',
        "xl/workbook.xml": book,
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELATIONS}">{linked}</Relationships>',
        **{f"xl/worksheets/s{n}.xml": sheet for n in numbers},
    }
    _zipped(path, {name: text.encode() for name, text in texts.items()})


def _members(path: Path, size: float) -> None:
    """An archive of very many exports."""
    _zipped(path, {f"export{n}.csv": HEADER + ROW for n in range(int(9_999 * size))})


def _bombs(path: Path, size: float) -> None:
    """An archive of workbooks that each unpack to as much as may be."""
    inner = path.with_name("bomb.xlsx")
    _zipped(inner, {"xl/workbook.xml": b"<a/>", "xl/worksheets/sheet1.xml": b"\n" * int(200 * MB * size)})
    _zipped(path, {f"book{n}.xlsx": inner.read_bytes() for n in range(40)})


FILES: dict[str, Write] = {
    "tickets.csv": _tickets,
    "carriage_returns.csv": partial(_repeated, start=HEADER + ROW, piece=b"\r", megabytes=50),
    "newlines.csv": partial(_repeated, start=HEADER + ROW, piece=b"\n", megabytes=100),
    "commas.csv": partial(_repeated, start=HEADER + ROW, piece=b",", megabytes=100),
    "tags.html": partial(_repeated, start=b"<html><table><tr><td>", piece=b"<a ", megabytes=1),
    "open_quote.csv": partial(_repeated, start=HEADER + b'"', piece=ROW, megabytes=50),
    "sheets.xlsx": _sheets,
    "members.zip": _members,
    "bombs.zip": _bombs,
}


def _read(path: Path) -> Cost:
    """Read a file in a process of its own, whose cost is that of this one's only child."""
    taken = _Counted()
    with closing(ReaderProcess()) as process:
        try:
            found = process.prepare(path, path.name, Options(), taken)
            said = f"{taken.rows:,} rows, {len(found.questions)} questions"
        except VitalsError as error:
            said = error.message
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    held = used.ru_maxrss / (1024 if sys.platform == "linux" else 1024**2)
    return Cost(path.name, path.stat().st_size / MB, used.ru_utime + used.ru_stime, held, said)


def measure(size: float, files: dict[str, Write] = FILES) -> list[Cost]:
    """Write each file, of a part of its full size, and read it; prints what that took."""
    found: list[Cost] = []
    fresh = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as folder, ProcessPoolExecutor(1, fresh, max_tasks_per_child=1) as pool:
        for name, write in files.items():
            path = Path(folder) / name
            write(path, size)
            cost = pool.submit(_read, path).result()
            path.unlink()
            found.append(cost)
            print(
                f"{cost.file:22}{cost.megabytes_of_file:7.1f} MB {cost.seconds:6.1f} s {cost.megabytes:6.0f} MB held"
                f"  {'kept' if cost.keeps else 'NOT KEPT'}  {cost.said[:100]}",
                flush=True,
            )
    return found


def main() -> None:
    """Measure all of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true")
    size = 0.01 if parser.parse_args().small else 1.0
    print(f"the bounds: {SECONDS} s of processors and {MEGABYTES:,} MB held")
    sys.exit(not all(cost.keeps for cost in measure(size)))


if __name__ == "__main__":
    main()
