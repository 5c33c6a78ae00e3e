"""Files are read in a process of their own, with limits and without the rest of the environment."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

import pyarrow as pa

from vitals.errors import UnrecognisedError, VitalsError
from vitals.ingest.model import Options, Prepared, Progress, Question, Sink, Source, TypedTable
from vitals.ingest.parts import prefetched
from vitals.ingest.process import wire
from vitals.ingest.process.wire import TOO_MUCH

ROOT = Path(__file__).resolve().parents[3]
FRUGAL = {
    "ARROW_DEFAULT_MEMORY_POOL": "system", "MALLOC_ARENA_MAX": "2",
    "MALLOC_TRIM_THRESHOLD_": "64000000", "MALLOC_MMAP_THRESHOLD_": "32000000", "OPENBLAS_NUM_THREADS": "1",
}  # fmt: skip
"""Memory that was let go of goes back to the system, since parent and child share the machine."""

FRAMES_AHEAD = 4
"""Rows of so many parts wait in memory while those before them are stored."""

PIPE_BYTES = 1 << 20
"""As much as Linux grants to anyone: fewer turns between the two processes."""

WALL_SECONDS = 900
"""The only limit on systems without others."""

KEPT_ENVIRONMENT = ("SYSTEMROOT", "LD_LIBRARY_PATH", "LANG")


def _request(source: Source, name: str, options: Options) -> bytes:
    where = {"size": len(source)} if isinstance(source, bytes) else {"path": str(source.resolve())}
    return json.dumps({"name": name, **where, "options": asdict(options)}, default=str).encode() + b"\n"


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in KEPT_ENVIRONMENT if name in os.environ}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "TZ": "UTC", **FRUGAL}


def _start() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "vitals.ingest.process"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, env=_environment(), cwd=ROOT, pipesize=PIPE_BYTES,
    )  # fmt: skip


@contextmanager
def _wall_clock(child: subprocess.Popen[bytes]) -> Iterator[None]:
    """Kill the child if the block takes longer than reading may."""
    alarm = threading.Timer(WALL_SECONDS, child.kill)
    alarm.daemon = True
    alarm.start()
    try:
        yield
    finally:
        alarm.cancel()


class BrokenOffError(VitalsError):
    """The child died or was killed before it had said all."""


def _refusal(said: dict[str, Any]) -> VitalsError:
    if "header" not in said:
        return VitalsError(**said)
    samples = tuple(tuple(cells) for cells in said["samples"])
    return UnrecognisedError(said["message"], said["hint"], tuple(said["header"]), samples)


class Reply:
    """What a child says about one file, put together frame by frame."""

    def __init__(self, name: str, sink: Sink, progress: Progress) -> None:
        self.name, self.sink, self.progress = name, sink, progress
        self.tables: list[TypedTable] = []
        self.index, self.entity = 0, ""
        self.flags = pa.table({})

    def take(self, frame: wire.Frame) -> Prepared | None:
        """Take up one frame; the whole reply once it is complete, VitalsError if the child refused the file."""
        kind, content = frame
        if kind == wire.REFUSED:
            raise _refusal(content)
        if kind == wire.DONE:
            questions = tuple(Question(**item) for item in content["questions"])
            found = (content["sha256"], content["size"], tuple(self.tables), questions, tuple(content["warnings"]))
            return Prepared(self.name, *found)
        self._note(kind, content)
        return None

    def _note(self, kind: str, content: Any) -> None:
        if kind == wire.PROGRESS:
            self.progress(content)
        elif kind == wire.START:
            self.index, self.entity = content
        elif kind == wire.ROWS:
            self.sink(self.index, self.entity, content)
        elif kind == wire.DROP:
            self.sink.drop()
        elif kind == wire.FLAGS:
            self.flags = content
        elif kind == wire.TABLE:
            self.tables.append(wire.table_from(content, self.flags))


def _collected(reply: Reply, output: IO[bytes]) -> Prepared:
    """The child's whole reply; VitalsError if it broke off."""
    with closing(prefetched(wire.frames(output), FRAMES_AHEAD)) as frames:
        for frame in frames:
            if prepared := reply.take(frame):
                return prepared
    raise BrokenOffError(f"{reply.name} could not be read: reading it broke off.", TOO_MUCH)


def _ask(child: subprocess.Popen[bytes], source: Source, request: bytes) -> None:
    """Hand over a request; a child that died before it took it is noticed when its reply is read."""
    with suppress(OSError):
        if child.stdin:
            child.stdin.write(request)
            child.stdin.write(source if isinstance(source, bytes) else b"")
            child.stdin.flush()


def _output(child: subprocess.Popen[bytes]) -> IO[bytes]:
    return child.stdout or io.BytesIO()


class ReaderProcess:
    """One child that reads file after file; one that breaks off is replaced for the next file."""

    def __init__(self) -> None:
        self.child: subprocess.Popen[bytes] | None = None

    def start(self) -> subprocess.Popen[bytes]:
        """The child, which takes a while until it can read: the earlier it is started, the shorter that wait."""
        self.child = self.child or _start()
        return self.child

    def prepare(
        self, source: Source, name: str, options: Options, sink: Sink, progress: Progress | None = None
    ) -> Prepared:
        """Read a file in the child, handing on the rows of each table part by part.

        Raises VitalsError if it can't be used, or if the child crashed or passed a limit.
        """
        child = self.start()
        try:
            with _wall_clock(child):
                _ask(child, source, _request(source, name, options))
                return _collected(Reply(name, sink, progress or (lambda rows: None)), _output(child))
        except BaseException as error:
            # what is left of a reply would be taken for the next one's; only a refusal is a whole reply
            if isinstance(error, BrokenOffError) or not isinstance(error, VitalsError):
                self.close()
            raise

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
