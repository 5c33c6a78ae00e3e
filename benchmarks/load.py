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
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import exports
from benchmarks.memory import Peak
from vitals import warehouse

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


def _timed(command: Sequence[str]) -> Cost:
    """What a command costs with all its children."""
    begun, used = time.perf_counter(), _processor_seconds(resource.RUSAGE_CHILDREN)
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    peak = Peak(process.pid)
    status = process.wait()
    seconds = time.perf_counter() - begun
    if status > 1:
        raise RuntimeError(f"{command[2:4]} ended with status {status}")
    return Cost(seconds, _processor_seconds(resource.RUSAGE_CHILDREN) - used, peak.stop())


def _build(workspace: Path) -> Cost:
    """What staging, core and metrics cost on the loaded rows."""
    with warehouse.connect(workspace) as con:
        begun, used = time.perf_counter(), _processor_seconds(resource.RUSAGE_SELF)
        with warehouse.transaction(con):
            warehouse.build(con)
        return Cost(time.perf_counter() - begun, _processor_seconds(resource.RUSAGE_SELF) - used)


def measure(folder: Path, tickets: int) -> None:
    """Write the pair, load it both ways, print what it took."""
    files = [str(path) for path in exports.write(folder, tickets)]
    megabytes = sum(Path(path).stat().st_size for path in files) / 1e6
    bare = _timed([sys.executable, "-c", BARE, str(folder / "bare.duckdb"), *files])
    ours = folder / "ours.duckdb"
    loaded = _timed([sys.executable, "-m", "vitals", "load", "--workspace", str(ours), *files])
    build = _build(ours)
    ratio = (loaded.seconds - build.seconds) / bare.seconds
    processors = (loaded.processor_seconds - build.processor_seconds) / bare.processor_seconds
    print(f"{megabytes:.0f} MB: {tickets:,} tickets and {3 * tickets:,} time entries")
    print(f"bare DuckDB, typed tables   {bare}")
    print(f"vitals load, all of it      {loaded}, parent and child together")
    print(f"  of which the build        {build}")
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
