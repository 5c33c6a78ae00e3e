"""Which stored rows count when several files tell of the same thing: raw rows never change, this list does."""

from __future__ import annotations

import duckdb

from vitals.contract import Entity, entities
from vitals.ingest.read.duplicates import keyed_sql

REPLACES = "replaces_older_version"
REPLACE_QUESTION, REPLACE, ADD = "replace_invoice", "replace", "add"

KEYED = """
    insert into raw.unused_rows
    with versions as (
        select load_id, row_number, row_key, row_hash,
            lag(row_hash) over one_key is not distinct from row_hash as is_same
        from {keyed} where row_key is not null
        window one_key as (partition by row_key order by load_id)),
    used as (
        select row_key, max(load_id) as load_id, arg_max(row_number, load_id) as row_number
        from versions where not is_same group by row_key)
    select versions.load_id, '{entity}', versions.row_number,
        if(versions.is_same, 'already_loaded', 'superseded'), used.load_id, used.row_number
    from versions join used using (row_key) where versions.load_id <> used.load_id"""

REPLACED_INVOICES = """
    insert into raw.unused_rows
    with told as (
        select line.invoice_number, line.load_id, count(*) as lines, sum(line.alike_hash::hugeint) as content,
            min(line.row_number) as row_number, bool_or(line.row_key is null) as is_loose,
            coalesce(bool_or(json_extract_string(load.answers, '$.replace_invoice') = 'replace'), false) as is_meant
        from {keyed} as line join raw.loads as load using (load_id)
        where line.invoice_number is not null group by line.invoice_number, line.load_id),
    followed as (
        -- told again in the same words, an invoice replaces nothing
        select *, is_meant and not coalesce(
            lag(lines) over one = lines and lag(content) over one = content
            and (lag(is_meant) over one or row_number() over one = 2), false) as is_replacing
        from told window one as (partition by invoice_number order by load_id)),
    replacing as (
        select * from followed where is_replacing
        qualify row_number() over (partition by invoice_number order by load_id desc) = 1)
    select line.load_id, 'invoice_lines', line.row_number, 'replaced_invoice', replacing.load_id, replacing.row_number
    from {keyed} as line join replacing using (invoice_number)
    where (line.row_key is null or replacing.is_loose) and line.load_id < replacing.load_id"""

KEYLESS = """
    insert into raw.unused_rows
    with living as (
        select load_id, row_number, alike_hash, names from {keyed} as stored
        where row_key is null and not exists (
            select 1 from raw.unused_rows as gone where gone.entity = '{entity}'
                and gone.load_id = stored.load_id and gone.row_number = stored.row_number)),
    counted as (
        -- which spelling of a name stays must not hang on the order of loading
        select load_id, row_number, alike_hash, names,
            row_number() over (partition by load_id, alike_hash order by names, row_number) as occurrence
        from living),
    used as (
        select alike_hash, occurrence, arg_min(load_id, (names, load_id)) as load_id,
            arg_min(row_number, (names, load_id)) as row_number
        from counted group by alike_hash, occurrence)
    select counted.load_id, '{entity}', counted.row_number, 'already_loaded', used.load_id, used.row_number
    from counted join used using (alike_hash, occurrence) where counted.load_id <> used.load_id"""

FLAGGED = """
    insert into raw.flags
    select unused.by_load_id, '{entity}', unused.by_row_number, '{flag}', string_agg({change}, '; ')
    from raw.unused_rows as unused
    join raw.{entity} as old on old.load_id = unused.load_id and old.row_number = unused.row_number
    join raw.{entity} as new on new.load_id = unused.by_load_id and new.row_number = unused.by_row_number
    where unused.entity = '{entity}' and unused.fate in ('superseded', 'replaced_invoice')
    group by unused.by_load_id, unused.by_row_number"""


def _change(entity: Entity) -> str:
    """SQL for what changed between two versions of a row, in words."""
    sides = (
        f"case when old.{column.name} is distinct from new.{column.name} then '{column.name} was ' || "
        f"coalesce(left(old.{column.name}::varchar, 80), 'empty') end"
        for column in entity.columns
    )
    return f"concat_ws(', ', {', '.join(sides)})"


def _has_several_loads(con: duckdb.DuckDBPyConnection, entity: str) -> bool:
    found = con.execute(f"select min(load_id) < max(load_id) from raw.{entity}").fetchall()
    return bool(found[0][0])


def settle(con: duckdb.DuckDBPyConnection, entity: str) -> None:
    """Decide anew which rows of an entity count: the later version of a key, each keyless content as often as one file
    has it at the most, and the later rows of an invoice that is to be replaced."""
    con.execute("delete from raw.unused_rows where entity = ?", [entity])
    con.execute("delete from raw.flags where entity = ? and flag = ?", [entity, REPLACES])
    if not _has_several_loads(con, entity):
        return
    known = entities()[entity]
    keyed = keyed_sql(known)
    con.execute(KEYED.format(entity=entity, keyed=keyed))
    if known.document:
        con.execute(REPLACED_INVOICES.format(keyed=keyed))
    con.execute(KEYLESS.format(entity=entity, keyed=keyed))
    con.execute(FLAGGED.format(entity=entity, flag=REPLACES, change=_change(known)))
