"""Times the same queries on the workspace's file and on a local Sail cluster, as ratios of one run.

python -m benchmarks.engines [--times 1] [--workers 3]
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks import sample
from vitals import results, warehouse
from vitals.errors import VitalsError
from vitals.exports import publication
from vitals.queries import all_queries
from vitals.sail import engine, server, translation

RUNS, PORT = 3, 32910
ASKED = (
    "metrics.company_margin", "metrics.client_margin", "metrics.client_margin_monthly", "metrics.mrr_bridge",
    "metrics.technician_utilisation", "metrics.sla_attainment", "metrics.key_person", "metrics.resolution_time",
)  # fmt: skip
"""What pages ask most: roll-ups, and facts of tickets."""


def _seconds(work: Callable[[], Any]) -> float:
    """The median of some runs, once warm."""
    times = []
    for _ in range(RUNS + 1):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return median(times[1:])


def _report(con: warehouse.Connection, published: publication.Publication) -> None:
    known, file = results.defaults(con), results.File(con)
    print(f"{'query':34} {'file ms':>8} {'Sail ms':>8} {'ratio':>6}")
    with engine.connected(f"sail://{server.HOST}:{PORT}", published) as sail:
        both: tuple[results.Engine, ...] = (file, sail)
        for name in (name for name in ASKED if name in translation.proven()):
            params = {param: known.get(param) for param in all_queries()[name].params}
            ours, theirs = (_seconds(partial(at.run, name, params)) for at in both)
            print(f"{name:34} {ours * 1000:8.1f} {theirs * 1000:8.1f} {theirs / ours:6.1f}", flush=True)


def main() -> None:
    """Measure on the sample, or on many times its tickets and time entries."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=1)
    parser.add_argument("--workers", type=int, default=server.WORKERS)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sample.load(Path(folder) / "sample.duckdb") as con:
        if asked.times > 1:
            sample.multiply(con, asked.times)
        tickets = con.table("staging.tickets").count("*").fetchall()[0][0]
        started = time.perf_counter()
        published = publication.publish(con, str(Path(folder) / "published"))
        print(f"{tickets:,} tickets, published in {time.perf_counter() - started:.1f} s; {asked.workers} workers")
        with server.start(PORT, asked.workers) as cluster:
            try:
                server.wait(PORT)
                _report(con, published)
            except VitalsError as error:
                print(error)
            finally:
                cluster.terminate()


if __name__ == "__main__":
    main()
