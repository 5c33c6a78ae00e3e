"""Published workspaces that pages read on an engine: which there are, and one that is open."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import duckdb

from vitals import warehouse
from vitals.database import shut
from vitals.errors import VitalsError, needing
from vitals.exports import publication
from vitals.queries import query

if TYPE_CHECKING:
    import pandas as pd

    # an optional part, in a requirements file of its own
    from vitals.sail.engine import Sail

ENGINE, PLACE = "VITALS_ENGINE", "VITALS_PUBLISHED"
"""The variables of the environment that name the engine, and where `publish` put the workspaces; without them none."""
MEMORY_OF_AN_ANSWER = "1GB"


@dataclass(frozen=True)
class Source:
    """The engine that answers, and where the publications lie."""

    engine: str
    place: str

    def names(self) -> list[str]:
        """What is published there."""
        return publication.listed(self.place)

    def open(self, name: str) -> Published:
        """A published workspace, to be asked. Raises VitalsError if there is none, or no engine answers."""
        if name not in self.names():
            said = f"There is no published workspace {name} any more."
            raise VitalsError(said, "Choose one of those that are listed.")
        with needing("requirements-sail.txt"):
            from vitals.sail import engine
        found = publication.read(f"{self.place.rstrip('/')}/{name}")
        return Published(name, self.engine, engine.connect(self.engine, found))


def source() -> Source | None:
    """The engine and the publications that the server was told of; none where it was told of neither."""
    said = {name: os.environ.get(name, "").strip() for name in (ENGINE, PLACE)}
    if not any(said.values()):
        return None
    lacks = next((name for name, value in said.items() if not value), None)
    if lacks:
        raise VitalsError(f"{lacks} is not set.", f"{ENGINE} and {PLACE} go together.")
    return Source(said[ENGINE], said[PLACE])


@dataclass(frozen=True, eq=False)
class Published:
    """One published workspace that a session has open; nothing about it can be changed."""

    name: str
    address: str
    sail: Sail

    def frame(self, name: str, params: Mapping[str, Any]) -> pd.DataFrame:
        """The rows of a named query as the workspace's own file would give them. Raises VitalsError as Sail.run."""
        with self._answered(name, params) as found:
            return found.df()

    def rows(self, name: str, params: Mapping[str, Any]) -> list[dict[str, Any]]:
        """The same as dictionaries, money exact."""
        with self._answered(name, params) as found:
            return warehouse.records(found)

    @contextmanager
    def _answered(self, name: str, params: Mapping[str, Any]) -> Iterator[warehouse.Connection]:
        """The rows that came back, in the types of the query's header: engines differ in how wide a number is."""
        came = self.sail.run(name, params)
        known = {column.name: column.sql_type for column in query(name).columns}
        cast = ", ".join(f'"{column}"::{known[column]} as "{column}"' for column in came.column_names)
        with closing(duckdb.connect(":memory:")) as con, warehouse.arriving(con, came):
            shut(con, MEMORY_OF_AN_ANSWER)
            yield con.execute(f"select {cast} from {warehouse.ARRIVING}")

    def needs_the_workspace(self) -> VitalsError:
        """What is said of all that isn't a named query."""
        said = f"{self.name} is read as it was published, and this needs the workspace itself."
        return VitalsError(said, "Open the workspace on the page of workspaces, or ask whoever published it.")

    def interrupt(self) -> None:
        """Stop what is asked."""
        self.sail.interrupt()

    def close(self) -> None:
        """Let go of the engine."""
        self.sail.close()
