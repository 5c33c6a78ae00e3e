"""Seven visitors at once with uploads of their own, from page to page: python -m benchmarks.soak [SECONDS] [VISITORS].

Prints whatever of one visitor another one saw, pages that differed from what the same visitor saw before, waits of more
than ten seconds, and the server's memory before, during and after.
"""

from __future__ import annotations

import re
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import cycle
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser import chromium
from tests.browser.journeys import ALL_PAGES, go, parcel, upload
from tests.browser.server import started

SECONDS, VISITORS = 240, 7
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
    text = go(tab, page).everything
    took = time.monotonic() - began
    account.renders += 1
    account.longest = max(account.longest, took)
    account.stalls += took > STALL_SECONDS
    account.foreign += bool(set(re.findall(rf"{SIGN}\d+x", text)) - {name_of(visitor)})
    account.failures += len(tab.failures)
    account.differing += seen.setdefault(page, text) != text


def visit(url: str, seconds: float, visitor: int) -> Account:
    """One visitor's time on the server."""
    account, seen = Account(), dict[str, str]()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.executable(playwright), args=chromium.ARGUMENTS)
        with chromium.tab(browser, url) as tab:
            upload(tab, *(parcel(name, data) for name, data in _files(visitor)))
            end = time.monotonic() + seconds
            for page in cycle(ALL_PAGES):
                if time.monotonic() > end:
                    break
                _look(tab, page, visitor, seen, account)
        browser.close()
    return account


def megabytes(process: int) -> int:
    """The memory that a process has; 0 where the system does not tell."""
    status = Path(f"/proc/{process}/status")
    found = re.search(r"VmRSS:\s+(\d+)", status.read_text()) if status.exists() else None
    return int(found.group(1)) // 1024 if found else 0


def soak(seconds: float = SECONDS, visitors: int = VISITORS) -> list[Account]:
    """Let the visitors in together; what each of them met with."""
    with started(before=SOON) as (url, process), ProcessPoolExecutor(visitors) as pool:
        print(f"memory before: {megabytes(process)} MB")
        accounts = list(pool.map(partial(visit, url, seconds), range(visitors)))
        print(f"memory with {visitors} visitors: {megabytes(process)} MB")
        time.sleep(AFTER_SECONDS)
        print(f"memory after they left: {megabytes(process)} MB")
    return accounts


def main() -> int:
    """Print the accounts; the exit status is 1 if anybody saw what was not theirs."""
    seconds, visitors = [*map(int, sys.argv[1:]), *(SECONDS, VISITORS)[len(sys.argv) - 1 :]]
    accounts = soak(seconds, visitors)
    for visitor, account in enumerate(accounts):
        print(visitor, account)
    foreign = sum(account.foreign for account in accounts)
    differing, stalls = (sum(getattr(account, what) for account in accounts) for what in ("differing", "stalls"))
    renders = sum(account.renders for account in accounts)
    print(f"{renders} renders, {foreign} foreign, {differing} that differ, {stalls} over {STALL_SECONDS} s")
    return int(foreign > 0)


if __name__ == "__main__":
    sys.exit(main())
