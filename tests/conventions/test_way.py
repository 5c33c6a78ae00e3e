"""The way from an upload's bytes to a number: CONTRIBUTING draws it, and the modules that stand on it are counted."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from pathlib import Path

from tests.conventions.tree import ROOT, imports, name

MOST = 99
"""Modules on the way: lower it when there are fewer, never raise it without need. What a page asks may be a kept
workspace that others read, too, or a published one that an engine answers."""
LOADING = ("vitals/workspace/load.py", "vitals/ingest/process/__main__.py")
"""What takes the bytes, and the process that it starts to read them."""
PAGE, ASKED = "pages/client_margin.py", "vitals/warehouse.py"
STATION = re.compile(r"`((?:vitals|pages)/[\w/]+\.py)`")


def lines() -> list[str]:
    """The ten lines of CONTRIBUTING that draw the way."""
    section = (ROOT / "CONTRIBUTING.md").read_text().partition("## The way from")[2].partition("\n## ")[0]
    return re.findall(r"^\d+\. (.*)", section, re.MULTILINE)


def file_of(module: str) -> Path | None:
    """The file of one of our modules."""
    place = ROOT.joinpath(*module.split("."))
    return next((path for path in (place / "__init__.py", place.with_suffix(".py")) if path.is_file()), None)


@cache
def rests_on(file: str) -> frozenset[str]:
    """The files of ours that a file imports, directly or through others, itself included."""
    found, waiting = {ROOT / file}, [ROOT / file]
    while waiting:
        read = {path for module in imports(waiting.pop()) if module.startswith("vitals") and (path := file_of(module))}
        waiting += read - found
        found |= read
    return frozenset(map(name, found))


def on_the_way() -> set[str]:
    """What loading rests on; what stands between the page and the database; and what that rests on."""
    between = {file for file in rests_on(PAGE) - {PAGE} if ASKED in rests_on(file)}
    found = between.union(rests_on(ASKED), *map(rests_on, LOADING))
    return {file for file in found if not file.endswith("__init__.py")}


def test_the_way_is_drawn_in_ten_lines_of_which_each_names_a_module():
    assert len(lines()) == 10
    assert [line for line in lines() if not STATION.findall(line)] == []


def test_every_station_exists_and_stands_on_the_way():
    stations = {station for line in lines() for station in STATION.findall(line)}
    assert stations - on_the_way() - {PAGE} - rests_on("vitals/ui/start/upload.py") == set()


def test_way_is_in_the_order_of_the_imports():
    """A station in bold leads to the next, so imports it; one that is not knows nothing of what comes after it."""
    first = [(STATION.findall(line)[0], line.startswith("**")) for line in lines()]
    for (station, is_leading), (following, _) in pairwise(first):
        assert (following in rests_on(station)) == is_leading, f"{station} and {following}"


def test_few_modules_stand_on_the_way():
    assert len(on_the_way()) <= MOST, "\n".join(sorted(on_the_way()))
