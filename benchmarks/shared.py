"""Many scripted sessions on one kept workspace: python -m benchmarks.shared [SESSIONS] [VISITS].

Each has the workspace open and goes from page to page, one page after the other: the framework's tests of a script
serve one at a time. Prints how long a page took
(median, 95 of 100, longest), the memory of the process before and at its highest, and how busy the machine was.
"""

from __future__ import annotations

import logging
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

from streamlit.testing.v1 import AppTest

from benchmarks import sample
from vitals.kept import folder, shared
from vitals.kept.file import Opener
from vitals.ui.page import contents, lifetime, standing

SESSIONS, VISITS = 50, 7
PAGES = ("overview", "client_margin", "utilisation", "service_levels", "retention", "qbr", "diligence")
GOAL_SECONDS, GOAL_MEGABYTES = 2, 1_000


def _keep(place: Path) -> folder.Kept:
    with sample.load(place / "loaded.db") as con:
        return folder.keep(con, place, "Sample")


def _session(kept: folder.Kept) -> AppTest:
    """A visitor who has opened the workspace."""
    process = Opener()
    reading = shared.take(kept, process)
    process.close()
    app = AppTest.from_file(str(contents.ROOT / "app.py"), default_timeout=120)
    app.session_state[standing.HOLDING] = lifetime.Holding(reading=reading)
    app.session_state[standing.KEPT_AS] = standing.KeptAs(kept.name, kept.stamp)
    return app.run()


def _seconds(app: AppTest, page: str) -> float:
    began = time.perf_counter()
    app.switch_page(contents.path(page)).run()
    took = time.perf_counter() - began
    if app.exception or app.error:
        raise RuntimeError(f"{page} failed: {[item.value for item in [*app.exception, *app.error]]}")
    return took


def _visit(apps: list[AppTest], visits: int) -> list[float]:
    """Every session goes from page to page, each beginning at another one."""
    turns = ((turn, place, app) for turn in range(visits) for place, app in enumerate(apps))
    return sorted(_seconds(app, PAGES[(turn + place) % len(PAGES)]) for turn, place, app in turns)


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> int:
    """Print the measures; the exit status is 1 if a goal is missed."""
    logging.disable(logging.WARNING)
    sessions, visits = [*map(int, sys.argv[1:]), *(SESSIONS, VISITS)[len(sys.argv) - 1 :]]
    with tempfile.TemporaryDirectory() as place:
        kept = _keep(Path(place))
        print(f"memory with the workspace made: {_megabytes():.0f} MB; load of the machine: {os.getloadavg()[0]:.1f}")
        apps = [_session(kept) for _ in range(sessions)]
        print(f"memory with {sessions} sessions: {_megabytes():.0f} MB")
        began = time.perf_counter()
        times = _visit(apps, visits)
        took, late = time.perf_counter() - began, times[int(len(times) * 0.95)]
    middle = times[len(times) // 2]
    print(f"{len(times)} pages, {len(times) / took:.1f} a second: median {middle:.2f} s, 95 of 100 within {late:.2f} s")
    print(f"longest {times[-1]:.2f} s; memory at its highest: {_megabytes():.0f} MB")
    print(f"load of the machine: {os.getloadavg()[0]:.1f}")
    return int(late > GOAL_SECONDS or _megabytes() > GOAL_MEGABYTES)


if __name__ == "__main__":
    sys.exit(main())
