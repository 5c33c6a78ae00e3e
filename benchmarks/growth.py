"""How reading, building, two pages and the peak of memory grow with the tickets, and what a build costs of its reading.

python -m benchmarks.growth [--tickets 100000 1000000 10000000] [--small]

Costs are seconds of processors, which a busy machine disturbs less than those of the clock. Ten million tickets and
their thirty million entries are 4.6 GB of files and take twice that of disk beside them. --small is over in seconds:
it shows that the measure works, and of the product nothing.
"""

from __future__ import annotations

import argparse
import logging
import tempfile
import time
from dataclasses import dataclass, fields
from pathlib import Path
from statistics import median

from benchmarks import exports, load
from benchmarks.page_rerun import app_on
from vitals import warehouse
from vitals.ui.page import memory

SIZES = (100_000, 1_000_000)
SMALL = (500, 1_000)
RERUNS = 5
GOAL = 0.5
"""What the build may cost of the reading."""


@dataclass(frozen=True)
class Step:
    """What so many tickets cost: seconds of processors, and megabytes at the peak of a load."""

    tickets: float
    reading: float
    build: float
    rollup_page: float
    facts_page: float
    peak: float

    def over(self, before: Step) -> Step:
        """How many times each is what it was a step before."""
        return Step(*(getattr(self, item.name) / getattr(before, item.name) for item in fields(Step)))


def _page(con: warehouse.Connection, name: str) -> float:
    """What a page costs that asks all its queries, once warm."""
    app, costs = app_on(con, name), []
    for _ in range(RERUNS):
        app.session_state[memory.KEPT] = {}
        begun = time.process_time()
        app.run()
        costs.append(time.process_time() - begun)
    return median(costs)


def step(folder: Path, tickets: int) -> Step:
    """Write a pair of exports, load it, open a page that reads monthly sums and one that reads every ticket."""
    files, workspace = exports.write(folder, tickets), folder / "workspace.duckdb"
    loaded, build = load.ours(workspace, [str(path) for path in files])
    reading = loaded.processor_seconds - build.processor_seconds
    with warehouse.read_only(workspace) as con:
        pages = _page(con, "demand"), _page(con, "service_levels")
    return Step(tickets, reading, build.processor_seconds, *pages, loaded.megabytes)


def _told(title: str, found: Step, decimals: int) -> str:
    costs = (getattr(found, item.name) for item in fields(Step)[1:])
    return f"{title:>18}" + "".join(f"{cost:>13,.{decimals}f}" for cost in costs)


def measure(sizes: list[int]) -> list[Step]:
    """Each size in a folder that is gone afterwards; prints what it costs, and how many times the size before."""
    print(f"{'tickets':>18}" + "".join(f"{item.name.replace('_', ' '):>13}" for item in fields(Step)[1:]))
    found: list[Step] = []
    for tickets in sizes:
        with tempfile.TemporaryDirectory() as folder:
            found.append(step(Path(folder), tickets))
        print(_told(f"{tickets:,}", found[-1], 2), flush=True)
        if len(found) > 1:
            ratios = found[-1].over(found[-2])
            print(_told(f"times {ratios.tickets:.1f}", ratios, 2))
        print(f"{'build of reading':>18}{found[-1].build / found[-1].reading:>26.2f}  (goal: {GOAL} at the most)")
    return found


def main() -> None:
    """Measure the sizes that are asked for, the smallest first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tickets", type=int, nargs="+", default=SIZES)
    parser.add_argument("--small", action="store_true")
    asked = parser.parse_args()
    logging.disable(logging.WARNING)
    measure(sorted(SMALL if asked.small else asked.tickets))


if __name__ == "__main__":
    main()
