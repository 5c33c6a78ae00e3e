"""Commands that are killed at random, or whose reading process is: python -m benchmarks.kills [TIMES].

Prints how many workspaces were torn (neither as before nor as after) and how many processes were left behind.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from vitals import warehouse

TIMES = 300
LINES = "client,invoiced_on,amount\nAcme,2025-03-01,100.00\nBirch,2025-04-01,50.00\n"
MORE = LINES.replace("Acme", "Cedar") + "".join(f"Elm {place},2025-05-01,{place}.00\n" for place in range(2_000))
GONE_SECONDS = 20
ROWS = "select count(*), sum(hash(held)) from (select * {1} from {0}) as held"
WHEN = {"raw.loads": "exclude (loaded_at, undone_at)", "raw.assumptions": "exclude (changed_at)"}
State = dict[str, Any]


@dataclass
class Outcome:
    """What came of all the kills."""

    torn: int = 0
    orphans: int = 0
    ended: Counter[str] = field(default_factory=Counter)
    """Command and victim, and whether the workspace is as before or as after -> how often."""


@dataclass(frozen=True)
class Command:
    """A command, how long it takes undisturbed, and the workspace after it."""

    name: str
    words: tuple[str, ...]
    seconds: float
    after: State


def _started(home: Path, words: tuple[str, ...]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "vitals", words[0], "--workspace", str(home / "w.duckdb"), *words[1:]]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)


def _state(home: Path) -> State:
    """How many rows each table has, and what tells them from any others; when something was said is no part of it."""
    with closing(warehouse.connect(home / "w.duckdb")) as con:
        tables = con.execute("select schema_name || '.' || table_name from duckdb_tables() order by all").fetchall()
        return {name: con.execute(ROWS.format(name, WHEN.get(name, ""))).fetchone() for (name,) in tables}


def _in_session(session: int) -> list[int]:
    """The processes of a session that still run."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, *others = status.read_text().rsplit(")", 1)[1].split()
            if int(others[2]) == session and state != "Z":
                found.append(int(status.parent.name))
    return found


def _orphans(session: int) -> int:
    deadline = time.monotonic() + GONE_SECONDS
    while (left := _in_session(session)) and time.monotonic() < deadline:
        time.sleep(0.05)
    for process in left:
        os.kill(process, signal.SIGKILL)
    return len(left)


def _tried(kept: Path, folder: Path, name: str, *words: str) -> Command:
    home = Path(shutil.copytree(kept, folder / f"whole {name}"))
    began = time.monotonic()
    _started(home, words).wait()
    return Command(name, words, time.monotonic() - began, _state(home))


def _commands(kept: Path, folder: Path) -> list[Command]:
    (folder / "more.csv").write_text(MORE)
    tried = (
        ("load", "load", str(folder / "more.csv")),
        ("set", "set", "loaded_hourly_cost", "55"),
        ("undo", "undo", "1"),
    )
    return [_tried(kept, folder, *words) for words in tried]


def _kill(home: Path, command: Command, victim: str, after: float) -> int:
    """Kill the command, or the process that it started, after a while; the session that it ran in."""
    process = _started(home, command.words)
    time.sleep(after)
    others = [other for other in _in_session(process.pid) if other != process.pid]
    for one in [process.pid] if victim == "command" else others:
        with suppress(ProcessLookupError):
            os.kill(one, signal.SIGKILL)
    process.wait()
    return process.pid


def kills(times: int, seed: int = 1) -> Outcome:
    """Kill so many times, at random moments, and look at what is left."""
    dice, found = random.Random(seed), Outcome()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "first.csv").write_text(LINES)
        kept = folder / "kept"
        kept.mkdir()
        _started(kept, ("load", str(folder / "first.csv"))).wait()
        before, commands = _state(kept), _commands(kept, folder)
        for turn in range(times):
            command, victim = dice.choice(commands), dice.choice(("command", "command", "reader"))
            home = Path(shutil.copytree(kept, folder / f"turn {turn}"))
            session = _kill(home, command, victim, command.seconds * dice.uniform(0.1, 1))
            found.orphans += _orphans(session)
            state = _state(home)
            side = "before" if state == before else "after" if state == command.after else "torn"
            found.torn += side == "torn"
            found.ended[f"{command.name}, {victim} killed: {side}"] += 1
            shutil.rmtree(home)
    return found


def main() -> int:
    """Print what was left."""
    found = kills(int(sys.argv[1]) if len(sys.argv) > 1 else TIMES)
    print("\n".join(f"{count:4} {said}" for said, count in sorted(found.ended.items())))
    print(f"{found.ended.total()} kills: {found.torn} torn, {found.orphans} orphans")
    return int(found.torn + found.orphans > 0)


if __name__ == "__main__":
    sys.exit(main())
