"""Loads a large pair of exports by the command line and by bare DuckDB in one run, and prints the ratio and the memory.

python -m benchmarks.load [--tickets 1000000]
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
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


def _timed(command: Sequence[str]) -> tuple[float, float]:
    """Seconds and peak megabytes of a command with all its children."""
    begun = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    peak = Peak(process.pid)
    status = process.wait()
    seconds = time.perf_counter() - begun
    if status > 1:
        raise RuntimeError(f"{command[2:4]} ended with status {status}")
    return seconds, peak.stop()


def _build(workspace: Path) -> float:
    """Seconds that staging, core and metrics take on the loaded rows."""
    with warehouse.connect(workspace) as con:
        begun = time.perf_counter()
        with warehouse.transaction(con):
            warehouse.build(con)
        return time.perf_counter() - begun


def measure(folder: Path, tickets: int) -> None:
    """Write the pair, load it both ways, print what it took."""
    files = [str(path) for path in exports.write(folder, tickets)]
    megabytes = sum(Path(path).stat().st_size for path in files) / 1e6
    bare, bare_memory = _timed([sys.executable, "-c", BARE, str(folder / "bare.duckdb"), *files])
    ours = folder / "ours.duckdb"
    loaded, memory = _timed([sys.executable, "-m", "vitals", "load", "--workspace", str(ours), *files])
    build = _build(ours)
    ratio = (loaded - build) / bare
    print(f"{megabytes:.0f} MB: {tickets:,} tickets and {3 * tickets:,} time entries")
    print(f"bare DuckDB, typed tables   {bare:6.1f} s   {bare_memory:6.0f} MB at the peak")
    print(f"vitals load, all of it      {loaded:6.1f} s   {memory:6.0f} MB at the peak, parent and child together")
    print(f"  of which the build        {build:6.1f} s")
    print(f"reading and typing against bare DuckDB: {ratio:.2f} (goal: {GOAL} at the most)")


def main() -> None:
    """Measure in a folder that is gone afterwards."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tickets", type=int, default=1_000_000)
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), parser.parse_args().tickets)


if __name__ == "__main__":
    main()
