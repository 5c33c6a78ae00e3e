"""The commands that hand a workspace on: its tables to another engine, its queries to programs."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from vitals import formats, results, warehouse
from vitals.errors import VitalsError, needing
from vitals.exports import tables

ACCEPTED = 0
Arguments = argparse.Namespace


def existing(path: Path) -> Path:
    """The path of a workspace; VitalsError instead of an empty new one where a name is mistyped."""
    if not path.is_file():
        raise VitalsError(f"There is no workspace {path}.", "Load files into it first.")
    return path


def is_asked_elsewhere(args: Arguments) -> bool:
    """Whether a query goes to a cluster. Raises VitalsError where no one place is named."""
    if bool(args.engine) == bool(args.workspace) or bool(args.engine) != bool(args.published):
        raise VitalsError("One place to ask is needed.", "Give --workspace, or --engine and --published.")
    return bool(args.engine)


def ask(args: Arguments, given: dict[str, str]) -> list[dict[str, Any]]:
    """The rows of a query that a cluster is asked."""
    from vitals.exports import publication

    with needing("requirements-sail.txt"):
        from vitals.sail import engine
    with engine.connected(args.engine, publication.read(args.published)) as asked:
        return results.ask_engine(asked, args.name, given)


def _publish(args: Arguments) -> int:
    from vitals.exports import publication

    with closing(warehouse.read(existing(args.workspace))) as con:
        made = publication.publish(con, args.to, progress=lambda name: print(name, file=sys.stderr))
    rows = formats.plural(sum(table.rows for table in made.tables), "row")
    print(f"{formats.plural(len(made.tables), 'table')} of {rows} now stand in {args.to}.")
    return ACCEPTED


def _mcp(args: Arguments) -> int:
    with needing("requirements-mcp.txt"):
        from vitals import mcp_server
    mcp_server.serve(existing(args.workspace))
    return ACCEPTED


def _engine(args: Arguments) -> int:
    from vitals.sail import server

    return server.serve(args.port, args.workers)


def add_query_arguments(parser: argparse.ArgumentParser) -> None:
    """What `query` takes: a name, and whom to ask."""
    parser.add_argument("name", metavar="NAME")
    parser.add_argument("--workspace", type=Path, metavar="W.duckdb", help="the workspace's file")
    parser.add_argument("--engine", metavar="sail://HOST:PORT", help="a cluster, which reads --published instead")
    parser.add_argument("--published", metavar="FOLDER", help="where `publish` wrote the tables")
    parser.add_argument("--param", action="append", default=[], metavar="NAME=VALUE")
    parser.add_argument("--format", choices=tables.FORMATS, default="table")


def add_commands(command: Callable[..., argparse.ArgumentParser]) -> None:
    """Add these commands to the others."""
    text = "Start a Sail cluster on this machine, for `query --engine`."
    started = command("engine", _engine, text, workspace_needed=False)
    started.add_argument("--port", type=int, default=32010)
    started.add_argument("--workers", type=int, default=3, help="processes of the cluster, on this machine")
    given = command("publish", _publish, "Write the cleaned tables as Parquet, for another engine.")
    given.add_argument("--to", required=True, metavar="FOLDER", help="a new folder, or s3://bucket/folder")
    command("mcp", _mcp, "Let a program ask the named queries, read-only, over standard input and output.")
