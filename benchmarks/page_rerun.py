"""Times each page against the same page with ready-made data, on the sample and on many times its tickets.

A page is opened, which asks all its queries, and rerun, which asks what is not kept of them. Processor time of the
whole process, which says the same on a machine that others use as well. Ends in 1 where a page shows an error.
python -m benchmarks.page_rerun [--times 100] [--runs 9] [--pages overview ...]
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from streamlit.testing.v1 import AppTest

from benchmarks import sample
from benchmarks.canned import Watch, watching
from vitals import warehouse
from vitals.ui.page import contents, memory, session

GOAL, GOAL_OF_GROWTH = 1.8, 1.3
"""Of a page to the same with ready-made data, and of a page on many times the tickets to the same on the sample."""


@dataclass(frozen=True)
class Cost:
    """What a page takes, in milliseconds of the processor, and what it shows of errors."""

    page: str
    opened: float
    rerun: float
    ready_made: float
    errors: tuple[str, ...]


def app_on(con: warehouse.Connection, page: str) -> AppTest:
    """The application on a page, with the workspace as its session's own."""
    app = AppTest.from_file(str(contents.ROOT / "app.py"), default_timeout=120)
    app.session_state[session.CONNECTION] = con
    app.run()
    return app.switch_page(contents.path(page)).run()


def _milliseconds(app: AppTest, watch: Watch, runs: int, *, asks_again: bool = False) -> float:
    """The median time of the script over many runs, once warm: of runs that ask all again, or what isn't kept."""
    times = []
    for _ in range(runs + 1):
        if asks_again:
            app.session_state[memory.KEPT] = {}
        app.run()
        times.append(watch.seconds)
    return 1000 * median(times[1:])


def _cost(con: warehouse.Connection, page: str, watch: Watch, runs: int) -> Cost:
    watch.forget()
    app = app_on(con, page)
    shown = tuple(str(error.value) for error in [*app.exception, *app.error])
    opened = _milliseconds(app, watch, runs, asks_again=True)
    rerun = _milliseconds(app, watch, runs)
    watch.replaying = True
    return Cost(page, opened, rerun, _milliseconds(app, watch, runs), shown)


def _remark(cost: Cost, before: Cost | None) -> str:
    """What is not as it should be."""
    if cost.errors:
        return f"shows an error: {cost.errors[0]}"
    slow = [f"above {GOAL} of ready-made"] if cost.rerun > GOAL * cost.ready_made else []
    grown = before is not None and max(_growth(cost, before)) > GOAL_OF_GROWTH
    return ", ".join(slow + ([f"above {GOAL_OF_GROWTH} of the sample"] if grown else []))


def _growth(cost: Cost, before: Cost) -> tuple[float, float]:
    return cost.opened / before.opened, cost.rerun / before.rerun


def _measured(
    con: warehouse.Connection, title: str, pages: Sequence[str], runs: int, before: Sequence[Cost] = ()
) -> Iterator[Cost]:
    """Each page's cost, printed beside what the same page took before."""
    tickets = con.execute("select count(*) from staging.tickets").fetchall()[0][0]
    print(f"\n{title}: {tickets:,} tickets; milliseconds of the processor, median of {runs}")
    print(f"{'page':18} {'opened':>8} {'rerun':>8} {'canned':>8} {'ratio':>7} {'growth opened, rerun':>21}")
    known = {cost.page: cost for cost in before}
    with watching() as watch:
        for page in pages:
            cost, was = _cost(con, page, watch, runs), known.get(page)
            grown = "".join(f" {growth:9.2f}" for growth in _growth(cost, was)) if was else ""
            taken = f"{cost.opened:8.1f} {cost.rerun:8.1f} {cost.ready_made:8.1f} {cost.rerun / cost.ready_made:7.2f}"
            print(f"{page:18} {taken} {grown:21}  {_remark(cost, was)}".rstrip(), flush=True)
            yield cost


def main() -> None:
    """Measure on the sample, then on many times as much."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument(
        "--pages", nargs="+", default=[page.name for group in contents.groups().values() for page in group]
    )
    asked = parser.parse_args()
    logging.disable(logging.WARNING)
    with tempfile.TemporaryDirectory() as folder, sample.load(Path(folder) / "sample.duckdb") as con:
        before = list(_measured(con, "The sample", asked.pages, asked.runs))
        sample.multiply(con, asked.times)
        title = f"{asked.times} times the sample's tickets and time entries"
        after = list(_measured(con, title, asked.pages, asked.runs, before))
    print(f"\nload of the machine: {os.getloadavg()[0]:.1f}")
    sys.exit(any(cost.errors for cost in [*before, *after]))


if __name__ == "__main__":
    main()
