"""What is said of service credits: what they would have cost, what could be promised safely, and what chance misses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from vitals.formats import count, is_missing, money, or_zero, percent, percent_whole, plural

Row = Mapping[str, Any]
MOST_NAMED = 3


def cost(row: Row) -> str:
    """What service credits would have cost, for how many clients, and how many could have left."""
    clients = or_zero(row.get("clients"))
    if not clients:
        return "No service level can be measured in these months: load tickets with their targets, or outcomes."
    if not or_zero(row.get("kept_amount")):
        said = f"Service credits would have cost nothing: none of {plural(clients, 'client')} was given any."
        return f"{_by_terms(row)}{said}{_leaving(row)}"
    share: Any = row.get("credit_share")
    of = "" if is_missing(share) else f", {percent(share)} of these clients' recurring revenue"
    most = f"; {row['largest_client']} alone {money(row['largest_amount'])}" if row["credited_clients"] > 1 else ""
    given = f"to {count(row['credited_clients'])} of {plural(clients, 'client')}{most}.{_leaving(row)}"
    return f"{_by_terms(row)}Service credits would have cost {money(row['kept_amount'])}{of}, {given}"


def _by_terms(row: Row) -> str:
    """For how many clients terms are on file, where some are reckoned on assumed ones: money on these is a guess."""
    assumed, clients = or_zero(row.get("assumed_terms")), row["clients"]
    if not assumed:
        return ""
    if assumed == clients:
        return f"No terms are on file for any of {plural(clients, 'client')}: all is reckoned on assumed ones. "
    filed = count(clients - assumed)
    return f"Terms are on file for {filed} of {plural(clients, 'client')}; {count(assumed)} reckoned on assumed ones. "


def _leaving(row: Row) -> str:
    leaving = or_zero(row.get("leaving_clients"))
    return f" By these terms {plural(leaving, 'client')} could leave now." if leaving else ""


def terms(rows: Sequence[Row]) -> str:
    """By whose terms the credits are reckoned."""
    if not rows:
        return ""
    own = sum(row["basis"] == "own terms" for row in rows)
    of_all = sum(row["basis"] == "terms of all" for row in rows)
    assumed = len(rows) - own - of_all
    parts = [
        f"{plural(assumed, 'client')} by the assumptions, which are our judgement" if assumed else "",
        f"{plural(of_all, 'client')} by the terms of all" if of_all else "",
        f"{plural(own, 'client')} by terms of {'its' if own == 1 else 'their'} own" if own else "",
    ]
    return f"Reckoned for {', '.join(filter(None, parts))}. An empty cell takes the terms of all, else the assumption."


def safe(rows: Sequence[Row]) -> str:
    """For how many measures the promise is above what the client's own worst months reached."""
    known = [row for row in rows if not is_missing(row["safe_target"])]
    if not known:
        return "No client has six months of tickets with targets, so no safe target is known."
    bold = [row for row in known if row["safe_target"] < row["promised"]]
    said = f"{count(len(bold))} of {plural(len(known), 'promise')} are above what nine of ten own months reached"
    names = ", ".join(list(dict.fromkeys(row["client"] for row in bold))[:MOST_NAMED])
    return f"{said}, first {names}." if names else f"{said}."


def trap(rows: Sequence[Row]) -> str:
    """How often chance alone misses a promise with few tickets, and with many."""
    chances = {row["tickets"]: row for row in rows}
    if 10 not in chances or 300 not in chances:
        return ""
    few, many = chances[10], chances[300]
    return (
        f"With 10 tickets a month a desk that truly keeps {percent_whole(few['target'])} misses it in "
        f"{percent_whole(few['as_promised'])} of months by chance alone; one with half the misses in "
        f"{percent_whole(few['half_the_misses'])}, and with 300 tickets in {percent(many['half_the_misses'])}."
    )
