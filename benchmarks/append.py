"""What one more month costs in a workspace that holds the months before it, beside the month alone and the whole.

python -m benchmarks.append [--tickets 100000 1000000]

Costs are seconds of processors, the command's start, its reading process and its commit among them. The month alone,
loaded into a new workspace, is what the least of loads would cost whatever came before.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import duckdb

from benchmarks import exports, load

SIZES = (100_000, 1_000_000)
DAYS = 30
GOAL = 0.3
"""What a month of twenty-three may cost of the whole."""

SPLIT = """
copy (
    select rows.* from read_csv('{rows}', all_varchar = true) as rows
    semi join (
        select ticket_id from read_csv('{tickets}')
        where (opened_at >= (select max(opened_at) from read_csv('{tickets}')) - interval {days} day) = {is_last}
    ) as chosen using (ticket_id)
) to '{part}' (header)"""


def split(files: list[Path]) -> tuple[list[str], list[str]]:
    """The tickets and entries of all months but the last, and those of the last."""
    parts: tuple[list[str], list[str]] = ([], [])
    with duckdb.connect() as con:
        for file in files:
            for place, part in enumerate(parts):
                named = file.with_stem(f"{file.stem}_{place}")
                con.execute(SPLIT.format(rows=file, tickets=files[0], days=DAYS, is_last=bool(place), part=named))
                part.append(str(named))
    return parts


def measure(folder: Path, tickets: int) -> None:
    """Load the whole, the month alone, and the month into what came before; print what each took."""
    files = exports.write(folder, tickets)
    before, month = split(files)
    whole, build = load.ours(folder / "whole.duckdb", [str(file) for file in files])
    alone, _ = load.ours(folder / "alone.duckdb", month)
    load.ours(folder / "kept.duckdb", before)
    more, renewed = load.ours(folder / "kept.duckdb", month)
    share = sum(Path(file).stat().st_size for file in month) / sum(file.stat().st_size for file in files)
    print(f"{tickets:,} tickets and {3 * tickets:,} time entries, {share:.1%} of them in the last {DAYS} days")
    print(f"all of it, into a new workspace    {whole}")
    print(f"  of which the build               {build.processor_seconds:29.1f} s of processors")
    print(f"the last month alone, likewise     {alone}")
    print(f"the last month into the others     {more}")
    print(f"  of which the renewal             {renewed.processor_seconds:29.1f} s of processors")
    ratio = more.processor_seconds / whole.processor_seconds
    print(f"a month more beside the whole: {ratio:.2f} (goal: {GOAL} at the most)")
    print(f"a month more beside the month alone: {more.processor_seconds / alone.processor_seconds:.2f}", flush=True)


def main() -> None:
    """Measure each size in a folder that is gone afterwards."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tickets", type=int, nargs="+", default=SIZES)
    for tickets in parser.parse_args().tickets:
        with tempfile.TemporaryDirectory() as folder:
            measure(Path(folder), tickets)


if __name__ == "__main__":
    main()
