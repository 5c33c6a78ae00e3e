"""Many who read one kept workspace at once: python -m benchmarks.sessions [--sessions 50] [--seconds 300] [--pause 12].

Each speaks the protocol of a real server without a browser, opens the workspace, and goes from page to page of all that
there are, each beginning at another one. After every page it reads for a while: an exponentially distributed time of
twelve seconds in the mean, three at the least. Prints how long pages took from the click to the last part of them
(median, 95 of 100, longest), in all and for the slowest pages, and the most that server and children had of memory.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass
from pathlib import Path

from benchmarks import sample
from benchmarks.memory import Peak
from tests import sockets
from tests.browser.server import started
from vitals import warehouse
from vitals.kept import folder
from vitals.ui.page import contents

SESSIONS, SECONDS, PAUSE, SHORTEST_PAUSE = 50, 300, 12.0, 3.0
NAME, OF_ALL, SLOWEST = "Sample", 0.95, 12
GOAL_SECONDS, GOAL_MEGABYTES = 2, 1_000
NO_PAGES = ("start", "workspaces", "how_it_works")
"""What is open before the workspace is, and what shows nothing of it."""


@dataclass(frozen=True)
class Seen:
    """One page that one visitor opened."""

    page: str
    seconds: float
    words: str


def _failed(visitor: sockets.Visitor) -> str:
    return next((said for said in visitor.shown if "failed; your data" in said or "Nothing is loaded" in said), "")


def _pages(named: Sequence[str]) -> list[str]:
    return [*named] or [item.name for item in contents.entries() if item.name not in NO_PAGES]


def _visit(url: str, place: int, pages: Sequence[str], until: float, pause: float) -> list[Seen]:
    """One visitor's way through the pages."""
    dice, found = random.Random(place), list[Seen]()
    # they don't all come at one moment
    time.sleep(dice.random() * pause)
    with sockets.visit(url, path="workspaces") as visitor:
        visitor.click(f"open_{NAME}")
        turn = place * 7
        while time.monotonic() < until:
            page = pages[turn % len(pages)]
            turn += 1
            visitor.open(page)
            found.append(Seen(page, visitor.seconds, _failed(visitor)))
            time.sleep(max(SHORTEST_PAUSE, dice.expovariate(1 / pause)) if pause else 0)
    return found


def _late(times: Sequence[float]) -> float:
    """Within what time 95 of 100 came."""
    return sorted(times)[min(len(times) - 1, int(len(times) * OF_ALL))]


def _line(name: str, times: Sequence[float]) -> str:
    middle = sorted(times)[len(times) // 2]
    return f"{name:24} {len(times):6} {middle:8.2f} {_late(times):8.2f} {max(times):8.2f}"


def _report(seen: Sequence[Seen], took: float) -> None:
    by_page = defaultdict[str, list[float]](list)
    for one in seen:
        by_page[one.page].append(one.seconds)
    print(f"{len(seen) / took:.1f} pages a second; load of the machine: {os.getloadavg()[0]:.1f}")
    print(f"{'seconds a page':24} {'times':>6} {'median':>8} {'95/100':>8} {'longest':>8}")
    print(_line("all", [one.seconds for one in seen]))
    slow = sorted(by_page.items(), key=lambda item: -_late(item[1]))
    for page, times in slow[:SLOWEST]:
        print(_line(page, times))
    for one in (one for one in seen if one.words):
        print(f"{one.page}: {one.words}")


def _loaded(workspace: Path | None, home: Path) -> AbstractContextManager[warehouse.Connection]:
    """What the visitors are to read."""
    return closing(warehouse.read_only(workspace)) if workspace else sample.load(home / "loaded.db")


def processor_seconds(process: int) -> float:
    """The seconds of the processor that a process has had; 0 where the system doesn't tell."""
    stat = Path(f"/proc/{process}/stat")
    if not stat.exists():
        return 0.0
    user, system = stat.read_text().rsplit(")", 1)[1].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, default=SESSIONS)
    parser.add_argument("--seconds", type=int, default=SECONDS)
    parser.add_argument("--pause", type=float, default=PAUSE, help="seconds between a page and the next click")
    parser.add_argument("--workspace", type=Path, metavar="W.duckdb", help="else the sample is loaded")
    parser.add_argument("--pages", nargs="*", default=[])
    return parser.parse_args()


def main() -> int:
    """Print the measures; the exit status is 1 if a goal is missed or a page failed."""
    asked = _asked()
    with tempfile.TemporaryDirectory() as home:
        place = Path(home) / "kept"
        place.mkdir()
        with _loaded(asked.workspace, Path(home)) as con:
            folder.keep(con, place, NAME)
        told = f"import os; os.environ[{folder.VARIABLE!r}] = {str(place)!r}"
        with started(before=told) as (url, process), ThreadPoolExecutor(asked.sessions) as pool:
            # whoever comes first waits for the workspace to be built, and for the program to be read
            with sockets.visit(url, path="workspaces") as first:
                first.click(f"open_{NAME}")
                print(f"opened for the first time in {first.seconds:.1f} s")
            peak, until, spent = Peak(process), time.monotonic() + asked.seconds, processor_seconds(process)
            pages = _pages(asked.pages)
            visits = [pool.submit(_visit, url, one, pages, until, asked.pause) for one in range(asked.sessions)]
            seen = [one for visit in visits for one in visit.result()]
            spent, megabytes = processor_seconds(process) - spent, peak.stop()
    print(f"{asked.sessions} sessions for {asked.seconds} s, {asked.pause:.0f} s to read a page")
    _report(seen, asked.seconds)
    print(f"the server's processor: {1000 * spent / len(seen):.0f} ms a page")
    print(f"memory of the server and its children at their highest: {megabytes:.0f} MB")
    is_late = _late([one.seconds for one in seen]) > GOAL_SECONDS
    return int(is_late or megabytes > GOAL_MEGABYTES or any(one.words for one in seen))


if __name__ == "__main__":
    sys.exit(main())
