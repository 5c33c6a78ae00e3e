"""What a visitor leaves behind: nothing goes on for them, and soon nothing of theirs is in the server's memory."""

from __future__ import annotations

import random
import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.browser import chromium
from tests.browser.journeys import LINES, go, parcel, upload
from tests.browser.server import started
from vitals.ui.page.contents import entry

RECONNECT = 3
SOON = f"from vitals.ui.page import lifetime; lifetime.RECONNECT_SECONDS = {RECONNECT}"
NAME = re.compile(rb"Zq\d{8}Holdings")
PIECE, LONGEST = 1 << 24, 40
PATIENCE = 60

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux shows the memory of a process")


def writable(process: int) -> Iterator[bytes]:
    """What a process has in memory, piece by piece."""
    regions = [line.split() for line in Path(f"/proc/{process}/maps").read_text().splitlines()]
    with Path(f"/proc/{process}/mem").open("rb", buffering=0) as memory:
        for region in regions:
            start, end = (int(place, 16) for place in region[0].split("-"))
            try:
                for place in range(start, end if "rw" in region[1] else start, PIECE):
                    memory.seek(place)
                    yield memory.read(min(PIECE + LONGEST, end - place))
            except OSError:
                continue


def names_held(process: int) -> set[bytes]:
    return {name for piece in writable(process) for name in NAME.findall(piece)}


def children(process: int) -> list[str]:
    found = []
    for task in Path(f"/proc/{process}/task").iterdir():
        # a thread may end while it is looked at
        with suppress(OSError):
            found += (task / "children").read_text().split()
    return found


def wait_until(holds: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + PATIENCE
    while not (found := holds()) and time.monotonic() < deadline:
        time.sleep(0.5)
    return found


def test_of_three_hundred_names_next_to_none_is_left_in_memory(browser):
    """Nobody comes after the visitor: it is the server's own clock that ends the session.

    What is left lies in the ends of pages of memory that Python has since given to objects of another size, of which
    they are too short for one: no object stands there, and none can be made there to write over it.
    """
    dice = random.Random(5)
    names = [f"Zq{dice.randrange(10**8):08d}Holdings" for _ in range(300)]
    lines = "".join(f"{name},2026-01-15,{place}.00,Managed services\n" for place, name in enumerate(names, 1))
    tickets = "".join(f"T{place},{name},2026-01-20 09:00,3.5\n" for place, name in enumerate(names))
    with started(before=SOON) as (url, process):
        with chromium.tab(browser, url) as visitor:
            upload(
                visitor,
                parcel("invoices.csv", f"client,invoiced_on,amount,item\n{lines}".encode()),
                parcel("tickets.csv", f"ticket_id,client,opened_at,hours\n{tickets}".encode()),
            )
            for page in LINES:
                go(visitor, page)
            assert len(names_held(process)) == len(names)
        assert wait_until(lambda: len(names_held(process)) <= len(names) / 30), len(names_held(process))


MONTHS = range(1, 7)
BILLED = "".join(f"Zanzibar Orchid,2026-0{month}-15,120.00,Managed services\n" for month in MONTHS)
HOURS = "".join(f"T{month},Zanzibar Orchid,2026-0{month}-14 09:15,1.5\n" for month in MONTHS)
KEPT_SOCKETS = """() => {
  const made = window.WebSocket;
  window.sockets = [];
  window.WebSocket = class extends made { constructor(...said) { super(...said); window.sockets.push(this); } };
}"""
GONE = 10


def test_visitor_whose_network_drops_finds_everything_again(browser, server):
    """The line breaks for ten of the sixty seconds: what runs is stopped, and nothing is lost."""
    with chromium.tab(browser, server) as visitor:
        visitor.page.add_init_script(f"({KEPT_SOCKETS})()")
        upload(
            visitor,
            parcel("invoices.csv", f"client,invoiced_on,amount,item\n{BILLED}".encode()),
            parcel("tickets.csv", f"ticket_id,client,opened_at,hours\n{HOURS}".encode()),
        )
        visitor.page.context.set_offline(True)
        visitor.page.evaluate("window.sockets.forEach(socket => socket.close())")
        visitor.page.wait_for_timeout(GONE * 1000)
        lines = visitor.page.evaluate("window.sockets.filter(socket => socket.readyState === WebSocket.OPEN).length")
        assert lines == 0
        visitor.page.context.set_offline(False)
        visitor.page.wait_for_function("() => window.sockets.some(socket => socket.readyState === WebSocket.OPEN)")
        assert "invoices.csv" in go(visitor, "data_health").everything
        assert "Zanzibar Orchid" in go(visitor, "client").everything
        assert visitor.failures == []


SLEEPING = """
import subprocess
from vitals.ingest.process import parent
from vitals.ui.page.contents import entry
popen, WAITS = subprocess.Popen, "import sys; sys.stdin.buffer.read()"
parent.subprocess.Popen = lambda command, **said: popen([command[0], "-c", WAITS], **said)
"""


@pytest.fixture
def reading(browser):
    """A visitor whose file takes for ever to be read, and the server's process."""
    with started(before=SLEEPING) as (url, process), chromium.tab(browser, url) as visitor:
        visitor.open()
        file = parcel("slow.csv", b"client,invoiced_on,amount\nAcme,2026-01-15,10.00\n")
        visitor.part("stFileUploaderDropzoneInput").first.set_input_files([file])
        visitor.button("Cancel").wait_for()
        assert wait_until(lambda: len(children(process)) == 1)
        yield visitor, process


def test_overtaken_readings_end(reading):
    """A file goes on loading on whichever page its visitor is: by one process, and not by that of the page before."""
    visitor, process = reading
    for page in ("overview", "start", "assumptions"):
        before = set(children(process))
        visitor.part("stSidebarNavLink").filter(has_text=entry(page).asks).click()
        assert wait_until(lambda before=before: len(children(process)) == 1 and not before & set(children(process)))


def test_cancelled_readings_end(reading):
    visitor, process = reading
    visitor.button("Cancel").click()
    assert wait_until(lambda: children(process) == [])
    assert "Refused" not in visitor.settle().text
    assert visitor.failures == []


def test_readings_of_visitors_who_left_end(reading):
    visitor, process = reading
    visitor.page.context.close()
    assert wait_until(lambda: children(process) == [])
