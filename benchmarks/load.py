"""Loads a large pair of exports by the command line and by bare DuckDB in one run, and prints the ratio and the memory.

python -m benchmarks.load [--tickets 1000000]
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks import exports
from benchmarks.memory import Peak

ROOT = Path(__file__).parent.parent
GOAL = 2.5

# Typed, into a table, in a process of its own: the least that any loader must do.
BARE = """
import sys
import duckdb

with duckdb.connect(sys.argv[1]) as con:
    for place, path in enumerate(sys.argv[2:]):
        con.execute(f"create table loaded_{place} as select * from read_csv('{path}')")
"""

# The command line, with a watch on its build of staging and core and on the report that is made from them.
OURS = """
import sys
import time

from vitals import cli
from vitals.workspace import load


def built(*args, made=load._built):
    begun, used = time.perf_counter(), time.process_time()
    reports = made(*args)
    print(time.perf_counter() - begun, time.process_time() - used, file=sys.stderr)
    return reports


load._built = built
sys.exit(cli.main(sys.argv[1:]))
"""

# The command line without its build: what it reads, types, stores and commits, as bare DuckDB does.
READING = """
import sys

from vitals import cli
from vitals.workspace import load

load._built = lambda *said: []
sys.exit(cli.main(sys.argv[1:]))
"""


@dataclass(frozen=True)
class Cost:
    """What a command took, with all its children: by the clock, by the processors, and at its peak."""

    seconds: float
    processor_seconds: float
    megabytes: float = 0.0

    def __str__(self) -> str:
        held = f"{self.megabytes:6.0f} MB at the peak" if self.megabytes else ""
        return f"{self.seconds:6.1f} s   {self.processor_seconds:6.1f} s of processors   {held}".rstrip()


def _processor_seconds(whose: int) -> float:
    used = resource.getrusage(whose)
    return used.ru_utime + used.ru_stime


def timed(*command: str) -> tuple[Cost, str]:
    """What a Python program costs with all its children, and what it says on standard error."""
    begun, used = time.perf_counter(), _processor_seconds(resource.RUSAGE_CHILDREN)
    process = subprocess.Popen(
        [sys.executable, "-c", *command], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    peak = Peak(process.pid)
    said = process.communicate()[1]
    seconds = time.perf_counter() - begun
    if process.returncode > 1:
        raise RuntimeError(said)
    return Cost(seconds, _processor_seconds(resource.RUSAGE_CHILDREN) - used, peak.stop()), said


def ours(workspace: Path, files: list[str]) -> tuple[Cost, Cost]:
    """What the command line takes to load files into a new workspace, and of that the build."""
    loaded, said = timed(OURS, "load", "--workspace", str(workspace), *files)
    return loaded, Cost(*map(float, said.split()))


def measure(folder: Path, tickets: int) -> None:
    """Write the pair, load it both ways, print what it took."""
    files = [str(path) for path in exports.write(folder, tickets)]
    megabytes = sum(Path(path).stat().st_size for path in files) / 1e6
    bare, _ = timed(BARE, str(folder / "bare.duckdb"), *files)
    loaded, build = ours(folder / "ours.duckdb", files)
    read, _ = timed(READING, "load", "--workspace", str(folder / "read.duckdb"), *files)
    ratio, processors = read.seconds / bare.seconds, read.processor_seconds / bare.processor_seconds
    print(f"{megabytes:.0f} MB: {tickets:,} tickets and {3 * tickets:,} time entries")
    print(f"bare DuckDB, typed tables   {bare}")
    print(f"vitals load, all of it      {loaded}, parent and child together")
    print(f"  of which the build        {build}, without its commit")
    print(f"vitals load without it      {read}")
    print(f"reading and typing against bare DuckDB: {ratio:.2f} (goal: {GOAL} at the most)")
    print(f"the same by processor time, which a busy machine disturbs less: {processors:.2f}")


def main() -> None:
    """Measure in a folder that is gone afterwards."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tickets", type=int, default=1_000_000)
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), parser.parse_args().tickets)


if __name__ == "__main__":
    main()
