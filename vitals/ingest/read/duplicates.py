"""Rows of one file that say the same, or that contradict each other about one key."""

from __future__ import annotations

from dataclasses import dataclass, field

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitals.contract import Entity
from vitals.ingest.read.keys import alike_sql, key_sql
from vitals.ingest.read.scratch import PART, PLACE, aligned, part_of

EXACT, CONFLICTING, IDENTICAL = "exact_duplicate", "conflicting_duplicate", "identical_lines_kept"
HASH, IS_KEYED = "row_hash", "is_keyed"


def hashed(con: duckdb.DuckDBPyConnection, entity: Entity, rows: pa.Table) -> pa.Table:
    """For each row the hash of its key, or of its content where it has none, beside its number."""
    own = f"select *, {key_sql(entity)} as row_key from {PART}"
    asked = f"if(row_key is null, {alike_sql(entity)}, hash(row_key)) as {HASH}, row_key is not null as {IS_KEYED}"
    return aligned(con, rows, f"select {asked}, {PLACE} from ({own})").append_column("row_number", rows["row_number"])


def repeated(con: duckdb.DuckDBPyConnection, entity: Entity, rows: pa.Table) -> dict[int, str]:
    """Row -> why it is left out: a repeat of a keyed row, or one of several versions of a key."""
    own = f"select row_number, {key_sql(entity)} as row_key, {alike_sql(entity)} as content from {PART}"
    with part_of(con, rows):
        return dict(
            con.execute(f"""
                select row_number, if(min(content) over one_key = max(content) over one_key, '{EXACT}', '{CONFLICTING}')
                from ({own}) window one_key as (partition by row_key)
                qualify min(content) over one_key <> max(content) over one_key
                    or row_number > min(row_number) over one_key""").fetchall()
        )


def _again(parts: list[pa.Table]) -> np.ndarray:
    """The numbers of the rows whose hash occurs more than once, in their order."""
    values = np.concatenate([part[HASH].to_numpy() for part in parts] or [np.array([], dtype=np.uint64)])
    values.sort()
    twice = pa.array(np.unique(values[1:][values[1:] == values[:-1]]), pa.uint64())
    if not len(twice):
        return np.array([], dtype=np.int64)
    return np.sort(
        np.concatenate([part.filter(pc.is_in(part[HASH], twice))["row_number"].to_numpy() for part in parts])
    )


@dataclass
class Seen:
    """The rows of a table as far as they went by: numbers, and hashes of their keys or of what they say."""

    keyed: list[pa.Table] = field(default_factory=list)
    keyless: list[pa.Table] = field(default_factory=list)

    def take(self, hashes: pa.Table) -> None:
        """Take up the rows of one part."""
        is_keyed = hashes[IS_KEYED]
        kept = hashes.drop_columns([IS_KEYED])
        self.keyed.append(kept.filter(is_keyed))
        self.keyless.append(kept.filter(pc.invert(is_keyed)))

    def suspects(self) -> np.ndarray:
        """The numbers of the rows whose key occurs more than once: what else they say is to be compared."""
        return _again(self.keyed)

    def identical(self) -> pa.Table:
        """Flags of rows without a key that are alike in everything: kept, since two such entries may both be true."""
        alike = _again(self.keyless)
        texts = {"flag": IDENTICAL, "detail": ""}
        return pa.table({"row_number": alike, **{name: pa.repeat(text, len(alike)) for name, text in texts.items()}})
