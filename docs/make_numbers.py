"""Writes docs/numbers.md, the table of numbers, from queries/catalog.toml: python -m docs.make_numbers."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from vitals.catalogue import Benchmark, Number, numbers
from vitals.queries import all_queries

PAGE = Path(__file__).parent / "numbers.md"
TITLE = """# Every number: how it is made, and what it is compared with

Written by `make readme` from [the catalogue](../queries/catalog.toml). Where definitions are disputed,
[decisions.md](decisions.md) says what others do and why we differ.

"""
HEAD = "| number | how it is made | compared with |\n|---|---|---|\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _compared(benchmark: Benchmark | None) -> str:
    if benchmark is None:
        return ""
    return f"{benchmark.text} ({benchmark.basis}; {benchmark.source})"


def _line(item: Number) -> str:
    return f"| {_cell(item.label)} | {_cell(item.formula)} | {_cell(_compared(item.benchmark))} |\n"


def _section(query: str, found: list[Number]) -> str:
    """One query's numbers, under a link to its SQL."""
    purpose = all_queries()[query].purpose
    path = f"../queries/{query.replace('.', '/')}.sql"
    return f"**[{query}]({path})** {purpose}\n\n{HEAD}{''.join(map(_line, found))}\n"


def table() -> str:
    """Every number of the catalogue, grouped by the query that answers it."""
    ordered = sorted(numbers().values(), key=lambda item: item.query)
    return "".join(_section(query, list(found)) for query, found in groupby(ordered, key=lambda item: item.query))


def page() -> str:
    """The page of numbers as the catalogue has it now."""
    return TITLE + table().rstrip("\n") + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
