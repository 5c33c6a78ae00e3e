"""What no database may reach."""

from __future__ import annotations

import duckdb

OFF = (
    "enable_progress_bar", "autoinstall_known_extensions", "autoload_known_extensions", "allow_community_extensions",
    "python_enable_replacements", "allow_persistent_secrets",
)  # fmt: skip


def shut(con: duckdb.DuckDBPyConnection, memory: str = "", spills_to: str = "", **own: str) -> None:
    """Shut every way out before the first byte of an upload is read; the order is DuckDB's own.

    memory: what it may take, where no limit of the process's own holds; spills_to: where rows may lie that memory has
    no room for, without it nowhere; own: settings of this database alone.
    """
    con.execute("set temp_directory = ?", [spills_to])
    if memory:
        con.execute("set memory_limit = ?", [memory])
    for name, value in {"TimeZone": "UTC", **dict.fromkeys(OFF, "false"), **own}.items():
        con.execute(f"set {name} = '{value}'")
    con.execute("set enable_external_access = false")
    con.execute("set lock_configuration = true")
