"""Reading processes end when nobody waits for them, are few at a time, and their crashes are told without data."""

from __future__ import annotations

import logging
import os
import re
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from vitals import limits, warehouse, workspace
from vitals.errors import VitalsError
from vitals.ingest.model import Options
from vitals.ingest.process import parent, watch
from vitals.ingest.process.parent import InterruptedReadingError, ReaderProcess
from vitals.ingest.process.wire import MOST_PROCESSES, Limits

SECRET = "Zanzibar Orchid Holdings"
INVOICES = f"client,invoiced_on,amount\n{SECRET},2026-01-15,10.00\n".encode()
SLEEPS = "import time; time.sleep(600)"
READS = "from vitals.ingest.process import child; child.prepare = prepare; child.serve()"

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals are of other systems")


@pytest.fixture
def child_runs(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Let the reading process run other code than its own."""

    def runs(code: str) -> None:
        popen = subprocess.Popen
        monkeypatch.setattr(
            parent.subprocess, "Popen", lambda command, **said: popen([command[0], "-X", "utf8", "-c", code], **said)
        )

    return runs


def read(process: ReaderProcess, data: bytes = INVOICES) -> None:
    process.prepare(data, "t.csv", Options(), lambda *part: None)


@pytest.fixture
def said(caplog: pytest.LogCaptureFixture, child_runs: Callable[[str], None]) -> Callable[[str], tuple[str, str]]:
    """What is told, and what is logged, of a child that runs some code instead."""

    def told(code: str) -> tuple[str, str]:
        child_runs(code)
        with caplog.at_level(logging.ERROR), closing(ReaderProcess()) as process, pytest.raises(VitalsError) as error:
            read(process)
        return str(error.value), caplog.text

    return told


def test_a_crash_is_told_as_such_with_a_reference_to_the_log(said: Callable[[str], tuple[str, str]]) -> None:
    crash = "import faulthandler, os, sys; faulthandler.enable(); sys.stdin.buffer.readline()\n"
    crash += f"print('{SECRET}', file=sys.stderr, flush=True); os.kill(os.getpid(), 11)"
    told, log = said(crash)
    assert "broke off" in told and "shorter period" not in told
    (reference,) = re.findall(r"reference (\w{8})", told)
    assert reference in log and "ended with -11" in log and "Fatal Python error: Segmentation fault" in log
    assert SECRET not in log


def test_a_defect_is_told_as_such_with_a_reference_to_the_log(said: Callable[[str], tuple[str, str]]) -> None:
    told, log = said(f"def prepare(*said):\n  raise ValueError('{SECRET}')\n{READS}")
    assert "failed" in told and "shorter period" not in told
    (reference,) = re.findall(r"reference (\w{8})", told)
    assert reference in log and "ValueError at <string>:2 prepare < child.py" in log
    assert SECRET not in log + told


def test_what_takes_too_long_is_told_as_such(
    said: Callable[[str], tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parent, "limits_of", lambda source: Limits(0, 0, wall_seconds=600, idle_seconds=1))
    told, log = said(SLEEPS)
    assert "takes longer to read than a file of its size may" in told
    assert log == ""


def test_the_clock_decides_where_no_system_tells_what_a_process_did(
    said: Callable[[str], tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parent, "limits_of", lambda source: Limits(0, 0, wall_seconds=1, idle_seconds=600))
    monkeypatch.setattr(watch, "processor_seconds", lambda pid: None)
    assert "takes longer to read than a file of its size may" in said(SLEEPS)[0]


WORKS = """
import time, sys
from vitals.ingest.process import child
from vitals.errors import VitalsError
def prepare(*said):
    until = time.process_time() + {seconds}
    while time.process_time() < until: pass
    raise VitalsError("worked for {seconds}")
child.prepare = prepare; child.serve()
"""


def test_who_works_is_not_late_whatever_the_clock_says(
    said: Callable[[str], tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    used = iter(range(1, 1_000))
    monkeypatch.setattr(parent, "limits_of", lambda source: Limits(0, 0, wall_seconds=0, idle_seconds=0.1))
    # whatever the machine grants it meanwhile, it has got on each time one looks
    monkeypatch.setattr(watch, "processor_seconds", lambda pid: float(next(used)))
    assert "worked for 1" in said(WORKS.format(seconds=1))[0]


def test_who_is_not_waited_for_may_do_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "WATCH_SECONDS", 0.05)
    child = parent.Child("this")
    try:
        with child.working(Limits(0, 0, wall_seconds=600, idle_seconds=0.2)):
            with child.unawaited():
                time.sleep(0.6)
            assert not child.is_late
    finally:
        child.end()


def test_what_a_process_used_is_its_own_time() -> None:
    before = time.process_time()
    told = watch.processor_seconds(os.getpid())
    assert told is None or before - 0.1 <= told <= time.process_time() + 0.1
    assert watch.processor_seconds(2**30) is None


def interrupted_after(seconds: float, process: ReaderProcess, work: Callable[[ReaderProcess], object]) -> float:
    """How long the work goes on after its interruption."""
    began = [0.0]

    def interrupt() -> None:
        began[0] = time.monotonic()
        process.interrupt()

    timer = threading.Timer(seconds, interrupt)
    timer.start()
    with closing(process), pytest.raises(InterruptedReadingError):
        work(process)
    timer.join()
    return time.monotonic() - began[0]


def test_a_reading_that_is_interrupted_ends_at_once_and_for_good(child_runs: Callable[[str], None]) -> None:
    child_runs(SLEEPS)
    process = ReaderProcess()
    started = process.start().process
    assert interrupted_after(0.3, process, read) < 3
    assert started.returncode is not None
    with pytest.raises(InterruptedReadingError):
        read(process)


def test_an_interrupted_load_is_no_refusal_and_leaves_nothing(child_runs: Callable[[str], None]) -> None:
    """Taken for a refusal of the file, it would be shown as one."""
    child_runs(SLEEPS)
    with closing(warehouse.connect(is_built=False)) as con:

        def load(process: ReaderProcess) -> None:
            workspace.load_files(con, [workspace.Upload("t.csv", INVOICES)], workspace.LoadOptions(), reading=process)

        interrupted_after(0.3, ReaderProcess(), load)
        assert con.execute("select count(*) from raw.loads").fetchall() == [(0,)]


@pytest.fixture
def no_place() -> Iterator[None]:
    """So many processes read that there may be no other."""
    with ExitStack() as stack:
        for _ in range(MOST_PROCESSES):
            stack.enter_context(closing(ReaderProcess())).start()
        yield


def test_there_are_few_readings_at_a_time_and_who_waits_can_be_interrupted(
    child_runs: Callable[[str], None], request: pytest.FixtureRequest
) -> None:
    child_runs(SLEEPS)
    request.getfixturevalue("no_place")
    process = ReaderProcess()
    assert interrupted_after(0.3, process, ReaderProcess.start) < 3
    assert process.child is None


def test_who_waits_for_a_place_reads_when_there_is_one(child_runs: Callable[[str], None]) -> None:
    child_runs(SLEEPS)
    others = [ReaderProcess() for _ in range(MOST_PROCESSES)]
    for other in others:
        other.start()
    timer = threading.Timer(0.3, others[0].close)
    timer.start()
    with closing(ReaderProcess()) as process:
        assert process.start().process.poll() is None
    for other in others:
        other.close()


def test_a_process_that_its_parent_leaves_behind_ends_by_itself(tmp_path: Path) -> None:
    """A parent that is killed can't end it."""
    code = "from vitals.ingest.process.parent import ReaderProcess; import os\n"
    code += "print(ReaderProcess().start().process.pid, flush=True); os.kill(os.getpid(), 9)"
    found = subprocess.run([parent.sys.executable, "-c", code], cwd=parent.ROOT, stdout=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 60
    while is_running(int(found.stdout)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not is_running(int(found.stdout))


def is_running(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_reading_process_writes_no_bytecode_where_its_parent_writes_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setenv("AWS_SECRET", "kept from it")
    assert parent._environment()["PYTHONDONTWRITEBYTECODE"] == "1"
    assert "AWS_SECRET" not in parent._environment()


def test_a_file_that_is_broken_off_for_its_rows_leaves_the_next_one_as_it_is() -> None:
    def at_most_one(rows: int) -> None:
        if rows > 1:
            raise VitalsError("Too many rows.")

    sent: list[int] = []
    with closing(ReaderProcess()) as process:
        with pytest.raises(VitalsError, match="Too many rows"):
            process.prepare(INVOICES + b"B,2026-01-16,1\n" * 9, "a.csv", Options(), lambda *part: None, at_most_one)
        process.prepare(INVOICES, "b.csv", Options(), lambda index, entity, rows: sent.append(len(rows)), at_most_one)
    assert sent == [1]


def test_the_memory_of_a_reading_process_counts_and_it_is_the_first_to_go(child_runs: Callable[[str], None]) -> None:
    code = "from vitals.ingest.process import child; child._limit_self(); held = b'x' * (64 << 20)\n"
    child_runs(f"{code}print(open('/proc/self/oom_score_adj').read(), flush=True); {SLEEPS}")
    before = limits.used_megabytes()
    with closing(ReaderProcess()) as process:
        assert process.start().said.readline() == b"1000\n"
        assert limits.used_megabytes() > before + 60
