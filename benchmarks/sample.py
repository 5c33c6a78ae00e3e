"""A workspace that holds the sample, and the same with many times its tickets and time entries."""

from __future__ import annotations

from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from unittest.mock import patch

from vitals import cli, warehouse

EXPORTS = Path(__file__).parent.parent / "sample_data" / "exports"

# The copies get keys and row numbers of their own, so that they count as rows of the same loads.
MULTIPLY = """
insert into raw.{entity}
select
    {entity}.* replace (
        row_number + copy * 100000000 as row_number,
        {keys}
    )
from raw.{entity}
cross join range(1, $times) as copies(copy)"""

MEMORY = "6GB"
"""What the workspace may take: a hundred times the sample is built in one piece, in more than a kept file is given."""
KEYS = {"tickets": ("ticket_id",), "time_entries": ("ticket_id", "entry_id")}


def load(workspace: Path) -> warehouse.Connection:
    """The sample, loaded by the command line into a new workspace."""
    files = sorted(str(path) for path in EXPORTS.iterdir())
    with redirect_stdout(StringIO()):
        status = cli.main(["load", "--workspace", str(workspace), *files])
    if status > 1:
        raise RuntimeError("The sample did not load.")
    with patch.object(warehouse, "MEMORY_OF_A_FILE", MEMORY):
        return warehouse.connect(workspace)


def multiply(con: warehouse.Connection, times: int) -> None:
    """So many times the tickets and time entries, built again."""
    with warehouse.transaction(con):
        for entity, columns in KEYS.items():
            keys = ", ".join(f"{column} || '-' || copy as {column}" for column in columns)
            con.execute(MULTIPLY.format(entity=entity, keys=keys), {"times": times})
        warehouse.build(con)
    # a workspace of this size is read from a file that its load has closed, which leaves every roll-up in one piece
    con.execute("checkpoint")
