"""What makes two rows of an entity the same: their key as normalised text, and a hash of all they say, as SQL."""

from __future__ import annotations

from dataclasses import dataclass, field

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitals.contract import Column, Entity
from vitals.ingest.read.columns import PART, PLACE, aligned, part_of


def _name(cell: str) -> str:
    """A name as staging keys it: folded, all blanks to one."""
    lowered = f"lower(replace(nfc_normalize({cell}), 'İ', 'i' || chr(775)))"
    folded = f"replace(replace({lowered}, 'ß', 'ss'), 'ς', 'σ')"
    return f"trim(regexp_replace({folded}, '[\\s\\p{{Z}}]+', ' ', 'g'))"


def _technician(cell: str) -> str:
    """A technician's name with "Last, First" turned round."""
    return _name(f"regexp_replace({cell}, '^([^,]+),([^,]+)$', '\\2 \\1')")


BY_KIND = {"client": _name, "technician": _technician}


def _part(entity: Entity, column: Column) -> str:
    either = entity.needs_one_of if column.name in entity.needs_one_of else (column.name,)
    cell = f"coalesce({', '.join(either)})" if len(either) > 1 else f'"{column.name}"'
    text = BY_KIND[column.kind](cell) if column.kind in BY_KIND else f"{cell}::varchar"
    return f"coalesce({text}, '')" if column.name in entity.key_may_lack else text


def key_sql(entity: Entity) -> str:
    """SQL for the key of a row as text, null where a part of it is missing."""
    parts = [_part(entity, entity.column(name)) for name in entity.key]
    return " || chr(31) || ".join(parts)


def keyed_sql(entity: Entity) -> str:
    """SQL for the stored rows of an entity with row_key, row_hash, names as spelt, and alike_hash, which is the same
    for rows that differ at most in their spelling: made where loads are compared, never kept."""
    own = ", ".join(f'"{column.name}"' for column in entity.columns)
    made = f"{key_sql(entity)} as row_key, {hash_sql(entity)} as row_hash"
    names = [column for column in entity.columns if column.kind in BY_KIND]
    said = ", ".join(f"clean_{column.name}" if column in names else f'"{column.name}"' for column in entity.columns)
    spelt = "".join(f', "{column.name}"' for column in names)
    alike = f"hash({said}) as alike_hash, concat_ws(chr(31), ''{spelt}) as names"
    joined = " ".join(_cleaned(entity, column) for column in names)
    return f"(select load_id, row_number, {own}, {made}, {alike} from raw.{entity.name} {joined})"


def _cleaned(entity: Entity, column: Column) -> str:
    """SQL that joins each name as staging keys it: names are few, rows are many."""
    name, clean = column.name, BY_KIND[column.kind](f'"{column.name}"')
    distinct = f'select distinct "{name}" as own_{name}, {clean} as clean_{name} from raw.{entity.name}'
    return f'left join ({distinct}) as of_{name} on "{name}" = own_{name}'


def hash_sql(entity: Entity) -> str:
    """SQL for a number that is the same for rows that say the same in every column of the contract."""
    columns = ", ".join(f'"{column.name}"' for column in entity.columns)
    return f"hash({columns})"


def alike_sql(entity: Entity) -> str:
    """SQL for a number that is the same for rows that differ at most in the spelling of the name that is their key."""
    names = [column.name for column in entity.columns if column.name in entity.key and column.kind in BY_KIND]
    columns = (_part(entity, column) if column.name in names else f'"{column.name}"' for column in entity.columns)
    return f"hash({', '.join(columns)})" if names else hash_sql(entity)


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
