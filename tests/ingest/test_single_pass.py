"""A long text typed while it is read gives what two passes give, whatever its later parts hold."""

from __future__ import annotations

from datetime import date
from typing import Any

import pyarrow as pa
import pytest

from vitals.errors import VitalsError
from vitals.ingest import parts, preparation
from vitals.ingest.files import encoding
from vitals.ingest.model import Options, Prepared
from vitals.ingest.preparation import prepare

HEADER = "entry_id,worked_on,hours,technician,client,work_type\n"
ISO = [f"E{n},2026-01-{n % 28 + 1:02},{n % 8 + 1}.5,Ann,Acme {n % 3},support" for n in range(300)]
DAY_FIRST = [f"E{n},{n % 28 + 1:02}/01/2026,1.5,Ann,Acme,support" for n in range(300)]
LATE = "E900,31/01/2026,2,Ann,Acme,support"
SECTION = "\n\nINVOICES\ninvoice_number,line_number,client,invoiced_on,amount\nI1,1,Acme,2026-01-31,100.00\n"

FILES = {
    "plain": ISO,
    "day first throughout": DAY_FIRST,
    "a date of another kind late": [*ISO, LATE],
    "dates that read both ways, decided late": [*(f"E{n},0{n % 9 + 1}/02/2026,1,Ann,Acme,x" for n in range(300)), LATE],
    "orders that contradict each other": [*DAY_FIRST, "E901,01/31/2026,2,Ann,Acme,support"],
    "a decimal comma late": [*ISO, 'E902,2026-01-05,"2,75",Ann,Acme,support'],
    "a second table": [*ISO, SECTION],
    "repeats and contradictions": [*ISO, ISO[0], ISO[1].replace("Ann", "Bob")],
    "rows without a key": [line.partition(",")[2] for line in [*ISO, *ISO[:5]]],
    "rows that can't be read": [*ISO, "E903,yesterday,1,Ann,Acme,support", "E904,2026-01-05,x,Ann,Acme,support"],
    "a total at the end": [*ISO, f"TOTAL,,{sum(n % 8 + 1.5 for n in range(300))},,,"],
}


class Taken:
    """Keeps the rows that it is handed, and counts how often it had to forget them."""

    def __init__(self) -> None:
        self.rows: dict[int, list[pa.Table]] = {}
        self.drops = 0

    def __call__(self, index: int, entity: str, rows: pa.Table) -> None:
        self.rows.setdefault(index, []).append(rows)

    def drop(self) -> None:
        self.rows, self.drops = {}, self.drops + 1

    def told(self) -> list[list[dict[str, Any]]]:
        """The rows of each table, without the columns that hold nothing."""
        tables = [pa.concat_tables(found, promote_options="default") for found in self.rows.values()]
        return [[{key: cell for key, cell in row.items() if cell is not None} for row in table.to_pylist()]
                for table in tables]  # fmt: skip


def _account(found: Prepared) -> list[tuple[Any, ...]]:
    return [
        (table.entity, table.rows_read, table.quarantined, table.set_aside, table.notes, table.warnings,
         sorted(tuple(row.values()) for row in table.flags.to_pylist()))
        for table in found.tables
    ]  # fmt: skip


def _read(text: str) -> tuple[Prepared, Taken]:
    taken = Taken()
    return prepare(text.encode(), "time.csv", Options(today=date(2026, 6, 1)), taken), taken


@pytest.mark.parametrize("name", FILES)
def test_one_pass_gives_what_two_give(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    header = HEADER if "without a key" not in name else HEADER.partition(",")[2]
    text = header + "\n".join(FILES[name]) + "\n"
    twice, from_two = _read(text)
    monkeypatch.setattr(parts, "LONG_BYTES", 0)
    monkeypatch.setattr(encoding, "BLOCK_BYTES", 2000)
    once, from_one = _read(text)
    assert from_one.told() == from_two.told()
    assert _account(once) == _account(twice)
    assert once.questions == twice.questions


@pytest.mark.parametrize(
    ("name", "drops"), [("plain", 0), ("a total at the end", 0), ("a date of another kind late", 1)]
)
def test_what_later_parts_decide_otherwise_is_read_again(
    name: str, drops: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "LONG_BYTES", 0)
    monkeypatch.setattr(encoding, "BLOCK_BYTES", 2000)
    assert _read(HEADER + "\n".join(FILES[name]) + "\n")[1].drops == drops


def test_a_short_text_is_left_to_two_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preparation, "_typed", lambda *_: pytest.fail("typed before it was surveyed"))
    assert sum(map(len, _read(HEADER + "\n".join(ISO) + "\n")[1].rows[0])) == len(ISO)


def test_a_long_text_without_rows_is_refused_as_a_short_one_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "LONG_BYTES", 0)
    with pytest.raises(VitalsError, match="no rows"):
        _read(HEADER + "\n" * 50)
