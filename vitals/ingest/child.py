"""Untrusted bytes are read in a process of their own, with limits and without the rest of the environment."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import IO, Any, BinaryIO

import pyarrow as pa

from vitals.errors import VitalsError
from vitals.ingest import limits, wire
from vitals.ingest.model import Question, TypedTable
from vitals.ingest.plan import Options, Progress, Source
from vitals.ingest.preparation import Preparation
from vitals.ingest.prepare import Prepared, assembled, digest

ROOT = Path(__file__).resolve().parents[2]
KEPT_ENVIRONMENT = ("SYSTEMROOT", "LD_LIBRARY_PATH", "LANG")
TOO_MUCH = "It is damaged, or needs more memory or time than reading may take. Export a shorter period."


def _options_from(said: dict[str, Any]) -> Options:
    today = said.pop("today")
    return Options(**said, today=date.fromisoformat(today) if today else None)


def _request(source: Source, name: str, options: Options) -> bytes:
    where = {"size": len(source)} if isinstance(source, bytes) else {"path": str(source.resolve())}
    return json.dumps({"name": name, **where, "options": asdict(options)}, default=str).encode() + b"\n"


def _serve(source: Source, name: str, options: Options, out: BinaryIO) -> None:
    """The child's work: read, match and type, and send it all part by part."""
    work = Preparation(source, name, options, lambda rows: wire.send(out, wire.PROGRESS, rows))
    work.survey()
    asked = work.questions()
    for plan in work.all_plans():
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
        wire.send(out, wire.REFUSED, {"message": error.message, "hint": error.hint})
    except MemoryError:
        wire.send(out, wire.REFUSED, {"message": f"{said['name']} is too large to read.", "hint": TOO_MUCH})


def serve() -> None:
    """Answer requests from standard input on standard output until there are no more."""
    limits.limit_self()
    requests = sys.stdin.buffer
    while line := requests.readline():
        said = json.loads(line)
        _answer(said, Path(said["path"]) if "path" in said else requests.read(said["size"]), sys.stdout.buffer)


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in KEPT_ENVIRONMENT if name in os.environ}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1", "TZ": "UTC"}


def _start() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "vitals.ingest.child"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, env=_environment(), cwd=ROOT,
    )  # fmt: skip


@contextmanager
def _wall_clock(child: subprocess.Popen[bytes]) -> Iterator[None]:
    """Kill the child if the block takes longer than reading may."""
    alarm = threading.Timer(limits.WALL_SECONDS, child.kill)
    alarm.daemon = True
    alarm.start()
    try:
        yield
    finally:
        alarm.cancel()


def _collected(name: str, answer: IO[bytes], progress: Progress) -> Prepared:
    """The child's answer put together; VitalsError if it refused or broke off."""
    tables: list[TypedTable] = []
    parts: list[pa.Table] = []
    flags = pa.table({})
    for kind, content in wire.frames(answer):
        if kind == wire.PROGRESS:
            progress(content)
        elif kind == wire.ROWS:
            parts.append(content)
        elif kind == wire.FLAGS:
            flags = content
        elif kind == wire.TABLE:
            tables.append(assembled(wire.table_from(content, flags), parts))
            parts = []
        elif kind == wire.REFUSED:
            raise VitalsError(content["message"], content["hint"])
        elif kind == wire.DONE:
            questions = tuple(Question(**item) for item in content["questions"])
            return Prepared(
                name, content["sha256"], content["size"], tuple(tables), questions, tuple(content["warnings"])
            )
    raise VitalsError(f"{name} could not be read: reading it broke off.", TOO_MUCH)


class Reading:
    """One child that reads file after file; one that breaks off is replaced for the next file."""

    def __init__(self) -> None:
        self.child: subprocess.Popen[bytes] | None = None

    def prepare(self, source: Source, name: str, options: Options, progress: Progress | None = None) -> Prepared:
        """Read a file in the child.

        Raises VitalsError if it can't be used, or if the child crashed or passed a limit.
        """
        child = self.child = self.child or _start()
        is_answered = False
        try:
            with _wall_clock(child):
                prepared = self._asked(child, source, _request(source, name, options), name, progress)
            is_answered = True
        except VitalsError:
            is_answered = child.poll() is None
            raise
        finally:
            # an answer left half read would be taken for the next one's
            if not is_answered:
                self.close()
        return prepared

    def _asked(
        self, child: subprocess.Popen[bytes], source: Source, request: bytes, name: str, progress: Progress | None
    ) -> Prepared:
        if child.stdin is None or child.stdout is None:
            raise VitalsError(f"{name} could not be read: the reading process did not start.", TOO_MUCH)
        # a child that died before it took the request is noticed when its answer is read
        with suppress(OSError):
            child.stdin.write(request)
            if isinstance(source, bytes):
                child.stdin.write(source)
            child.stdin.flush()
        return _collected(name, child.stdout, progress or (lambda rows: None))

    def close(self) -> None:
        """End the child."""
        if self.child:
            self.child.kill()
            self.child.wait()
            for pipe in (self.child.stdin, self.child.stdout):
                with suppress(OSError):
                    if pipe:
                        pipe.close()
        self.child = None


def prepare(source: Source, name: str, options: Options, progress: Progress | None = None) -> Prepared:
    """Read one file in a child of its own.

    Raises VitalsError as Reading.prepare does.
    """
    with closing(Reading()) as reading:
        return reading.prepare(source, name, options, progress)


if __name__ == "__main__":
    serve()
