"""Makes the data book of a large firm by the command line, and prints how long it takes and what it holds in memory.

python -m benchmarks.book [--tickets 1000000]
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from benchmarks import exports
from benchmarks.memory import Peak

ROOT = Path(__file__).parent.parent
GOAL_SECONDS, GOAL_MEGABYTES = 60, 1000

INVOICES = """
select
    'I' || lpad((number * 36 + month)::varchar, 8, '0') as invoice_number,
    'Client ' || lpad(number::varchar, 5, '0') as client,
    (date '2023-12-01' + to_months(month::integer))::date as invoiced_on,
    kind as item,
    revenue_class,
    amount + hash(number) % 3000 as amount,
    amount / 5 as direct_cost
from range({clients}) as clients(number)
cross join range(25) as months(month)
cross join (
    values ('Plan', 'managed', 1500), ('Licences', 'other_recurring', 300), ('Hardware', 'product', 200)
) as lines(kind, revenue_class, amount)"""


def _timed(*command: str) -> tuple[float, float]:
    """What a command of ours takes: seconds, and megabytes at its peak with all its children."""
    begun = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "vitals", *command], cwd=ROOT, stdout=subprocess.DEVNULL)
    peak = Peak(process.pid)
    if process.wait() > 1:
        raise RuntimeError(" ".join(command))
    return time.perf_counter() - begun, peak.stop()


def measure(folder: Path, tickets: int) -> None:
    """Write the exports, load them, make the book, print what it took."""
    files = [str(path) for path in exports.write(folder, tickets)]
    invoices = folder / "invoice_lines.csv"
    duckdb.execute(f"copy ({INVOICES.format(clients=exports.clients(tickets))}) to '{invoices}' (header)")
    workspace, book = folder / "firm.duckdb", folder / "book.xlsx"
    _timed("load", "--workspace", str(workspace), *files, str(invoices))
    seconds, megabytes = _timed("databook", "--workspace", str(workspace), "--out", str(book))
    print(f"data book over {tickets:,} tickets: {seconds:.1f} s (goal: {GOAL_SECONDS}), ", end="")
    print(f"{megabytes:.0f} MB at the peak (goal: {GOAL_MEGABYTES}), {book.stat().st_size / 1e6:.1f} MB")


def main() -> None:
    """Measure in a folder that is gone afterwards."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tickets", type=int, default=1_000_000)
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), parser.parse_args().tickets)


if __name__ == "__main__":
    main()
