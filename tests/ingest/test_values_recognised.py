"""How a date, a number, a duration, a yes and an empty cell look: one recogniser each, which all of the import asks."""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest

import vitals.ingest
from vitals.ingest.read.dates import looks_like_date
from vitals.ingest.read.durations import looks_like_clock
from vitals.ingest.read.numbers import looks_like_number
from vitals.ingest.read.texts import is_empty, looks_like_yes_no

LOOKS = {
    looks_like_date: (
        ("2026-03-14", "14.3.2026", "3/14/26 09:15", "2026-05-04T09:00:00-07:00", "14 March 2026", "31/31/2026",
         "Saturday, Apr 05, 2025 09:12:44 AM GMT-5", "2026 Mar 14", "Fri Mar 14 09:15:00 2025"),
        ("", "1:30", "1234.56", "INV-20130", "Mar 2026", "March", "45000", "10.0.0.1.7"),
    ),
    looks_like_number: (
        ("1", "-1,234.50", "(12)", "77.77 CR", "$(10,000.00)", "CAD 400.00", "1.234,5", "25 %", "€ 5", "1e3"),
        ("", "INV-20130", "#1001", "1:30", "2026-03-14", "12 users", "abc", "-", "Mar 2025"),
    ),
    looks_like_clock: (("1:30", "-0:15", "26:15:00", "1900-01-01 02:30"), ("", "1.30", "9:00 AM", "2026-03-14 09:00")),
    looks_like_yes_no: (("yes", "No", "TRUE", "ja", "x"), ("", "1", "0", "maybe", "Acme")),
    is_empty: ((None, "", " ", "-", "N/A", "null", "No Summary"), ("0", "nothing", "#N/A")),
}  # fmt: skip
CASES = [(look, text, holds) for look, sides in LOOKS.items() for texts, holds in zip(sides, (True, False), strict=True)
         for text in texts]  # fmt: skip


@pytest.mark.parametrize(("look", "text", "holds"), CASES)
def test_each_recogniser_knows_its_own(look, text, holds):
    assert look(text) is holds


WRITTEN = ("2026-03-14", "14/03/2026", "14 Mar 2026", "1,234.50", "1:30")


def test_nothing_but_the_readers_of_values_knows_how_they_are_written():
    """A pattern for a date, a number or a clock beside theirs would agree with them until one of the two is changed."""
    modules = [found.name for found in pkgutil.walk_packages(vitals.ingest.__path__, "vitals.ingest.")]
    others = [name for name in modules if ".read." not in name and "__main__" not in name]
    patterns = {
        f"{name}.{word}": value
        for name in others
        for word, value in vars(importlib.import_module(name)).items()
        if isinstance(value, re.Pattern) and isinstance(value.pattern, str)
    }
    assert {word for word, pattern in patterns.items() if any(map(pattern.fullmatch, WRITTEN))} == set()
