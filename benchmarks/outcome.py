"""Times the outcome price of a book of 60 clients with 24 months, and of larger ones in the same run: is it linear?

python -m benchmarks.outcome [--clients 60 1000]
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from statistics import median
from time import perf_counter

from vitals import warehouse

RUNS = 5
GOAL_SECONDS, GOAL_RATIO = 1.0, 1.0
PERIOD = {"month_from": date(2024, 4, 1), "month_to": date(2026, 3, 1)}

# Numbers that look random and are the same in every run: hours swing around each client's own mean.
BOOK = (
    """
    insert into raw.clients (load_id, row_number, client, users, service_tier)
    select 1, number, 'Client ' || number, 5 + hash(number) % 60, 'Tier ' || number % 3
    from range($clients) as numbers(number)""",
    """
    insert into raw.invoice_lines (load_id, row_number, client, invoiced_on, amount, revenue_class, direct_cost)
    select 2, number * 24 + month, 'Client ' || number, date '2024-04-01' + to_months(month::integer),
        1000 + hash(number + 1) % 9000, 'managed', 100 + hash(number + 2) % 400
    from range($clients) as numbers(number), range(24) as months(month)""",
    """
    insert into raw.time_entries (load_id, row_number, client, technician, worked_on, hours)
    select 3, number * 240 + entry, 'Client ' || number, 'Technician ' || entry % 9,
        last_day(date '2024-04-01' + to_months((entry // 10)::integer)) - (entry % 10 * 3)::integer,
        0.25 * (1 + hash(number * 1000 + entry) % 14)
    from range($clients) as numbers(number), range(240) as entries(entry)""",
)


def book(clients: int) -> warehouse.Connection:
    """A workspace in memory of so many clients with 24 months of invoices and hours."""
    con = warehouse.connect()
    with warehouse.transaction(con):
        for statement in BOOK:
            con.execute(statement, {"clients": clients})
        warehouse.build(con)
    return con


def seconds(con: warehouse.Connection) -> float:
    """The median time of the price of every client, once warm."""
    times = []
    for _ in range(RUNS + 1):
        begun = perf_counter()
        found = warehouse.rows(con, "metrics.outcome_price", **PERIOD)
        times.append(perf_counter() - begun)
    priced = sum(row["target_fee"] is not None for row in found)
    if priced != len(found):
        raise RuntimeError(f"Only {priced} of {len(found)} clients have a price.")
    return median(times[1:])


def measure(sizes: Sequence[int]) -> None:
    """Price books of these sizes, print what it took and the ratio to the first."""
    first = 0.0
    for clients in sizes:
        with closing(book(clients)) as con:
            taken = seconds(con)
        first = first or taken / clients
        ratio = taken / clients / first
        print(
            f"{clients:5} clients x 24 months: {taken:6.2f} s, {1000 * taken / clients:6.2f} ms a client, x {ratio:.2f}"
        )
    print(f"goals: {GOAL_SECONDS:.0f} s for 60 clients; at 1,000 no more a client than at 60 (x {GOAL_RATIO:.0f})")


def main() -> None:
    """Measure the sizes asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, nargs="+", default=[60, 250, 1000])
    measure(parser.parse_args().clients)


if __name__ == "__main__":
    main()
