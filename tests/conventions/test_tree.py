"""The tree: requirements that tell the truth, no registry's host, no path of one machine."""

from __future__ import annotations

import re
import sys
from importlib.metadata import packages_distributions

import pytest

from tests.conventions.tree import ROOT, all_code, app_code, files, imports, name, tracked

# Written so that this file doesn't hold what it looks for.
REGISTRIES = re.compile(
    r"py[p]i\.org|python[h]osted|np[m]js|artifact[o]ry|/opt/(?:py[p]i|wheels)|(?:index-ur[l]|find-link[s])\b"
)
MACHINES = re.compile(r"(?<![\w.])/(?:wor[k]|roo[t]|hom[e]|User[s])/\w|[A-Z]:\\User[s]")
LOCAL = {"vitals", "tests", "docs", "benchmarks", "sample_data"}
REQUIREMENT = re.compile(r"([A-Za-z][\w.-]*)(>=[\d.]+)?")


def _requirements(file: str) -> dict[str, str]:
    """Name -> lower bound of each direct requirement in a file; options such as -c are left out."""
    lines = (line.strip() for line in (ROOT / file).read_text().splitlines())
    found = (REQUIREMENT.fullmatch(line) for line in lines if line and not line.startswith(("-", "#")))
    return {match.group(1).lower(): match.group(2) or "" for match in found if match}


def _distributions(paths) -> set[str]:
    """The distributions that files import from, the standard library and ourselves apart."""
    modules = {module.split(".")[0] for path in paths for module in imports(path)}
    known = packages_distributions()
    outside = modules - set(sys.stdlib_module_names) - LOCAL
    return {known.get(module, [module])[0].lower() for module in outside}


def _texts():
    for path in tracked():
        if path.suffix not in {".png", ".xlsx", ".ttf", ".woff2", ".zip", ".gz", ".parquet"}:
            yield path, path.read_bytes().decode("utf-8", errors="replace")


EXTRAS = ("requirements-mcp.txt", "requirements-sail.txt")
"""What an optional part of the application needs beside what all of it does: tests install all of them."""
UNSEEN = {"defusedxml", "pysail"}
"""Not imported by us: openpyxl reads XML through the one and then refuses entity bombs, the other is a program."""


def test_requirements_are_exactly_what_the_application_imports():
    named = [set(_requirements(file)) for file in ("requirements.txt", *EXTRAS)]
    assert _distributions(app_code()) | UNSEEN == set().union(*named)
    assert sum(map(len, named)) == len(set().union(*named)), "an extra names what all of it needs"


def test_tests_import_nothing_that_is_not_required():
    files = ("requirements.txt", "requirements-dev.txt", *EXTRAS)
    required = {name for file in files for name in _requirements(file)}
    assert _distributions(all_code()) <= required


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt", *EXTRAS])
def test_requirements_have_lower_bounds_and_one_lock(file):
    lines = (ROOT / file).read_text().splitlines()
    locked = {line.split("==")[0].lower() for line in (ROOT / "constraints.txt").read_text().splitlines()}
    assert lines[0] == "-c constraints.txt"
    assert all(_requirements(file).values()), "a requirement without >="
    assert set(_requirements(file)) <= locked


def test_lock_pins_versions_without_hashes():
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    assert [line for line in lines if not re.fullmatch(r"[\w.-]+==[\w.!+-]+", line)] == []


def test_no_file_names_a_registry():
    assert [name(path) for path, text in _texts() if REGISTRIES.search(text)] == []


def test_no_file_names_a_path_of_one_machine():
    found = {name(path): match.group() for path, text in _texts() if (match := MACHINES.search(text))}
    assert found == {}


def test_pages_and_queries_were_found():
    assert files("pages", suffix=".py")
    assert files("queries", suffix=".sql")
