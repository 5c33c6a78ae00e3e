"""The command line: what each command takes, and what its exit status says."""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from vitals import formats, handover, health, queries, results, targets, warehouse
from vitals.errors import VitalsError
from vitals.exports import output, tables
from vitals.exports import targets as target_book
from vitals.exports.book import book, mask

ACCEPTED, SOMETHING_LEFT, REFUSED, NOBODY_READS = 0, 1, 2, 141
STATUS = {"accept": ACCEPTED, "partial": SOMETHING_LEFT, "ask": SOMETHING_LEFT, "refuse": REFUSED}
REPORT_IT = "Nothing was changed. Set VITALS_DEBUG=1 and run it again to see where."
Arguments = argparse.Namespace
if TYPE_CHECKING:
    # a command that makes no pack, or reads no file, need not wait for what does
    from vitals.exports.pack.facts import Quarter
    from vitals.workspace import Report


def _pairs(given: Sequence[str], what: str) -> dict[str, str]:
    """NAME=VALUE arguments as a dictionary; VitalsError for one without '='."""
    wrong = next((item for item in given if "=" not in item), None)
    if wrong is not None:
        raise VitalsError(f"{wrong!r} is no {what}.", "Write NAME=VALUE.")
    return {name: value for name, _, value in (item.partition("=") for item in given)}


def as_lines(reports: Sequence[Report]) -> list[str]:
    """A line for each table, or for a file that has none, and below the last of a file what it warns of."""
    lines = []
    for _, found in groupby(reports, key=lambda item: item.file):
        own = list(found)
        warnings = dict.fromkeys(warning for item in own for warning in item.warnings)
        lines += [*map(_line, own), *(f"    {warning}" for warning in warnings)]
    return [printable(line) for line in lines]


def printable(text: str) -> str:
    """Text for a terminal: what would steer the terminal is shown as a blank."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _line(item: Report) -> str:
    place = f"{item.file}, {item.table}" if item.table else item.file
    if item.decision in ("refuse", "ask"):
        asked = "; ".join(f"--answer {item.file}:{one.name}={'|'.join(one.choices)}" for one in item.questions)
        return f"{place}: {item.decision}. {item.message}{_unread(item)} {asked}".rstrip()
    left = f"{item.rows_quarantined} quarantined, {item.rows_set_aside} set aside, {item.rows_flagged} flagged"
    return f"{place}: load {item.load_id}, {item.decision}. {item.message}{_unread(item)} ({left})"


def _unread(item: Report) -> str:
    """The columns of the file that nothing is read from."""
    captions = [f'"{caption}"' for caption in item.columns.unread] if item.columns else []
    return f" Not read: {', '.join(captions)}." if captions else ""


@contextmanager
def _opened(path: Path, *, is_built: bool = True) -> Iterator[warehouse.Connection]:
    """A workspace to change; where a new one can't be made, as on a full disk, no empty file of it stays."""
    is_new = not path.exists()
    try:
        con = warehouse.connect(path, is_built=is_built)
    except BaseException:
        if is_new:
            path.unlink(missing_ok=True)
        raise
    with closing(con):
        yield con


def _load(args: Arguments) -> int:
    from vitals.ingest.process.parent import ReaderProcess

    with closing(ReaderProcess()) as reading:
        # what stores the rows is loaded while the process that reads them starts
        reading.start()
        from vitals import workspace

        options = workspace.LoadOptions(
            entity=args.entity, mapping=args.mapping, classes=args.classes, client=args.client,
            answers=_pairs(args.answer, "answer"),
        )  # fmt: skip
        with _opened(args.workspace, is_built=False) as con:
            reports = workspace.load_files(con, args.files, options, reading=reading)
    if args.format == "json":
        print(json.dumps([item.as_json() for item in reports], indent=1, ensure_ascii=False))
    else:
        _print_lines([item for item in reports if item.decision != "refuse"], sys.stdout)
    _print_lines([item for item in reports if item.decision == "refuse"], sys.stderr)
    return max((STATUS[item.decision] for item in reports), default=ACCEPTED)


def _print_lines(reports: Sequence[Report], stream: TextIO) -> None:
    for line in as_lines(reports):
        print(line, file=stream)


def _undo(args: Arguments) -> int:
    from vitals import workspace

    with closing(warehouse.connect(handover.existing(args.workspace))) as con:
        print(workspace.undo(con, results.read_param("LOAD", "INTEGER", args.load)))
    return ACCEPTED


def _query(args: Arguments) -> int:
    given = _pairs(args.param, "parameter")
    if handover.is_asked_elsewhere(args):
        rows = handover.ask(args, given)
    else:
        with closing(warehouse.read(handover.existing(args.workspace))) as con:
            rows = results.ask(con, args.name, given)
    print(tables.write(rows, args.format))
    return ACCEPTED


def _check(args: Arguments) -> int:
    with closing(warehouse.read(handover.existing(args.workspace))) as con:
        found = health.examine(con)
    print("\n".join(health.lines(found)))
    return ACCEPTED if found.is_balanced else SOMETHING_LEFT


def _databook(args: Arguments) -> int:
    out = output.check(args.out)
    read = {name: results.read_param(name, "DATE", getattr(args, name)) for name in ("month_from", "month_to")}
    masks = mask.KINDS if args.mask else (mask.TECHNICIAN,)
    with closing(warehouse.read(handover.existing(args.workspace))) as con, formats.written_in(warehouse.currency(con)):
        made = book.make(con, **read, masks=masks, progress=lambda said: print(said, file=sys.stderr))
    files = {out: made.book, **({out.with_suffix(".key.csv"): made.key} if args.mask else {})}
    for path, content in files.items():
        output.write(path, content)
        print(path)
    return ACCEPTED


def _queries(args: Arguments) -> int:
    found = [
        {"name": item.name, "purpose": item.purpose, "params": ", ".join(f"{k} {v}" for k, v in item.params.items())}
        for item in queries.all_queries().values()
    ]
    print(tables.write(found, args.format))
    return ACCEPTED


def _set(args: Arguments) -> int:
    with _opened(args.workspace) as con:
        warehouse.set_assumption(con, args.name, args.value)
    print(f"{args.name} is {args.value}.")
    return ACCEPTED


def _named(paths: Sequence[Path]) -> dict[str, Path]:
    """The targets by the names of their files, by their whole paths where two files have one name."""
    stems = Counter(path.stem for path in paths)
    return {path.stem if stems[path.stem] == 1 else str(path): handover.existing(path) for path in paths}


def _compare(args: Arguments) -> int:
    if args.out:
        output.check(args.out)
    with ExitStack() as opened:
        targets_by_name = {}
        for name, path in _named(args.targets).items():
            print(printable(f"Opening {name}"), file=sys.stderr)
            targets_by_name[name] = opened.enter_context(closing(warehouse.read(path)))
        found = targets.compare(targets_by_name)
    if args.out:
        output.write(args.out, target_book.book(found))
    print("\n".join(map(printable, targets.apart(found))), file=sys.stderr)
    print(tables.write(targets.rows(found), args.format))
    return ACCEPTED


def _deck(args: Arguments) -> int:
    from vitals.exports.pack import files

    with closing(warehouse.read(handover.existing(args.workspace))) as con:
        quarter = files.quarter(con, args.quarter)
        if args.all_due:
            return _decks(con, quarter, args.out, args.speaker_notes)
        out = output.check(args.out)
        said = files.hand_out_one(con, args.client, quarter, out, has_notes=args.speaker_notes)
    print(printable(said))
    return ACCEPTED


def _decks(con: warehouse.Connection, quarter: Quarter, folder: Path, has_notes: bool) -> int:
    """Both files for every client that is due a review at the quarter's end, each told as it is begun."""
    from vitals.exports.pack import files

    for place, (client, due) in enumerate(files.hand_out_due(con, quarter, folder, has_notes=has_notes), 1):
        print(printable(f"{place} of {due}: {client.name}"), flush=True)
    print(f"The packs of all clients due a review at the end of {quarter.name} are in {folder}.")
    return ACCEPTED


def _deck_arguments(parser: argparse.ArgumentParser) -> None:
    whose = parser.add_mutually_exclusive_group(required=True)
    whose.add_argument("--client", metavar="NAME", help="the client that the pack is for")
    whose.add_argument("--all-due", action="store_true", help="every client that is due a review")
    what = "DECK.pptx, DECK.pdf, or CHARTS.zip for its charts as SVG and PNG; with --all-due a folder"
    parser.add_argument("--out", type=Path, required=True, metavar="DECK.pptx", help=what)
    parser.add_argument("--quarter", metavar="2026-Q3", help="else the last whole quarter of the data")
    coach = "leave out the PPTX's speaker notes: they coach whoever presents it, and are in the file that a client gets"
    parser.add_argument("--no-speaker-notes", dest="speaker_notes", action="store_false", help=coach)


def _command(commands: argparse._SubParsersAction, name: str, run: object, text: str, workspace_needed: bool = True):  # type: ignore[no-untyped-def]
    parser = commands.add_parser(name, help=text, description=text)
    parser.set_defaults(run=run)
    if workspace_needed:
        parser.add_argument("--workspace", type=Path, required=True, metavar="W.duckdb", help="the workspace's file")
    return parser


def _load_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--entity", help="what the files hold, such as tickets; else it is found by their headers")
    parser.add_argument("--mapping", type=Path, metavar="FILE.json", help="contract column to the file's caption")
    parser.add_argument("--classes", type=Path, metavar="FILE.csv", help="item, revenue_class, service_months")
    parser.add_argument("--client", help="the client of rows that name none")
    said = "[FILE:]QUESTION=ANSWER, such as day_or_month_first=dmy or currency=rates:EUR:1,USD:0.92"
    parser.add_argument("--answer", action="append", default=[], metavar="Q=A", help=said)
    parser.add_argument("--format", choices=("text", "json"), default="text")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m vitals", description="MSP Vitals without a browser.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _load_arguments(_command(commands, "load", _load, "Read, match and load files."))
    undo = _command(commands, "undo", _undo, "Take a load back.")
    undo.add_argument("load", metavar="LOAD", help="the load's number")
    query = _command(commands, "query", _query, "Ask a named query.", workspace_needed=False)
    handover.add_query_arguments(query)
    listed = _command(commands, "queries", _queries, "Every query: name, purpose, parameters.", workspace_needed=False)
    listed.add_argument("--format", choices=tables.FORMATS, default="table")
    _command(commands, "check", _check, "The data-health report: both sides of every balance.")
    compared = _command(commands, "compare", _compare, "Up to ten workspaces side by side.", workspace_needed=False)
    compared.add_argument("targets", nargs="+", type=Path, metavar="W.duckdb", help="the file of each workspace")
    compared.add_argument("--out", type=Path, metavar="BOOK.xlsx", help="write the comparison as a workbook, too")
    compared.add_argument("--format", choices=tables.FORMATS, default="table")
    told = _command(commands, "databook", _databook, "Write the data book: a workbook that can be reckoned again.")
    told.add_argument("--out", type=Path, required=True, metavar="BOOK.xlsx")
    for name in ("--month-from", "--month-to"):
        told.add_argument(name, default="", metavar="YYYY-MM", help="else the last 12 covered months")
    hides = "hide clients' names too; the key goes to BOOK.key.csv (technicians' names are always hidden)"
    told.add_argument("--mask", action="store_true", help=hides)
    handover.add_commands(partial(_command, commands))
    assume = _command(commands, "set", _set, "Keep a value for an assumption.")
    assume.add_argument("name", metavar="NAME")
    assume.add_argument("value", metavar="VALUE")
    deck = "The pack of a client's quarterly review: safe to show the client, as PPTX or PDF."
    _deck_arguments(_command(commands, "deck", _deck, deck))
    return parser


@contextmanager
def _private() -> Iterator[None]:
    """New files are their owner's alone: the workspace, its log and what it spills hold clients' names and money."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit status is 0 for all accepted, 1 for something left, 2 for refused or wrong usage.

    It is 141 where nobody reads any more what is printed, as of any command whose output goes to `head`.
    """
    args = _parser().parse_args(argv)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # a console that lacks a letter shows its code instead of failing
            stream.reconfigure(errors="backslashreplace")
    try:
        with _private():
            status = int(args.run(args))
            sys.stdout.flush()
            return status
    except BrokenPipeError:
        # what is left to print goes nowhere, also as the interpreter ends
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return NOBODY_READS
    except VitalsError as error:
        print(str(error), file=sys.stderr)
    except Exception as error:
        known = warehouse.reason(args.workspace, error) if getattr(args, "workspace", None) else None
        if known:
            print(f"{known} Nothing was changed.", file=sys.stderr)
            return REFUSED
        if os.environ.get("VITALS_DEBUG"):
            raise
        print(f"Something went wrong inside MSP Vitals ({type(error).__name__}). {REPORT_IT}", file=sys.stderr)
    return REFUSED
