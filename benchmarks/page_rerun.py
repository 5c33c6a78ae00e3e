"""Times a rerun of each page against the same page with ready-made data, on the sample and on many times its tickets.

python -m benchmarks.page_rerun [--times 100]
"""

from __future__ import annotations

import argparse
import logging
import tempfile
from pathlib import Path
from statistics import median

from streamlit.testing.v1 import AppTest

from benchmarks import sample
from benchmarks.canned import Watch, watching
from vitals import warehouse
from vitals.ui.page import contents, session

RUNS = 20
GOAL = 1.8


def _open(con: warehouse.Connection, page: str) -> AppTest:
    """The application on a page, with the workspace as its session's own."""
    app = AppTest.from_file(str(contents.ROOT / "app.py"), default_timeout=120)
    app.session_state[session.CONNECTION] = con
    app.run()
    return app.switch_page(contents.path(page)).run()


def _milliseconds(app: AppTest, watch: Watch) -> float:
    """The median time of the script over many reruns, once warm."""
    times = []
    for _ in range(RUNS + 1):
        app.run()
        times.append(watch.seconds)
    return 1000 * median(times[1:])


def _line(con: warehouse.Connection, page: str, watch: Watch) -> str:
    watch.forget()
    app = _open(con, page)
    shown = [error.value for error in [*app.exception, *app.error]]
    real = _milliseconds(app, watch)
    watch.replaying = True
    ready_made = _milliseconds(app, watch)
    ratio = real / ready_made
    remark = f"shows an error: {shown[0]}" if shown else "" if ratio <= GOAL else f"above the goal of {GOAL}"
    return f"{page:16} {real:8.1f} {ready_made:8.1f} {ratio:7.2f}  {remark}"


def _report(con: warehouse.Connection, title: str) -> None:
    tickets = con.execute("select count(*) from staging.tickets").fetchall()[0][0]
    print(f"\n{title}: {tickets:,} tickets; milliseconds, median of {RUNS}")
    print(f"{'page':16} {'page':>8} {'canned':>8} {'ratio':>7}")
    with watching() as watch:
        for pages in contents.groups().values():
            for page in pages:
                print(_line(con, page.name, watch), flush=True)


def main() -> None:
    """Measure on the sample, then on many times as much."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=100)
    times = parser.parse_args().times
    logging.disable(logging.WARNING)
    with tempfile.TemporaryDirectory() as folder, sample.load(Path(folder) / "sample.duckdb") as con:
        _report(con, "The sample")
        sample.multiply(con, times)
        _report(con, f"{times} times the sample's tickets and time entries")


if __name__ == "__main__":
    main()
