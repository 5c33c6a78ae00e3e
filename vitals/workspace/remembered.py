"""What the workspace remembers for its next file: mappings that the user had a hand in, and the currency of amounts."""

from __future__ import annotations

import json
from typing import Any

import duckdb

from vitals import statements
from vitals.ingest.model import Options, TypedTable
from vitals.ingest.read.numbers import SHARED
from vitals.ingest.recognise.mapping import fingerprint, to_dict
from vitals.ingest.shapes.documents import QUESTION as WORD

Connection = duckdb.DuckDBPyConnection
DECIDED = ("which_column_is_", "confirm_mapping")
"""Answers that say which column is what."""


def mapping_of(table: TypedTable) -> dict[str, Any]:
    """A table's mapping as a file that can be given again, with the header that it belongs to."""
    return {"fingerprint": fingerprint(table.source), **to_dict(table.source, table.match)}


def mappings_of(con: Connection) -> dict[str, dict[str, Any]]:
    """Fingerprint of a header -> the mapping that holds for it."""
    return {name: json.loads(text) for name, text in statements.run(con, "mappings").fetchall()}


def keep_mapping(con: Connection, table: TypedTable, said: Options) -> None:
    """Keep the mapping of a table if the user had a hand in it."""
    if said.mapping or any(name.startswith(DECIDED) for name in said.answers):
        found = mapping_of(table)
        text = json.dumps(found, ensure_ascii=False)
        statements.run(con, "keep_mapping", table.entity, fingerprint=found["fingerprint"], mapping=text)


def words_of(con: Connection) -> dict[str, str]:
    """What the user said of words for a status or a kind of document, the latest answer to each."""
    answers = [json.loads(text) for (text,) in statements.run(con, "answers").fetchall()]
    return {name: said for found in answers for name, said in found.items() if name.startswith(WORD)}


def currency(con: Connection) -> str:
    """The currency of the workspace's amounts, a code before a mark that several share; nothing if none is known."""
    codes = [code for (code,) in statements.run(con, "currencies").fetchall()]
    return min(codes, key=lambda code: (code in SHARED, code), default="")


def keep_currency(con: Connection, load_id: int, code: str) -> None:
    """Remember in which currency a load's amounts are, if anything says which."""
    if code:
        statements.run(con, "keep_currency", load=load_id, currency=code)
