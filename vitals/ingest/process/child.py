"""The process that reads untrusted bytes: answers requests, within limits, and can reach nothing else."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from vitals.errors import VitalsError
from vitals.ingest.plan import Options, Source
from vitals.ingest.preparation import Preparation
from vitals.ingest.prepare import digest
from vitals.ingest.process import limits, wire
from vitals.ingest.process.limits import TOO_MUCH


def _options_from(said: dict[str, Any]) -> Options:
    today = said.pop("today")
    return Options(**said, today=date.fromisoformat(today) if today else None)


def _serve(source: Source, name: str, options: Options, out: BinaryIO) -> None:
    """The child's work: read, match and type, and send it all part by part."""
    work = Preparation(source, name, options, lambda rows: wire.send(out, wire.PROGRESS, rows))
    work.survey()
    asked = work.questions()
    for plan in work.all_plans():
        wire.send(out, wire.START, plan.match.entity)
        table = work.outline(plan) if asked else work.table(plan, lambda rows: wire.send(out, wire.ROWS, rows))
        wire.send(out, wire.FLAGS, table.flags)
        wire.send(out, wire.TABLE, wire.table_as_json(table))
    sha256, size = digest(source)
    said = {"sha256": sha256, "size": size, "warnings": work.warnings()}
    wire.send(out, wire.DONE, {**said, "questions": [asdict(item) for item in asked]})


def _answer(said: dict[str, Any], source: Source, out: BinaryIO) -> None:
    try:
        _serve(source, said["name"], _options_from(said["options"]), out)
    except VitalsError as error:
        wire.send(out, wire.REFUSED, vars(error))
    except MemoryError:
        wire.send(out, wire.REFUSED, {"message": f"{said['name']} is too large to read.", "hint": TOO_MUCH})


def serve() -> None:
    """Answer requests from standard input on standard output until there are no more."""
    limits.limit_self()
    requests = sys.stdin.buffer
    while line := requests.readline():
        said = json.loads(line)
        _answer(said, Path(said["path"]) if "path" in said else requests.read(said["size"]), sys.stdout.buffer)


if __name__ == "__main__":
    serve()
