"""Rows of one file that say the same, or that contradict each other about one key."""

from __future__ import annotations

from dataclasses import dataclass, field

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitals.contract import Entity
from vitals.ingest.typed.keys import hash_sql, key_sql
from vitals.ingest.typed.scratch import PART, PLACE, aligned

EXACT, CONFLICTING, IDENTICAL = "exact_duplicate", "conflicting_duplicate", "identical_lines_kept"
ROW_KEY, ROW_HASH = "row_key", "row_hash"


def with_keys(con: duckdb.DuckDBPyConnection, entity: Entity, rows: pa.Table) -> tuple[pa.Table, pa.Table]:
    """The rows with their key and the hash of their content; and for each the key's hash, null where it has none."""
    own = f"select {key_sql(entity)} as {ROW_KEY}, {hash_sql(entity)} as {ROW_HASH}, {PLACE} from {PART}"
    found = aligned(con, rows, f"select *, if({ROW_KEY} is null, null, hash({ROW_KEY})) as key_hash from ({own})")
    keyed = rows.add_column(1, ROW_KEY, found[ROW_KEY]).add_column(2, ROW_HASH, found[ROW_HASH])
    return keyed, found.select(["key_hash", ROW_HASH]).append_column("row_number", rows["row_number"])


def _starts(values: np.ndarray) -> np.ndarray:
    """For each place of sorted values, where the run of equal values around it starts."""
    is_new = np.concatenate(([True], values[1:] != values[:-1])) if len(values) else np.array([], dtype=bool)
    return np.maximum.accumulate(np.where(is_new, np.arange(len(values)), 0))


@dataclass
class Seen:
    """The rows of a table as far as they went by: numbers, hashes of keys and of contents."""

    parts: list[pa.Table] = field(default_factory=list)

    def _again(self, is_keyed: bool, by: str) -> tuple[np.ndarray, ...]:
        """Hashes, contents and row numbers, sorted, of the rows with or without a key whose hash occurs again."""
        hashes = [
            part.filter(pc.is_valid(part["key_hash"]) if is_keyed else pc.is_null(part["key_hash"]))
            for part in self.parts
        ]
        values = np.sort(np.concatenate([part[by].to_numpy() for part in hashes] or [np.array([], dtype=np.uint64)]))
        twice = pa.array(np.unique(values[1:][values[1:] == values[:-1]]), pa.uint64())
        chosen = [part.filter(pc.is_in(part[by], twice)) for part in hashes if len(twice)]
        if not chosen:
            return np.array([]), np.array([]), np.array([], dtype=np.int64)
        rows = pa.concat_tables(chosen).sort_by([(by, "ascending"), ("row_number", "ascending")])
        return rows[by].to_numpy(), rows[ROW_HASH].to_numpy(), rows["row_number"].to_numpy()

    def repeated(self) -> dict[int, str]:
        """Row -> why it is left out: a repeat of a keyed row, or one of several versions of a key."""
        values, contents, numbers = self._again(is_keyed=True, by="key_hash")
        start = _starts(values)
        follows = np.flatnonzero(start != np.arange(len(values)))
        if not len(follows):
            return {}
        torn = set(start[follows[contents[follows] != contents[start[follows]]]].tolist())
        again = {int(numbers[place]): EXACT for place in follows.tolist() if start[place] not in torn}
        versions = np.flatnonzero(np.isin(start, np.array(sorted(torn), dtype=np.int64)))
        return again | dict.fromkeys(numbers[versions].tolist(), CONFLICTING)

    def identical(self) -> pa.Table:
        """Flags of rows without a key that are alike in everything: kept, since two such entries may both be true."""
        values, _, numbers = self._again(is_keyed=False, by=ROW_HASH)
        start = _starts(values)
        follows = np.flatnonzero(start != np.arange(len(values)))
        alike = np.sort(numbers[np.union1d(follows, start[follows])]) if len(follows) else np.array([], dtype=np.int64)
        texts = {"flag": IDENTICAL, "detail": ""}
        return pa.table({"row_number": alike, **{name: pa.repeat(text, len(alike)) for name, text in texts.items()}})
