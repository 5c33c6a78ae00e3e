"""A workspace that canonical CSV texts are loaded into and named queries are asked of, as a script would."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from textwrap import dedent
from typing import Any

import pytest

from vitals import results, warehouse, workspace
from vitals.exports import tables

Row = dict[str, Any]
CENT, SIXTH = 0.0051, 1e-6


class Desk:
    """Files in, answers out; nothing of the inside is touched but the tables of staging."""

    def __init__(self, con: warehouse.Connection) -> None:
        self.con = con

    def load(self, said: workspace.LoadOptions | None = None, /, **files: str) -> dict[str, Row]:
        """Load CSV texts together, each under the name of its keyword; the reports by that name."""
        uploads = [
            workspace.Upload(f"{name}.csv", dedent(text).strip().encode() + b"\n") for name, text in files.items()
        ]
        reports = workspace.load_files(self.con, uploads, said or workspace.LoadOptions())
        return {item.file.removesuffix(".csv"): item.as_json() for item in reports}

    def rows(self, name: str, **params: Any) -> list[Row]:
        """What `vitals query NAME --param ... --format json` prints."""
        found = results.ask(self.con, name, {key: str(value) for key, value in params.items()})
        return json.loads(tables.write(found, "json"))

    def one(self, name: str, **params: Any) -> Row:
        """The only row of a query."""
        (found,) = self.rows(name, **params)
        return found

    def by(self, key: str, name: str, **params: Any) -> dict[str, Row]:
        """The rows of a query by a column that tells them apart."""
        found = self.rows(name, **params)
        keyed = {row[key]: row for row in found}
        assert len(keyed) == len(found)
        return keyed

    def staging(self, entity: str, *columns: str) -> list[tuple]:
        """Columns of a cleaned table, in the order of the first."""
        return self.con.execute(f"select {', '.join(columns)} from staging.{entity} order by all").fetchall()


@contextmanager
def desk(said: workspace.LoadOptions | None = None, /, **files: str) -> Iterator[Desk]:
    """A workspace in memory with these files, each accepted whole unless the test looks at its report."""
    with warehouse.connect() as con:
        found = Desk(con)
        if files:
            for name, report in found.load(said, **files).items():
                assert report["decision"] == "accept", f"{name}: {report['message']} {report['reasons']}"
        yield found


def months(first: str, last: str | None = None) -> dict[str, str]:
    """The two month parameters, both ends included."""
    return {"month_from": f"{first}-01", "month_to": f"{last or first}-01"}


def money(expected: float | str | None) -> Any:
    """Equal to the cent."""
    return expected if expected is None else pytest.approx(float(Decimal(str(expected))), abs=CENT)


def ratio(expected: float | None) -> Any:
    """Equal to a millionth."""
    return expected if expected is None else pytest.approx(expected, abs=SIXTH)
