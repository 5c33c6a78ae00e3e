"""Rows of one file that say the same, or that contradict each other about one key."""

from __future__ import annotations

from dataclasses import dataclass, field

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitals.contract import Entity
from vitals.ingest.typed.keys import alike_sql, key_sql
from vitals.ingest.typed.scratch import PART, PLACE, aligned

EXACT, CONFLICTING, IDENTICAL = "exact_duplicate", "conflicting_duplicate", "identical_lines_kept"
KEY_HASH, ROW_HASH = "key_hash", "row_hash"


def hashed(con: duckdb.DuckDBPyConnection, entity: Entity, rows: pa.Table) -> pa.Table:
    """For each row the hash of its content and that of its key, null where it has none, beside its number."""
    own = f"select {key_sql(entity)} as row_key, {alike_sql(entity)} as {ROW_HASH}, {PLACE} from {PART}"
    key_hash = f"if(row_key is null, null, hash(row_key)) as {KEY_HASH}"
    found = aligned(con, rows, f"select {key_hash}, * exclude (row_key) from ({own})")
    return found.append_column("row_number", rows["row_number"])


def _starts(values: np.ndarray) -> np.ndarray:
    """For each place of sorted values, where the run of equal values around it starts."""
    is_new = np.concatenate(([True], values[1:] != values[:-1])) if len(values) else np.array([], dtype=bool)
    return np.maximum.accumulate(np.where(is_new, np.arange(len(values)), 0))


def _alike(parts: list[pa.Table], by: str) -> tuple[np.ndarray, ...]:
    """Hashes, contents and row numbers, sorted, of the rows whose hash occurs again."""
    values = np.concatenate([part[by].to_numpy() for part in parts] or [np.array([], dtype=np.uint64)])
    values.sort()
    twice = pa.array(np.unique(values[1:][values[1:] == values[:-1]]), pa.uint64())
    if not len(twice):
        return np.array([]), np.array([]), np.array([], dtype=np.int64)
    rows = pa.concat_tables([part.filter(pc.is_in(part[by], twice)) for part in parts])
    rows = rows.sort_by([(by, "ascending"), ("row_number", "ascending")])
    return rows[by].to_numpy(), rows[ROW_HASH].to_numpy(), rows["row_number"].to_numpy()


@dataclass
class Seen:
    """The rows of a table as far as they went by: numbers, hashes of keys and of contents."""

    keyed: list[pa.Table] = field(default_factory=list)
    keyless: list[pa.Table] = field(default_factory=list)

    def take(self, hashes: pa.Table) -> None:
        """Take up the rows of one part."""
        has_key = pc.is_valid(hashes[KEY_HASH])
        self.keyed.append(hashes.filter(has_key))
        self.keyless.append(hashes.filter(pc.invert(has_key)).drop_columns([KEY_HASH]))

    def repeated(self) -> dict[int, str]:
        """Row -> why it is left out: a repeat of a keyed row, or one of several versions of a key."""
        values, contents, numbers = _alike(self.keyed, KEY_HASH)
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
        values, _, numbers = _alike(self.keyless, ROW_HASH)
        start = _starts(values)
        follows = np.flatnonzero(start != np.arange(len(values)))
        alike = np.sort(numbers[np.union1d(follows, start[follows])]) if len(follows) else np.array([], dtype=np.int64)
        texts = {"flag": IDENTICAL, "detail": ""}
        return pa.table({"row_number": alike, **{name: pa.repeat(text, len(alike)) for name, text in texts.items()}})
