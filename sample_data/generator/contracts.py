"""The planted cases of outcome pricing in words: who may promise what, at which price, and what credits would cost."""

from __future__ import annotations

from typing import Any

from .figures import percent

Case = tuple[str, str, str]

READY, FIX, TOO_NEW = "Thistledown Travel", "Cinderholt Foundry", "Zephyrine Labs"
LEAVES, CAPPED, TOO_SMALL = "Larkhill Foods", "Copperlode Energy", "Amberwick Dental"


def _price(right: dict[str, Any], client: str) -> str:
    row, plan = right["outcome_price"][client], right["renewal_plan"][client]
    fees = ", ".join(f"{name} {row[f'{name}_fee'] or '–'}" for name in ("floor", "target", "ceiling", "current"))
    gain = "" if plan["gain"] is None else f", gain {plan['gain']} a year"
    return f"{row['verdict']} on {row['months']} months: {fees}; renews {plan['renews_on']}: {plan['step']}{gain}"


def _months(right: dict[str, Any], client: str, name: str, value: object) -> str:
    """The months of a client in which the backtest says so."""
    rows = right["sla_credit_backtest"].items()
    found = [key.split("/")[1][:7] for key, row in rows if key.startswith(f"{client}/") and row[name] == value]
    return ", ".join(sorted(found))


def _volume(right: dict[str, Any]) -> str:
    """How often tickets were too few to miss a target by one."""
    rows = [row for key, row in right["sla_measures"].items() if key.startswith(f"{TOO_SMALL}/")]
    spared, most = sum(row["result"] == "too_few" for row in rows), max(row["n"] for row in rows)
    return f"at most {most} tickets in three months; {spared} of {len(rows)} measures have one miss, none is missed"


def _book(right: dict[str, Any]) -> str:
    row = right["book_risk"]
    return (
        f"{row['clients']} clients: {row['sum_of_risk_loads']} alone, {row['pooled_risk_load']} together, "
        f"{percent(row['portfolio_effect'])} less"
    )


def _models(right: dict[str, Any]) -> str:
    rows = {key.split("/")[1]: row for key, row in right["pricing_models"].items() if key.startswith(f"{READY}/")}
    return "client pays: " + ", ".join(f"{model} {row['customer_pays'] or '–'}" for model, row in rows.items())


def contracts(right: dict[str, Any]) -> list[Case]:
    """Every planted case of outcome pricing."""
    return [
        ("outcome price: ready, and worth converting", READY, _price(right, READY)),
        ("outcome price: to fix first", FIX, _price(right, FIX)),
        ("outcome price: too little data", TOO_NEW, _price(right, TOO_NEW)),
        ("a right to terminate", LEAVES, f"in {_months(right, LEAVES, 'has_termination_right', True)}"),
        ("credits at the cap of 15 %", CAPPED, f"in {_months(right, CAPPED, 'credit_pct', 0.15)}"),
        ("below the minimum volume of 20 tickets", TOO_SMALL, _volume(right)),
        ("risk of the book", "the company", _book(right)),
        ("eight models at 20 % automation", READY, _models(right)),
    ]
