"""What the reading process says to its parent, framed JSON and Arrow, and how much it may take to say it."""

from __future__ import annotations

import importlib
import io
import json
import struct
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from math import ceil
from pathlib import Path
from typing import IO, Any, BinaryIO, NamedTuple

import pyarrow as pa

from vitals.ingest.model import LeftOut, MadeColumn, Match, Question, Source, TextTable, TypedTable
from vitals.ingest.shapes.shape import laid_out, laid_out_as_json
from vitals.limits import READERS

PROGRESS, START, ROWS, DROP, FLAGS, TABLE, DONE, REFUSED, FAILED = "p", "s", "r", "o", "f", "t", "d", "x", "e"
TOO_MUCH = "It is damaged, or needs more memory or time than reading may take. Export a shorter period."
_HEAD = struct.Struct("<cQ")


class Frame(NamedTuple):
    """One message: its kind and its content, JSON as an object, Arrow as a table."""

    kind: str
    content: Any


def _write(table: pa.Table, out: BinaryIO | pa.NativeFile) -> None:
    with pa.ipc.new_stream(out, table.schema) as writer:
        writer.write_table(table)


def send(out: BinaryIO, kind: str, content: Any) -> None:
    """Write one frame."""
    if isinstance(content, pa.Table):
        # counted first, and then written as it lies there: to lay out all of it once more costs as much as to send it
        counted = pa.MockOutputStream()
        _write(content, counted)
        out.write(_HEAD.pack(kind.encode(), counted.size()))
        _write(content, out)
    else:
        payload = json.dumps(content, default=str).encode()
        out.write(_HEAD.pack(kind.encode(), len(payload)) + payload)
    out.flush()


def frames(source: IO[bytes]) -> Iterator[Frame]:
    """The frames of one reply, or of a stream that ends before it does; a torn last frame is none."""
    while len(head := source.read(_HEAD.size)) == _HEAD.size:
        kind, size = _HEAD.unpack(head)
        payload = source.read(size)
        if len(payload) < size:
            return
        is_arrow = kind.decode() in (ROWS, FLAGS)
        yield Frame(kind.decode(), pa.ipc.open_stream(payload).read_all() if is_arrow else json.loads(payload))
        if kind.decode() in (DONE, REFUSED, FAILED):
            return


def _shell(table: TextTable) -> dict[str, Any]:
    """What is known of a table apart from its rows."""
    kept = ("name", "header", "header_row", "preamble_lines", "delimiter", "encoding")
    return {name: getattr(table, name) for name in kept}


def table_as_json(table: TypedTable) -> dict[str, Any]:
    """A table's account; its rows and flags travel as Arrow."""
    plain = ("entity", "rows_read", "rows_folded", "warnings", "notes", "samples", "first_rows", "currency")
    return {
        **{name: getattr(table, name) for name in plain},
        "match": {**asdict(replace(table.match, shapes=())), "shapes": laid_out_as_json(table.match.shapes)},
        "source": _shell(table.source),
        "quarantined": [list(vars(item).values()) for item in table.quarantined],
        "set_aside": [list(vars(item).values()) for item in table.set_aside],
    }


def _left_out(values: list[Any]) -> LeftOut:
    *plain, money, hours = values
    return LeftOut(*plain, *(None if side is None else Decimal(side) for side in (money, hours)))


def question_from(said: dict[str, Any]) -> Question:
    """A question as sent."""
    return Question(**said)


def _match(said: dict[str, Any]) -> Match:
    questions = tuple(question_from(item) for item in said["questions"])
    made = {name: MadeColumn(item["function"], tuple(item["sources"])) for name, item in said["made"].items()}
    typed = {"questions": questions, "made": made, "shapes": laid_out(said["shapes"]), "unused": tuple(said["unused"])}
    return Match(**{**said, **typed})


def table_from(said: dict[str, Any], flags: pa.Table) -> TypedTable:
    """A table's account as sent, still without its rows."""
    source = TextTable(**{**said["source"], "header": tuple(said["source"]["header"])}, rows=pa.table({}))
    table = TypedTable(
        said["entity"], _match(said["match"]), source, pa.table({}), (), (), flags,
        rows_read=said["rows_read"], rows_folded=said["rows_folded"],
        warnings=tuple(said["warnings"]), notes=tuple(said["notes"]), samples=tuple(map(tuple, said["samples"])),
        first_rows=tuple(map(tuple, said["first_rows"])), currency=said["currency"],
    )  # fmt: skip
    sides = {side: tuple(_left_out(item) for item in said[side]) for side in ("quarantined", "set_aside")}
    return replace(table, quarantined=sides["quarantined"], set_aside=sides["set_aside"])


MEMORY_BYTES = 6 * 1024**3
"""Address space, of which libraries reserve far more than they use; the same for all files."""

MOST_PROCESSES = READERS.value or READERS.default
"""So many files are read at a time, whoever sent them; the others wait."""

DATA_BYTES, DATA_PER_BYTE = 1024**3, 10
CPU_SECONDS, CPU_PER_BYTE = 20, 0.4e-6
"""Of the reading process's own time, whatever else the machine does: a minute for 100 MB."""

WALL_SECONDS, WALL_PER_BYTE = 60, 2e-6
"""By the clock, on systems that tell nothing of a process's own time."""

IDLE_SECONDS = 120
"""So long may a process do nothing while it is waited for."""

MOST_DISPENSABLE = "1000"

PACKED, TIMES_PACKED = b"PK", 16
"""How workbooks and archives begin, and how many times larger what is in them is taken to be."""


@dataclass(frozen=True)
class Limits:
    """What the reading of one file may take."""

    data_bytes: int
    cpu_seconds: int
    wall_seconds: int
    idle_seconds: float = IDLE_SECONDS


def limits_of(source: Source) -> Limits:
    """The limits for a file of that size; one that is packed counts as larger than it is."""
    size = (len(source) if isinstance(source, bytes) else source.stat().st_size) * _times(source)
    return Limits(
        int(DATA_BYTES + size * DATA_PER_BYTE),
        ceil(CPU_SECONDS + size * CPU_PER_BYTE),
        ceil(WALL_SECONDS + size * WALL_PER_BYTE),
    )


def _times(source: Source) -> int:
    with io.BytesIO(source[: len(PACKED)]) if isinstance(source, bytes) else source.open("rb") as file:
        return TIMES_PACKED if file.read(len(PACKED)) == PACKED else 1


def go_first() -> None:
    """Let the system end this process before its parent where memory runs out; only Linux is told so."""
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(MOST_DISPENSABLE)


def bind(**limits: int) -> None:
    """Set limits by their names; on systems without them the parent's wall clock is the only one."""
    try:
        resource = importlib.import_module("resource")
    except ImportError:
        return
    for name, most in limits.items():
        kind = getattr(resource, name, None)
        if kind is not None:
            _lower(resource, kind, most)


def _lower(resource: object, kind: int, most: int) -> None:
    _, hard = resource.getrlimit(kind)  # type: ignore[attr-defined]
    soft = most if hard < 0 else min(most, hard)
    try:
        resource.setrlimit(kind, (soft, hard))  # type: ignore[attr-defined]
    except (ValueError, OSError):
        # macOS refuses some of them; the wall clock still holds
        return
