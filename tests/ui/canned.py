"""A small invented MSP as the queries would return it, so that pages are tested without a warehouse."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from vitals.assumptions import assumptions
from vitals.queries import query

EVIL = ["![x](http://host/p)", "**b**", "$x$ and $y$", ":material/home:", "<b>bold</b>", "# h", "a -- b", "www.x.org"]
NAMES = ["Birch Dental", "Harbour Freight & Sons", "Alder Legal LLP", *EVIL, "Ö" * 40, "Meadow Vets", "Quay Law"]
KEYS = [name.lower() for name in NAMES]
TIERS = ["Gold", "Silver", "(no tier)"]
PEOPLE = ["Ana Ruiz", "Bo Chen", "**Cy** Dale", "Dee Okafor", "Eli Novak"]
MONTHS = pd.date_range("2023-12-01", "2025-11-01", freq="MS")
RNG = np.random.default_rng(7)


def clients() -> pd.DataFrame:
    count = len(NAMES)
    revenue = RNG.integers(20_000, 240_000, count).astype(float)
    margin = np.round(revenue * RNG.uniform(-0.35, 0.7, count), 2)
    frame = pd.DataFrame({"client_key": KEYS, "client": NAMES, "service_tier": [TIERS[i % 3] for i in range(count)]})
    frame["revenue"], frame["gross_margin"] = revenue, margin
    frame["direct_cost"] = frame["stated_direct_cost"] = np.round(revenue * 0.2, 2)
    frame["labour_cost"] = revenue - frame["direct_cost"] - margin
    frame["labour_hours"] = frame["labour_cost"] / 50
    frame["assumed_rate_hours"] = 0.0
    frame["gross_margin_pct"] = margin / revenue
    frame["service_gross_margin_pct"] = margin / revenue + 0.05
    frame["managed_gross_margin_pct"] = margin / revenue + 0.08
    frame["effective_hourly_rate"] = revenue / frame["labour_hours"].clip(lower=1)
    frame["is_unbilled"], frame["earned_an_hour"] = False, frame["effective_hourly_rate"]
    frame.loc[3, ["gross_margin_pct", "service_gross_margin_pct", "effective_hourly_rate"]] = np.nan
    return frame


def margin_summary() -> dict[str, Any]:
    return {
        "clients": 13, "loss_clients": 4, "loss_amount": Decimal("-61200.10"), "worst_client": EVIL[0],
        "worst_gross_margin": Decimal("-28400.00"), "best_client": "Meadow Vets",
        "revenue": Decimal("1841000"), "gross_margin": Decimal("712400"),
        "suggested_revenue": Decimal("310000"), "unclassified_revenue": Decimal("0"),
        "assumed_rate_hours": Decimal("412.5"), "assumed_share": 0.04, "clients_without_labour": 1,
        "labour_basis": "time entries", "has_direct_cost": True,
    }  # fmt: skip


def gaps() -> pd.DataFrame:
    """The worst first; of the last one's tier too few are known."""
    amounts = [-24_000.0 + 4000 * place for place in range(len(NAMES) - 1)]
    return pd.DataFrame({
        "client_key": KEYS, "client": NAMES, "service_tier": [TIERS[i % 3] for i in range(len(NAMES))],
        "clients_in_tier": [5] * (len(NAMES) - 1) + [2], "user_months": 240.0, "gap": [*amounts, np.nan],
        "price_ratio": 0.8, "demand_ratio": 2.4, "main_reason": ["demand"] * 6 + [None] * (len(NAMES) - 6),
        "fee_to_tier": [0.4] * 6 + [np.nan] * (len(NAMES) - 6),
    })  # fmt: skip


def gap_parts() -> pd.DataFrame:
    """A third of each gap is price, two thirds are tickets."""
    known = gaps().dropna(subset=["gap"])
    parts = (("price", 1, 1 / 3, 0.8), ("demand", 3, 2 / 3, 2.4), ("gap", 7, 1.0, np.nan))
    return pd.DataFrame([
        {"client_key": row.client_key, "part": part, "place": place, "amount": row.gap * share, "ratio": ratio,
         "change": ratio - 1, "is_total": part == "gap", "is_reason": part != "gap", "is_alike": False}
        for row in known.itertuples() for part, place, share, ratio in parts
    ])  # fmt: skip


def monthly() -> pd.DataFrame:
    revenue = 140_000 + RNG.integers(-9_000, 18_000, len(MONTHS))
    share = RNG.uniform(0.3, 0.48, len(MONTHS))
    return pd.DataFrame({
        "month_start": MONTHS, "revenue": revenue, "gross_margin": revenue * share, "gross_margin_pct": share,
        "service_gross_margin_pct": share + 0.05,
    })  # fmt: skip


def client_monthly() -> pd.DataFrame:
    parts = [monthly().assign(client_key=key, client=name) for key, name in zip(KEYS, NAMES, strict=True)]
    found = pd.concat(parts, ignore_index=True).drop(columns="service_gross_margin_pct")
    return found.assign(direct_cost=found["revenue"] * 0.2, labour_cost=found["revenue"] * 0.4, labour_hours=120.0)


def bridge() -> pd.DataFrame:
    moved = pd.DataFrame({
        "month_start": MONTHS, "new": 900.0, "arrived": 600.0, "first_seen": 300.0,
        "reactivation": [0.0] * 23 + [400.0], "expansion": 1200.5, "contraction": -350.0,
        "churn": [0.0] * 20 + [-5200.0] + [0.0] * 3, "clients": 13,
    })  # fmt: skip
    change = moved[["new", "reactivation", "expansion", "contraction", "churn"]].sum(axis=1)
    closing = 90_000 + change.cumsum()
    moved = moved.assign(closing=closing, opening=closing - change)
    moved.loc[0, ["opening", "new", "arrived", "first_seen", "reactivation", "expansion", "contraction", "churn"]] = (
        np.nan
    )
    return moved


def attainment() -> pd.DataFrame:
    return pd.DataFrame({
        "priority": ["**P1**", "P2", "(none)"], "resolution_met": [96, 180, 0], "resolution_missed": [3, 15, 0],
        "open_past_due": [1, 5, 0], "resolution_attainment_pct": [0.96, 0.9, np.nan], "response_met": [95, 198, 0],
        "response_missed": [5, 2, 0], "response_attainment_pct": [0.95, 0.99, np.nan], "left_out": [0, 4, 70],
    })  # fmt: skip


def people() -> pd.DataFrame:
    return pd.DataFrame({
        "technician_key": [name.lower() for name in PEOPLE], "technician": PEOPLE, "gross_hours": 2080.0,
        "net_hours": 1840.0,
        "logged_hours": [1800.0, 1500.0, 1790.0, 1820.0, 900.0],
        "client_hours": [1620.0, 1400.0, 1330.0, 1180.0, 700.0],
        "billable_hours": [1500.0, 1300.0, 1200.0, 1000.0, 600.0],
        "utilisation_net": [0.88, 0.761, 0.723, 0.641, np.nan], "utilisation_gross": [0.78, 0.67, 0.64, 0.57, np.nan],
        "billable_utilisation": [0.81, 0.70, 0.65, 0.54, np.nan], "time_capture": [0.98, 0.82, 0.97, 0.99, np.nan],
    })  # fmt: skip


def people_monthly() -> pd.DataFrame:
    shares = {"Ana Ruiz": 0.88, "Bo Chen": 0.76, "**Cy** Dale": 0.72, "Dee Okafor": 0.64}
    rows = [
        {"technician": name, "month_start": month, "utilisation_net": share + RNG.normal(0, 0.05)}
        for name, share in shares.items()
        for month in MONTHS
    ]
    return pd.DataFrame(rows)


def room() -> pd.DataFrame:
    """Against 80 % of 1840 net hours, 1472: the most room first, of Eli nothing is known."""
    return pd.DataFrame({
        "technician_key": ["dee okafor", "**cy** dale", "bo chen", "ana ruiz", "eli novak"],
        "technician": ["Dee Okafor", "**Cy** Dale", "Bo Chen", "Ana Ruiz", "Eli Novak"],
        "utilisation_net": [0.641, 0.723, 0.761, 0.88, np.nan], "time_capture": [0.99, 0.97, 0.82, 0.98, np.nan],
        "hours_over_band": [0.0, 0.0, 0.0, 148.0, np.nan], "hours_of_room": [292.0, 142.0, 72.0, 0.0, np.nan],
        "no_room": [None] * 5,
    })  # fmt: skip


def technician_months() -> pd.DataFrame:
    """Twelve months of Ana; of the third nothing is known."""
    share = np.r_[0.88, 0.82, np.nan, np.full(9, 0.78)]
    hours = share * 150
    return pd.DataFrame({
        "month_start": MONTHS[-12:], "net_hours": 150.0, "logged_hours": hours + 8, "client_hours": hours,
        "utilisation_net": share, "time_capture": share + 0.05, "hours_over_band": np.maximum(hours - 120, 0),
        "hours_of_room": np.maximum(120 - hours, 0),
    })  # fmt: skip


def company_people() -> pd.DataFrame:
    names = ("utilisation_net", "billable_utilisation", "utilisation_gross", "time_capture")
    return pd.DataFrame({"month_start": MONTHS, **{name: RNG.uniform(0.65, 0.8, len(MONTHS)) for name in names}})


def people_summary() -> dict[str, Any]:
    return {
        "technicians": 5, "below_band": 1, "in_band": 2, "above_band": 1, "low_capture": 1,
        "highest_technician": "Ana Ruiz", "highest_utilisation": 0.88, "lowest_technician": "Dee Okafor",
        "lowest_utilisation": 0.641,
    }  # fmt: skip


def actions() -> pd.DataFrame:
    """One of each kind: a year of money for the first two, none for what brings none."""
    return pd.DataFrame({
        "place": [1, 2, 3, 4], "kind": ["reach_tier", "bill_out_of_scope", "move_hours", "hold_review"],
        "page": ["client", "client", "technician", "qbr"], "subject": [EVIL[0], NAMES[0], "Ana Ruiz", NAMES[1]],
        "partner": [None, None, "Dee Okafor", None], "money_a_year": [23_280.0, 1800.0, np.nan, np.nan],
        "money_a_month": [1940.0, 150.0, np.nan, np.nan], "exposed_a_month": [np.nan, np.nan, np.nan, 4200.0],
        "months": [12, 12, pd.NA, pd.NA], "reason": ["demand", None, None, None],
        "ratio": [2.1, np.nan, np.nan, np.nan], "hours": [np.nan, 12.0, 3.1, np.nan], "more": [pd.NA, pd.NA, pd.NA, 4],
        "clients_in_all": 9, "money_in_all": 41_500.0,
        "fee": [4200.0, np.nan, np.nan, np.nan], "new_fee": [6140.0, np.nan, np.nan, np.nan],
        "fee_rise_pct": [0.46, np.nan, np.nan, np.nan], "is_steep": [True, False, False, False], "losing_beyond": 0,
    })  # fmt: skip


def review_status() -> pd.DataFrame:
    count = len(NAMES)
    return pd.DataFrame({
        "client_key": KEYS, "client": NAMES, "cadence_days": 91,
        "last_held_on": [pd.Timestamp("2025-08-14") if i % 3 else pd.NaT for i in range(count)],
        "is_active": True, "is_due": True, "is_completed": [i % 2 == 0 for i in range(count)],
        "days_overdue": [float(i * 9) if i % 4 else np.nan for i in range(count)],
    })  # fmt: skip


def review_quarters() -> pd.DataFrame:
    states = ["held", "late", "missed", "open", "not_due", "not_known"]
    quarters = pd.date_range("2024-01-01", periods=8, freq="QS")
    return pd.DataFrame([
        {"client_key": key, "client": name, "quarter_start": start, "state": states[(i * 3 + j) % 6]}
        for i, (key, name) in enumerate(zip(KEYS, NAMES, strict=True))
        for j, start in enumerate(quarters)
    ])  # fmt: skip


def regimes() -> pd.DataFrame:
    rows = []
    for place, (key, name) in enumerate(zip(KEYS, NAMES, strict=True)):
        for regime, pays in (("hourly", 60_000.0), ("per_seat", 52_000.0), ("outcome", 48_000.0)):
            paid = pays + place * 3000
            rows.append({
                "client_key": key, "client": name, "regime": regime, "customer_pays": paid,
                "provider_margin": paid * (0.6 - place / 40) - 4000, "provider_margin_pct": 0.4,
                "client_hours": 400.0 if place else 0.0, "left_out_because": None if place else "no hours",
                "is_known": True,
                "price_basis": "today's contract" if regime == "per_seat" else "target margin",
                "current_pays": 52_000.0 + place * 3000, "pays_change": pays - 52_000.0,
                "crossover_automation_share": np.nan if regime == "hourly" else 0.05 + place / 30,
            })  # fmt: skip
    return pd.DataFrame(rows)


def curve() -> pd.DataFrame:
    shares = np.round(np.linspace(0, 1, 21), 2)
    lines = {
        "today": 330_000 + 90_000 * shares,
        "hourly": 500_000 * (1 - shares),
        "per_seat": 340_000 + 90_000 * shares,
        "outcome": 390_000 + 90_000 * shares,
    }
    parts = [
        pd.DataFrame(
            {"automation_share": shares, "regime": name, "provider_margin": margin, "customer_pays": margin * 2}
        )
        for name, margin in lines.items()
    ]
    return pd.concat(parts, ignore_index=True).assign(crossover=0.187)


def balances() -> pd.DataFrame:
    return pd.DataFrame({
        "load_id": [1, 2], "file_name": ["tickets.csv", "![x](http://host/p).csv"],
        "entity": ["tickets", "invoice_lines"],
        "label": ["Tickets", "Invoice lines"], "is_balanced": [True, True], "rows_read": [4000, 812],
        "rows_loaded": [3990, 808], "rows_quarantined": [3, 1], "rows_set_aside": [7, 3],
        "rows_in_use": [3990, 804], "rows_replaced": [0, 4], "state": "in_use",
        "money_read": [np.nan, 184100.5], "money_loaded": [np.nan, 184000.5], "money_quarantined": [np.nan, 100.0],
        "money_set_aside": [np.nan, 0.0], "hours_read": np.nan, "hours_loaded": np.nan, "hours_quarantined": np.nan,
        "hours_set_aside": np.nan, "undone_at": pd.Series([pd.NaT, pd.NaT], dtype="datetime64[us]"),
    })  # fmt: skip


def left_out() -> pd.DataFrame:
    return pd.DataFrame({
        "load_id": 1, "entity": "invoice_lines", "file_name": "invoices.csv", "row_number": range(2, 16),
        "fate": ["quarantined"] * 4 + ["set_aside"] * 10,
        "reason": ["date_impossible"] * 3 + ["amount_not_a_number"] + ["subtotal_or_total"] * 8 + ["footer"] * 2,
        "raw_text": "31/02/2025,**Birch**,12.00", "words": "There is no such **date**", "column_name": "invoiced_on",
        "value": "31/02/2025", "stands_for": None,
    })  # fmt: skip


def accounts() -> pd.DataFrame:
    return pd.DataFrame({
        "load_id": [1, 2], "file_name": ["tickets.csv", "![x](http://host/p).csv"],
        "entity": ["tickets", "invoice_lines"], "label": ["Tickets", "Invoice lines"], "system": [None, "Xero"],
        "evidence": ["Our own captions, or mapped by hand", "Inferred, not seen"], "short_hash": "ab12cd34ef56",
        "loaded_at": pd.Timestamp("2026-01-05 10:00"), "first_month": pd.Timestamp("2024-01-01"),
        "last_month": pd.Timestamp("2025-11-01"), "months_covered": [23, 21], "missing_months": [0, 2],
        "missing_in": [None, "Mar 2024, **May** 2024"], "rows_in_use": [3990, 808], "rows_replaced": [0, 4],
        "replaced_by": [None, "**later**.csv"], "rows_replacing": [0, 0],
        "warnings": [None, "The last line is **incomplete**: the export may be cut."], "mapping": "{}",
    })  # fmt: skip


def left_out_counts() -> pd.DataFrame:
    rows = left_out()
    counted = rows.groupby(["load_id", "file_name", "entity", "fate", "reason", "words"], as_index=False)
    return counted.agg(rows=("row_number", "size"))


ASSUMED = {name: item.default for name, item in assumptions().items()}


def workspace_contents() -> pd.DataFrame:
    labels = {"tickets": "Tickets", "time_entries": "Time entries", "invoice_lines": "Invoice lines",
              "clients": "Clients", "agreements": "Agreements", "technicians": "Technicians",
              "reviews": "Reviews"}  # fmt: skip
    rows = [
        {"entity": name, "label": label, "rows": 4812, "loads": 1, "has_rows": True} for name, label in labels.items()
    ]
    return pd.DataFrame(rows)


def items() -> pd.DataFrame:
    return pd.DataFrame({
        "item_key": ["a", "b"], "item": ["**Managed** seats", "Dell laptop"], "lines": [120, 7],
        "amount": [182000.0, 9100.0], "revenue_class": ["managed", "product"], "service_months": [1, 1],
        "basis": ["words of the item", "words of the item"], "is_confirmed": False,
        "sample_client": ["**Acme**", "Birch"], "sample_on": pd.to_datetime(["2025-11-03", "2025-06-17"]),
        "sample_amount": [4200.0, -1300.0],
    })  # fmt: skip


def _pricing_summary() -> dict[str, Any]:
    margins = {f"{name}_provider_margin": 420_000.0 for name in ("hourly", "per_seat", "outcome")}
    pays = {f"{name}_customer_pays": 910_000.0 for name in ("hourly", "per_seat", "outcome")}
    changes = {"hourly_change": 30_000.0, "per_seat_change": 0.0, "outcome_change": -12_000.0}
    today = {
        "current_pays": 880_000.0,
        "current_provider_margin": 390_000.0,
        "margin_unautomated": 350_000.0,
        "seats_priced": 1,
        "months_asked": 12,
    }
    better = {"clients": 13, "better_under_outcome": 8, "worse_under_outcome": 5}
    return {**better, **margins, **pays, **changes, **today, "months_covered": 12}


ONE: dict[str, dict[str, Any]] = {
    "client_safe.cover": {
        "client": EVIL[0], "users": 12.0, "data_through": date(2025, 11, 30), "months": 3, "ticket_months": 3,
        "invoice_months": 3, "last_review_on": date(2025, 8, 14),
    },
    "metrics.criteria_summary": {
        "criteria": 5, "clients": 1, "criteria_met": 1, "criteria_missed": 2, "criteria_unknown": 1, "reviews_past": 1,
        "measured": 3,
    },
    "metrics.default_period": {"month_from": date(2024, 12, 1), "month_to": date(2025, 11, 1),
                               "as_of": date(2025, 11, 30), "data_through": date(2025, 11, 30)},
    "metrics.invoice_period": {"month_from": date(2024, 12, 1), "month_to": date(2025, 11, 1),
                               "as_of": date(2025, 11, 30), "data_through": date(2025, 11, 30)},
    "metrics.client_margin_summary": margin_summary(),
    "metrics.company_margin": {
        "revenue": Decimal("1841000"), "gross_margin": Decimal("712400"), "gross_margin_pct": 0.387,
        "service_gross_margin_pct": 0.442, "managed_gross_margin_pct": None, "effective_hourly_rate": 92.4,
        "service_payroll": 640_000.0, "labour_allocated": 503_000.0, "bench_labour": 137_000.0,
        "gross_margin_after_bench": Decimal("575400"), "gross_margin_after_bench_pct": 0.313,
        "service_gross_margin_after_bench_pct": 0.351, "managed_gross_margin_after_bench_pct": None,
        "months_asked": 12, "months_covered": 12,
    },
    "metrics.previous_period": {"month_from": date(2023, 12, 1), "month_to": date(2024, 11, 1), "has_invoices": True,
                                "has_labour": True, "has_tickets": True, "has_opening": True},
    "metrics.previous_day": {"as_of": date(2024, 11, 30)},
    "metrics.utilisation": {"technicians": 5, "utilisation_net": 0.752, "utilisation_gross": 0.664,
                            "billable_utilisation": 0.68, "time_capture": 0.94},
    "metrics.qbr_completion": {"clients_due": 13, "clients_completed": 7, "completion_pct": 0.54,
                               "mrr_weighted_pct": 0.61},
    "metrics.utilisation_summary": people_summary(),
    "metrics.qbr_summary": {"clients_due": 13, "clients_completed": 7, "clients_overdue": 6, "never_reviewed": 0,
                            "longest_client": EVIL[0], "longest_days": 117,
                            "overdue_mrr": 38_200.0},
    "metrics.pricing_summary": _pricing_summary(),
    "metrics.margin_gap_summary": {
        "clients": 12, "clients_below": 6, "gap_below": Decimal("84000"), "by_price": Decimal("28000"),
        "by_hours": Decimal("56000"), "by_other": Decimal("-1200"), "small_tiers": "**Bronze**", "left_out": 1,
        "has_hours_cost": True, "months_asked": 12, "months_covered": 11,
    },
    "metrics.recurring_revenue": {"opening": 90_000.0, "closing": 104_650.0, "clients": 13, "credits": -1_250.0,
                                  "beyond_end": 300.0},
    "metrics.period_retention": {"opening_mrr": Decimal("91750.50"), "closing_mrr": Decimal("98100"),
                                 "gross_revenue_retention": 0.941, "net_revenue_retention": 1.069,
                                 "clients_opening": 13, "clients_lost": 1, "logo_churn": 0.077,
                                 "opening_month": date(2024, 11, 1), "compared_month": date(2025, 11, 1)},
    "metrics.revenue_classes": {"suggested_revenue": Decimal("310000"), "unclassified_revenue": Decimal(0),
                                "stray_credits": Decimal(0)},
    "metrics.concentration": {"clients": 13, "top1_share": 0.18, "top3_share": 0.41, "top10_share": 0.93, "hhi": 1010.0,
                              "effective_clients": 9.9, "largest": EVIL[1]},
    "metrics.service_levels": {"tickets": 300, "resolution_met": 276, "resolution_missed": 18, "open_past_due": 6,
                               "resolution_attainment_pct": 0.92, "response_attainment_pct": 0.977, "left_out": 74,
                               "lowest_priority": "P2", "lowest_attainment_pct": 0.9, "incidents": 250,
                               "median_business_hours": 3.25, "p90_business_hours": 19.5},
    "metrics.signal_verdict": {"fired": 2, "tested": 4, "not_testable": 1, "reading": "structural",
                               "firing": "new_clients_add_complexity, scope_creep_recurs"},
    "metrics.assumptions": ASSUMED,
    "metrics.scenario_figures": {"clients": 13, "unpriced": 0, "customer_pays": 910_000.0, "provider_margin": 420_000.0,
                                 "measured": 13, "expected_credits": 9_000.0, "margin_left": 411_000.0,
                                 "margin_left_pct": 0.45, "risk_load": 12_000.0, "ready": 8, "fix_first": 5,
                                 "verdict": None},
    "metrics.scenario_terms": {"resolution_target": 0.95, "credit": 0.05, "credit_cap": 0.15, "earn_back": False},
}  # fmt: skip
BEFORE: dict[str, dict[str, Any]] = {
    "metrics.company_margin": {"gross_margin": Decimal("690000"), "gross_margin_pct": 0.401,
                               "service_gross_margin_pct": 0.421, "effective_hourly_rate": 95.0,
                               "gross_margin_after_bench": Decimal("560000"), "gross_margin_after_bench_pct": 0.327,
                               "service_gross_margin_after_bench_pct": 0.340},
    "metrics.utilisation": {"utilisation_net": 0.731, "utilisation_gross": 0.664, "billable_utilisation": 0.69,
                            "time_capture": None},
    "metrics.qbr_completion": {},
}  # fmt: skip
"""What is answered for the months, or the day, before."""
FRAMES: dict[str, pd.DataFrame] = {
    "metrics.months": pd.DataFrame({"month_start": MONTHS, "is_complete": True, "is_covered": True}),
    "metrics.workspace_contents": workspace_contents(),
    "metrics.client_margin": clients(),
    "metrics.actions": actions(),
    "metrics.client_margin_gap": gaps(),
    "metrics.client_gap_parts": gap_parts(),
    "metrics.client_what_if": pd.DataFrame({
        "client_key": [KEYS[0]], "client": [NAMES[0]], "what_if_margin": [1200.0], "what_if_margin_pct": [0.12],
        "what_if_change": [800.0],
    }),
    "metrics.margin_reconciliation": pd.DataFrame({
        "chain": ["margin"] * 3 + ["payroll"] * 2, "place": [1, 2, 3, 1, 2],
        "step": ["gross_margin", "bench_labour", "gross_margin_after_bench", "labour_cost", "service_payroll"],
        "amount": [712_400.0, -137_000.0, 575_400.0, 503_000.0, 640_000.0],
        "is_total": [True, False, True, True, True],
    }),
    "metrics.client_margin_monthly": client_monthly(),
    "metrics.company_margin_monthly": monthly(),
    "metrics.tier_dispersion": pd.DataFrame({
        "service_tier": TIERS, "clients": [5, 4, 4], "median_gross_margin_pct": [0.31, 0.2, np.nan],
        "first_quartile_gross_margin_pct": [0.2, np.nan, np.nan],
        "third_quartile_gross_margin_pct": [0.42, np.nan, np.nan], "iqr_gross_margin_pct": [0.22, np.nan, np.nan],
    }),
    "metrics.mrr_bridge": bridge(),
    "metrics.service_levels_monthly": pd.DataFrame({
        "month_start": MONTHS, "tickets": 25, "resolution_attainment_pct": 0.92, "response_attainment_pct": 0.977,
        "median_business_hours": 3.25, "p90_business_hours": 19.5,
    }),
    "metrics.sla_attainment": attainment(),
    "metrics.resolution_time": pd.DataFrame({
        "priority": ["**P1**", "P2"], "tickets": [90, 160], "median_business_hours": [1.5, 4.0],
        "p90_business_hours": [3.0, 22.0],
    }),
    "metrics.resolution_consistency": pd.DataFrame({
        "category": ["Email", "**Line** of business", "(none)"], "technicians": [5, 4, 1], "tickets": [90, 60, 7],
        "technician_share_of_variance": [0.02, 0.31, np.nan],
    }),
    "metrics.technician_utilisation": people(),
    "metrics.technician_utilisation_monthly": people_monthly(),
    "metrics.technician_room": room(),
    "metrics.technician_months": technician_months(),
    "metrics.technician_clients": pd.DataFrame({
        "client_key": KEYS[:3], "client": NAMES[:3], "labour_hours": [800.0, 500.0, 320.0],
        "hours_share": [0.49, 0.31, 0.2], "labour_cost": [40000.0, 25000.0, 16000.0],
    }),
    "metrics.utilisation_monthly": company_people(),
    "metrics.qbr_status": review_status(),
    "metrics.qbr_quarters": review_quarters(),
    "metrics.qbr_monthly": pd.DataFrame({"month_start": MONTHS[-12:], "completion_pct": np.linspace(0.4, 0.54, 12)}),
    "metrics.pricing_regimes": regimes(),
    "metrics.pricing_curve": curve(),
    "metrics.client_terms": pd.DataFrame({
        "client_key": KEYS, "client": NAMES, "users": 12.0, "seat_price": [45.0, *[np.nan] * (len(KEYS) - 1)],
        "outcome_fee": np.nan,
    }),
    "metrics.client_technicians": pd.DataFrame({
        "technician": PEOPLE, "labour_hours": 40.0, "hours_share": 0.2, "labour_cost": 2000.0, "hourly_cost": 50.0,
        "assumed_rate_hours": 0.0,
    }),
    "metrics.client_reviews": pd.DataFrame({
        "scheduled_on": [pd.Timestamp("2025-08-14"), pd.NaT], "held_on": [pd.NaT, pd.Timestamp("2025-02-01")],
        "is_held": [False, True], "not_held_because": ["no show", None],
    }),
    "metrics.load_balances": balances(),
    "metrics.left_out_rows": left_out(),
    "metrics.left_out_first": left_out().drop(columns="reason"),
    "metrics.left_out_counts": left_out_counts(),
    "metrics.load_accounts": accounts(),
    "metrics.conflicting_rows": pd.DataFrame({
        "load_id": 1, "file_name": "**t**.csv", "entity": "tickets", "row_key": "**T1**", "row_number": [4, 9],
        "says": ["status **open**", "status closed"], "raw_text": ["x", "y"], "is_picked": False,
    }),
    "metrics.step_balances": pd.DataFrame({
        "step": "files to cleaned tables", "measure": ["rows of tickets", "money", "hours"],
        "left_side": [3990.0, 184000.5, 0.25], "right_side": [3990.0, 184000.5, 0.25], "difference": 0.0,
        "is_balanced": True,
    }),
    "metrics.flag_counts_by_kind": pd.DataFrame({
        "entity": ["time_entries"], "flag": ["zero_hours"], "label": ["Entry of **0** hours"], "rows": [12],
    }),
    "metrics.flagged_first": pd.DataFrame({
        "flag": ["zero_hours"], "file_name": ["**t**.csv"], "entity": ["time_entries"], "load_id": [1],
        "row_number": [7], "detail": ["0"],
    }),
    "metrics.flag_counts": pd.DataFrame({"flag": ["zero_hours"], "label": ["Time entries of no hours"], "rows": [12]}),
    "metrics.item_classes": items(),
    "metrics.name_proposals": pd.DataFrame({
        "kind": ["client"], "name_key": ["**acme**"], "name": ["**Acme**"], "other_key": ["acme ltd"],
        "other_name": ["Acme Ltd"], "likeness": ["the same without the legal form"], "hours": [12.0],
        "other_hours": [140.0], "revenue": [np.nan], "other_revenue": [9000.0], "is_listed": [False],
        "other_listed": [True], "active_from": pd.Timestamp("2025-01-01"), "active_to": pd.Timestamp("2025-11-01"),
        "other_from": pd.NaT, "other_to": pd.NaT,
    }),
    "metrics.merged_names": pd.DataFrame({
        "kind": "client", "name_key": ["b$rch$", "oak"], "target_key": ["birch", "oak ltd"],
        "name": ["B$rch$", "Oak"], "target": ["Birch", "**Oak** Ltd"], "is_merged": [True, False],
    }),
    "metrics.name_uses": pd.DataFrame({
        "kind": "client", "name_key": ["**acme**", "acme ltd", "acme ltd"],
        "entity": ["time_entries", "invoice_lines", "clients"], "rows": [12, 140, 1],
        "files": ["**time**.csv", "invoices.csv", "clients.csv"],
    }),
    "metrics.engagement_cost": pd.DataFrame({
        "offer": ["A", "B"], "provider": [EVIL[0], "Meadow IT"], "monthly_fee": 4000.0, "whole_cost": [5200.0, 4700.0],
        "beyond_fee": [1200.0, 700.0], "beyond_fee_pct": [0.3, 0.175], "term_months": 36, "term_cost": 187200.0,
        "exit_need": 12000.0, "exit_reserve": 4000.0, "exit_gap": 8000.0, "weighted_score": [3.4, np.nan],
        "points_scored": [15, 0], "terms_held": [4, 2],
    }),
    "metrics.engagement_parts": pd.DataFrame({
        "offer": "A", "provider": EVIL[0], "place": [0, 1], "item": ["The fee", EVIL[1]],
        "term_cost": [144000.0, 43200.0],
    }),
    "metrics.criteria_tracking": pd.DataFrame({
        "client_key": KEYS[0], "client": NAMES[0], "criterion": [EVIL[0], "Tickets are answered"],
        "measure": ["response", EVIL[1]], "stage": "optimise", "review": "monthly", "counted": [120, 0],
        "value": [0.97, np.nan], "target": 0.95, "state": ["met", "not_known"], "is_review_past": False,
    }),
    "metrics.block_hours": pd.DataFrame({
        "client_key": KEYS[0], "client": NAMES[0], "agreement": EVIL[0], "included_hours": 24.0, "burnt_hours": 19.25,
        "burnt_share": 19.25 / 24, "left_hours": 4.75, "hours_per_month": 3.0, "state": ["runs_out"],
    }),
    "metrics.behind_tickets": pd.DataFrame({
        "ticket_id": [f"T{place}" for place in range(len(NAMES))], "client": NAMES, "technician": EVIL[0],
        "category": EVIL[1], "file_name": "**t**.csv", "row_number": 7, "rows_in_all": 9000, "part_in_all": 12,
    }),
    "metrics.behind_invoice_lines": pd.DataFrame({
        "client": NAMES, "item": EVIL[0], "revenue": 25.5, "amount": 100.0, "rows_in_all": len(NAMES),
        "whole_in_all": 2813544.61,
    }),
    "metrics.behind_reviews_owed": pd.DataFrame({
        "client": NAMES, "is_completed": False, "rows_in_all": len(NAMES), "whole_in_all": len(NAMES), "part_in_all": 1,
    }),
    "metrics.key_person": pd.DataFrame({"client_key": KEYS, "client": NAMES, "bus_factor": 1,
                                        "top_technician": "Ana Ruiz", "top_share": 0.62}),
}  # fmt: skip


NOTHING = {"VARCHAR": None, "BOOLEAN": False, "DATE": pd.NaT, "TIMESTAMP": pd.NaT}
"""What a column of that type holds where nothing is canned for it; numbers are missing."""


def shaped(name: str, given: pd.DataFrame) -> pd.DataFrame:
    """The frame with the columns that the query's header states; VitalsError if there is no query of that name."""
    header = {column.name: NOTHING.get(column.sql_type, np.nan) for column in query(name).columns}
    unknown = sorted(set(given.columns) - header.keys())
    assert not unknown, f"{name} has no column {', '.join(unknown)}: see its header, and what is canned for it"
    blank = {column: nothing for column, nothing in header.items() if column not in given.columns}
    return given.assign(**blank)[list(header)]


def _found(name: str, params: dict[str, Any]) -> pd.DataFrame:
    before = ONE["metrics.previous_period"]["month_from"], ONE["metrics.previous_day"]["as_of"]
    if name in BEFORE and (params.get("month_from"), params.get("as_of")) in ((before[0], None), (None, before[1])):
        return pd.DataFrame([BEFORE[name]])
    return pd.DataFrame([ONE[name]]) if name in ONE else FRAMES.get(name, pd.DataFrame())


def run(con: object, name: str, **params: Any) -> pd.DataFrame:
    """What warehouse.run would return; a query of which nothing is canned has no rows."""
    return shaped(name, _found(name, params))


def rows(con: object, name: str, **params: Any) -> list[dict[str, Any]]:
    """What warehouse.rows would return."""
    return run(con, name, **params).to_dict("records")
