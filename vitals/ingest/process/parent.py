"""Files are read in a process of their own, with limits and without the rest of the environment."""

from __future__ import annotations

import io
import json
import math
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext, suppress
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

from vitals.errors import IN_THE_LOG, VitalsError, logged
from vitals.ingest.model import Options, Prepared, Progress, Sink, Source
from vitals.ingest.prefetch import prefetched
from vitals.ingest.process import wire
from vitals.ingest.process.reply import Reply
from vitals.ingest.process.watch import Watch
from vitals.ingest.process.wire import MOST_PROCESSES, TOO_MUCH, Limits, limits_of

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

FREE = threading.BoundedSemaphore(MOST_PROCESSES)
"""A place for each process that may read; who finds none waits."""

LINE: list[object] = []
"""Who waits for a place, in the order in which they came."""

WAIT_SECONDS = 0.1
MOST_LINES = 40
WITHOUT_DATA = re.compile(r'Fatal Python error|Current thread|Thread 0x|File "|thread .* panicked at')
"""What is known to tell of a crash where it happened, and nothing of the file."""

TOO_LONG, TOO_LARGE = getattr(signal, "SIGXCPU", sys.maxsize), getattr(signal, "SIGKILL", sys.maxsize)
"""The system's ways to end a process that passed its limit of time, or for which there is no memory."""
KEPT_ENVIRONMENT = ("SYSTEMROOT", "LD_LIBRARY_PATH", "LANG", "PYTHONDONTWRITEBYTECODE")


def _request(source: Source, name: str, options: Options) -> bytes:
    where = {"size": len(source)} if isinstance(source, bytes) else {"path": str(source.resolve())}
    return json.dumps({"name": name, **where, "options": asdict(options)}, default=str).encode() + b"\n"


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in KEPT_ENVIRONMENT if name in os.environ}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "TZ": "UTC", **FRUGAL}


def _start(module: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", module], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, env=_environment(), cwd=ROOT, pipesize=PIPE_BYTES,
    )  # fmt: skip


class BrokenOffError(Exception):
    """The child died or was killed before it had said all."""


class InterruptedReadingError(Exception):
    """Nobody waits any more for what was being read."""


def _ask(child: subprocess.Popen[bytes], source: Source, request: bytes) -> None:
    """Hand over a request; a child that died before it took it is noticed when its reply is read."""
    with suppress(OSError):
        if child.stdin:
            child.stdin.write(request)
            child.stdin.write(source if isinstance(source, bytes) else b"")
            child.stdin.flush()


def _output(child: subprocess.Popen[bytes]) -> IO[bytes]:
    return child.stdout or io.BytesIO()


class Child:
    """A process that works for this one, and what it writes beside its replies."""

    def __init__(self, module: str) -> None:
        self.process = _start(module)
        self.lines = deque[str](maxlen=MOST_LINES)
        self.is_late = False
        self.watch: Watch | None = None
        self.listener = threading.Thread(target=self._listen, daemon=True)
        self.listener.start()

    def _listen(self) -> None:
        with suppress(OSError, ValueError):
            for line in self.process.stderr or ():
                self.lines.append(line.decode(errors="replace").strip())

    @property
    def said(self) -> BinaryIO:
        """Where its replies are read."""
        return cast(BinaryIO, self.process.stdout)

    def tell(self, request: Mapping[str, Any]) -> BinaryIO:
        """Hand over what it is to do, in a line; returns where more can follow."""
        to = cast(BinaryIO, self.process.stdin)
        to.write(json.dumps(request).encode() + b"\n")
        to.flush()
        return to

    @contextmanager
    def working(self, limits: Limits) -> Iterator[None]:
        """Kill the child if it does nothing for long while it is waited for; how much it may do, it limits itself."""
        self.watch = Watch(self.process.pid, limits, self._end_late)
        with self.watch.kept():
            yield

    def unawaited(self) -> AbstractContextManager[None]:
        """Say that nobody waits for the child within the block, so that it may do nothing."""
        return self.watch.unawaited() if self.watch else nullcontext()

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Kill the child if the block takes longer."""
        alarm = threading.Timer(seconds, self._end_late)
        alarm.daemon = True
        alarm.start()
        try:
            yield
        finally:
            alarm.cancel()

    def _end_late(self) -> None:
        self.is_late = True
        self.process.kill()

    def end(self) -> None:
        """Kill it, and let go of its pipes."""
        self.process.kill()
        self.process.wait()
        self.listener.join(WAIT_SECONDS)
        for pipe in (self.process.stdin, self.process.stdout):
            with suppress(OSError):
                if pipe:
                    pipe.close()

    def reason(self, name: str) -> VitalsError:
        """Why it ended before it had said all."""
        ended = self.process.returncode
        if self.is_late or ended == -TOO_LONG:
            return VitalsError(f"{name} takes longer to read than a file of its size may.", "Export a shorter period.")
        if ended == -TOO_LARGE:
            return VitalsError(f"{name} could not be read: reading it broke off.", TOO_MUCH)
        said = [line for line in self.lines if WITHOUT_DATA.match(line)]
        reference = logged(f"the reading process ended with {ended}: {' | '.join(said) or 'it said nothing'}")
        return VitalsError(f"{name} could not be read: reading it broke off (reference {reference}).", IN_THE_LOG)


def _collected(child: Child, reply: Reply) -> Prepared:
    """The child's whole reply; BrokenOffError if there is none."""
    with closing(prefetched(wire.frames(_output(child.process)), FRAMES_AHEAD)) as frames:
        for frame in frames:
            with child.unawaited():
                prepared = reply.take(frame)
            if prepared:
                return prepared
    raise BrokenOffError


def check_frame(frame: wire.Frame, what: str) -> wire.Frame:
    """The frame. Raises VitalsError where it refuses what was asked, or says that the child failed; what: at what."""
    if frame.kind == wire.REFUSED:
        raise VitalsError(**frame.content)
    if frame.kind == wire.FAILED:
        raise VitalsError(f"{what} (reference {logged(frame.content)}).", IN_THE_LOG)
    return frame


class Worker:
    """One child at a time, which waits for a free place and can be interrupted from any thread."""

    module = "vitals.ingest.process"
    """What the child runs."""
    patience = math.inf
    """How many seconds it waits for a place."""
    busy = ("", "")
    """What is said, and the hint, where none became free in that time."""

    def __init__(self) -> None:
        self.child: Child | None = None
        self.is_interrupted = False
        self.lock = threading.Lock()
        self.told_place: Callable[[int], None] = lambda before: None
        """Is told how many others are before this one, as long as it waits."""

    def start(self) -> Child:
        """The child, which takes a while until it can work: the earlier it is started, the shorter that wait.

        Raises VitalsError if no place became free in time, and InterruptedReadingError if it was interrupted.
        """
        if self.child:
            return self.child
        LINE.append(self)
        try:
            return self._started(time.monotonic() + self.patience)
        finally:
            LINE.remove(self)

    def _turn(self) -> bool:
        """Whether a place is free and nobody came before."""
        before = LINE.index(self)
        if not before and FREE.acquire(blocking=False):
            return True
        self.told_place(before)
        if before:
            time.sleep(WAIT_SECONDS)
            return False
        return FREE.acquire(timeout=WAIT_SECONDS)

    def _started(self, until: float) -> Child:
        while self.child is None:
            is_free = self._turn()
            with self.lock:
                if is_free and not self.is_interrupted:
                    self.child = Child(self.module)
                elif is_free:
                    FREE.release()
                if self.is_interrupted:
                    raise InterruptedReadingError
            if not is_free and time.monotonic() > until:
                raise VitalsError(*self.busy)
        return self.child

    def interrupt(self) -> None:
        """Stop, from whichever thread, and for good."""
        with self.lock:
            self.is_interrupted = True
            if self.child:
                self.child.process.kill()

    def close(self) -> None:
        """End the child."""
        with self.lock:
            child, self.child = self.child, None
        if child:
            child.end()
            FREE.release()


class ReaderProcess(Worker):
    """One child that reads file after file; one that breaks off is replaced for the next file."""

    def prepare(
        self, source: Source, name: str, options: Options, sink: Sink, progress: Progress | None = None
    ) -> Prepared:
        """Read a file in the child, handing on the rows of each table part by part.

        Raises VitalsError if it can't be used, or if the child crashed or passed a limit, and
        InterruptedReadingError if it was interrupted.
        """
        child, reply = self.start(), Reply(name, sink, progress or (lambda rows: None))
        try:
            with child.working(limits_of(source)):
                _ask(child.process, source, _request(source, name, options))
                return _collected(child, reply)
        except BrokenOffError as error:
            with suppress(subprocess.TimeoutExpired):
                # whoever crashed has the time to say how
                child.process.wait(WAIT_SECONDS)
            self.close()
            raise (InterruptedReadingError() if self.is_interrupted else child.reason(name)) from error
        except BaseException:
            # what is left of a reply, also of one whose reader wants no more of it, would be taken for the next one's
            if not reply.is_whole:
                self.close()
            raise
