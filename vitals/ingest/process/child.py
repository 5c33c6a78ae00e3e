"""The process that reads untrusted bytes: replies to requests, within limits, and can reach nothing else."""

from __future__ import annotations

import faulthandler
import json
import sys
import time
from dataclasses import asdict
from datetime import date
from math import ceil
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa

from vitals.errors import VitalsError, places_of
from vitals.ingest.model import Options, Source
from vitals.ingest.preparation import prepare
from vitals.ingest.process import wire
from vitals.ingest.process.wire import MEMORY_BYTES, TOO_MUCH, limits_of

NO_CORE_FILE = 0


def _options_from(said: dict[str, Any]) -> Options:
    today = said.pop("today")
    return Options(**said, today=date.fromisoformat(today) if today else None)


class Sender:
    """Sends the typed rows of a file, part by part, and says of which table they are where that changes."""

    def __init__(self, out: BinaryIO) -> None:
        self.out = out
        self.table: tuple[int, str] | None = None

    def __call__(self, index: int, entity: str, rows: pa.Table) -> None:
        """Send rows of the file's index-th table."""
        if self.table != (index, entity):
            self.table = index, entity
            wire.send(self.out, wire.START, self.table)
        wire.send(self.out, wire.ROWS, rows)

    def drop(self) -> None:
        """Say that the rows sent so far are to be forgotten."""
        self.table = None
        wire.send(self.out, wire.DROP, None)


def _serve(source: Source, name: str, options: Options, out: BinaryIO) -> None:
    """The child's work: read, match and type, and send it all part by part."""
    found = prepare(source, name, options, Sender(out), lambda rows: wire.send(out, wire.PROGRESS, rows))
    for table in found.tables:
        wire.send(out, wire.FLAGS, table.flags)
        wire.send(out, wire.TABLE, wire.table_as_json(table))
    said = {"sha256": found.sha256, "size": found.size, "warnings": found.warnings}
    wire.send(out, wire.DONE, {**said, "questions": [asdict(item) for item in found.questions]})


def _reply(said: dict[str, Any], source: Source, out: BinaryIO) -> None:
    try:
        _serve(source, said["name"], _options_from(said["options"]), out)
    except VitalsError as error:
        wire.send(out, wire.REFUSED, vars(error))
    except MemoryError:
        wire.send(out, wire.REFUSED, {"message": f"{said['name']} is too large to read.", "hint": TOO_MUCH})
    except Exception as error:
        wire.send(out, wire.FAILED, places_of(error))


def _limit_self() -> None:
    """Bind this process to the limits that hold for all files."""
    wire.go_first()
    wire.bind(RLIMIT_AS=MEMORY_BYTES, RLIMIT_CORE=NO_CORE_FILE)


def _limit_file(source: Source) -> None:
    """Bind this process to what a file of that size may take."""
    most = limits_of(source)
    wire.bind(RLIMIT_DATA=most.data_bytes, RLIMIT_CPU=ceil(time.process_time() + most.cpu_seconds))


def serve() -> None:
    """Reply to requests from standard input on standard output until there are no more."""
    faulthandler.enable()
    _limit_self()
    requests = sys.stdin.buffer
    while line := requests.readline():
        said = json.loads(line)
        source = Path(said["path"]) if "path" in said else requests.read(said["size"])
        _limit_file(source)
        _reply(said, source, sys.stdout.buffer)
