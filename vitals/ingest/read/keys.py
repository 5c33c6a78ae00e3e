"""What makes two rows of an entity the same: their key as normalised text, and a hash of all they say, as SQL."""

from __future__ import annotations

from vitals.contract import Column, Entity

MAY_BE_EMPTY = frozenset({("technicians", "valid_from"), ("time_off", "kind")})
"""Parts of a key that count as one more value when they are empty."""


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
    cell = f'"{column.name}"'
    if entity.name == "reviews" and column.name == "scheduled_on":
        cell = "coalesce(scheduled_on, held_on)"
    text = BY_KIND[column.kind](cell) if column.kind in BY_KIND else f"{cell}::varchar"
    return f"coalesce({text}, '')" if (entity.name, column.name) in MAY_BE_EMPTY else text


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
