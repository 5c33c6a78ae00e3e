"""Twelve browsers at once with uploads of their own, from page to page: python -m benchmarks.soak [SECONDS] [VISITORS].

Prints whatever of one visitor another one saw, pages that differed from what the same visitor saw before, waits of more
than ten seconds, and the memory of the server and its children before, during and after. Before is after a first round:
as many visitors, who see every page once and leave, since what a program reads and builds once is no visitor's.
"""

from __future__ import annotations

import re
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import cycle

from playwright.sync_api import TimeoutError, sync_playwright

from benchmarks.memory import held
from tests.browser import chromium
from tests.browser.journeys import ALL_PAGES, go, parcel, upload
from tests.browser.server import started

SECONDS, VISITORS = 600, 12
MOST_LEFT = 1.1
"""Of the memory before, what may be held once all have left."""
STALL_SECONDS = 10
SOON = "from vitals.ui.page import lifetime; lifetime.RECONNECT_SECONDS = 5"
AFTER_SECONDS = 12
SIGN = "Quokka"


@dataclass
class Account:
    """What one visitor met with."""

    renders: int = 0
    foreign: int = 0
    differing: int = 0
    failures: int = 0
    stalls: int = 0
    lost: int = 0
    """Pages that were not drawn within the two minutes that a tab waits."""
    longest: float = 0.0


def name_of(visitor: int) -> str:
    """A name that only one visitor's files hold."""
    return f"{SIGN}{visitor}x"


def _files(visitor: int) -> list[tuple[str, bytes]]:
    lines = "".join(f"{name_of(visitor)} {place},2026-01-15,{visitor + place}.25,Seats\n" for place in range(1, 40))
    hours = "".join(f"E{place},{name_of(visitor)} {place},Ann,2026-01-16,1.5\n" for place in range(1, 40))
    return [
        (f"invoices {visitor}.csv", f"client,invoiced_on,amount,item\n{lines}".encode()),
        (f"hours {visitor}.csv", f"entry_id,client,technician,worked_on,hours\n{hours}".encode()),
    ]


def _look(tab: chromium.Tab, page: str, visitor: int, seen: dict[str, str], account: Account) -> None:
    began = time.monotonic()
    try:
        text = go(tab, page).everything
    except TimeoutError:
        # whoever waits in vain goes on to the next page, and the others' accounts are not lost
        account.lost += 1
        return
    took = time.monotonic() - began
    account.renders += 1
    account.longest = max(account.longest, took)
    account.stalls += took > STALL_SECONDS
    account.foreign += bool(set(re.findall(rf"{SIGN}\d+x", text)) - {name_of(visitor)})
    account.failures += len(tab.failures)
    account.differing += seen.setdefault(page, text) != text


def visit(url: str, seconds: float, visitor: int) -> Account:
    """One visitor's time on the server; without any, every page once."""
    account, seen = Account(), dict[str, str]()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.executable(playwright), args=chromium.ARGUMENTS)
        with chromium.tab(browser, url) as tab:
            upload(tab, *(parcel(name, data) for name, data in _files(visitor)))
            end = time.monotonic() + seconds
            for turn, page in enumerate(cycle(ALL_PAGES)):
                if turn >= len(ALL_PAGES) * (not seconds) and time.monotonic() > end:
                    break
                _look(tab, page, visitor, seen, account)
        browser.close()
    return account


def _alone(process: int) -> float:
    """The memory once everybody has been gone for a while."""
    time.sleep(AFTER_SECONDS)
    return held(process)


def soak(seconds: float = SECONDS, visitors: int = VISITORS) -> tuple[list[Account], float]:
    """Let the visitors in together; what each of them met with, and memory afterwards by memory before."""
    with started(before=SOON) as (url, process), ProcessPoolExecutor(visitors) as pool:
        print(f"memory of the server as it starts: {held(process):.0f} MB")
        list(pool.map(partial(visit, url, 0), range(visitors)))
        before = _alone(process)
        print(f"memory after a first round of {visitors} visitors: {before:.0f} MB", flush=True)
        accounts = pool.map(partial(visit, url, seconds), range(visitors))
        time.sleep(seconds)
        print(f"memory with {visitors} visitors: {held(process):.0f} MB", flush=True)
        met = list(accounts)
        after = _alone(process)
        print(f"memory after they left: {after:.0f} MB")
    return met, after / before if before else 1.0


def main() -> int:
    """Print the accounts; the exit status is 1 if anybody saw what was not theirs, or memory did not come back."""
    seconds, visitors = [*map(int, sys.argv[1:]), *(SECONDS, VISITORS)[len(sys.argv) - 1 :]]
    accounts, left = soak(seconds, visitors)
    for visitor, account in enumerate(accounts):
        print(visitor, account)
    foreign, differing, stalls, failures, lost, renders = (
        sum(getattr(account, what) for account in accounts)
        for what in ("foreign", "differing", "stalls", "failures", "lost", "renders")
    )
    print(f"{renders} renders, {foreign} foreign, {differing} that differ, {failures} failed, {stalls} over 10 s")
    print(f"{lost} given up after two minutes")
    print(f"memory afterwards: {left:.2f} of before")
    return int(foreign > 0 or failures > 0 or lost > 0 or left > MOST_LEFT)


if __name__ == "__main__":
    sys.exit(main())
