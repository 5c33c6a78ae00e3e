"""The parts of the pricing page: the share automated, clients' own prices, the cards, the charts and the table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from vitals import formats
from vitals.ui import charts
from vitals.ui.page import cards, contents, explain, failure, frame, pricing_columns, session, tables
from vitals.ui.page.filters import Period
from vitals.ui.page.safe import md, plain
from vitals.ui.words import caveats, plans, prices
from vitals.workspace import choices

SHARE, CLIENT = "automation", "priced"
EDITOR = "client_terms"
SEAT, FEE = "seat_price", "outcome_fee"
SAME_WORK = "All for the same work: the managed hours with what they cost, before bench, and the recurring lines."
CAPTIONS = (("Seat price", "user and month"), ("Outcome fee", "month"))


@dataclass(frozen=True)
class View:
    """What all parts show: months, share of hours automated, the client chosen, the models' rows and their sums."""

    period: Period
    share: float
    client: str
    """Its name; empty for all clients together."""
    client_key: str | None
    regimes: pd.DataFrame
    summary: dict[str, Any]

    @property
    def compared(self) -> pd.DataFrame:
        """The rows of the clients for whom the models can be compared, or of the one chosen."""
        if self.client_key:
            return self.regimes[self.regimes["client_key"] == self.client_key]
        return self.regimes[self.regimes["left_out_because"].isna()]


def _percent() -> int:
    """The share of hours that automation takes over in per cent, from the slider; its start is the assumption."""
    assumed = session.assumed().get("automation_share")
    percent = st.slider(
        "Share of hours automated",
        min_value=0,
        max_value=100,
        value=round(float(assumed or 0) * 100),
        step=1,
        format="%d %%",
        key=SHARE,
        bind="query-params",
        help="How many of today's client hours would no longer need a person.",
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption("For this view only.", width="content")
        st.page_link(contents.path("assumptions"), label="Change it for every page")
    return int(percent)


def _share() -> float:
    return _percent() / 100


def _chosen(period: Period) -> View:
    """The slider and the client beside it, and what they show."""
    left, right = st.columns(2, gap="medium")
    with left:
        share = _share()
    regimes = session.run("metrics.pricing_regimes", **period.months, automation_share=share)
    with right:
        client, key = frame.choose_client(regimes, CLIENT)
    summary = session.one("metrics.pricing_summary", **period.months, automation_share=share, client_key=key)
    return View(period, share, client, key, regimes, summary)


@failure.fragment
def with_slider(period: Period, *parts: Callable[[View], None]) -> None:
    """The slider, and below it the parts, in that order: all that moves with it is drawn anew, and nothing else."""
    view = _chosen(period)
    for part in parts:
        part(view)


def headline(view: View) -> None:
    """What today's contract brings, what would change, and for how many clients an outcome fee leaves more."""
    said = prices.headline(view.summary, view.share, explain.rate_said("bill_rate"), view.client)
    frame.headline(" ".join(filter(None, (caveats.assumed(view.summary), said))))
    if view.client_key:
        frame.note(prices.crossover(formats.rows(view.compared)))
    else:
        frame.note(prices.outcome_or_hours(view.summary))
    frame.note(f"{SAME_WORK} {caveats.covered(view.summary)}".strip())


def footing(view: View) -> None:
    """Who is compared, what the figures rest on, and how they differ from the neighbours'."""
    if not view.client_key:
        frame.note(prices.compared(view.summary.get("clients"), view.regimes))
    frame.note(caveats.of_classes(session.one("metrics.revenue_classes", **view.period.months)))
    frame.note(explain.rests_on("bill_rate"))
    frame.note(explain.rests_on("loaded_hourly_cost", view.summary.get("assumed_share")))
    expected = session.run("metrics.outcome_expectations", **view.period.months)
    frame.note(plans.of_figures("pricing", session.assumed(), bool(expected["credibility"].notna().any())))


def _paid(view: View) -> str:
    """What clients pay today, and what that leaves as the hours are worked now."""
    paid = view.summary.get("current_pays")
    if formats.is_missing(paid):
        return ""
    now = view.summary.get("margin_unautomated")
    automated = f" With nothing automated it is {formats.money(now)}." if view.share else ""
    return f"Paid today: {formats.money(paid)}.{automated}"


def _pays(view: View, model: str) -> str:
    """What clients would pay under a model, for the small print below what it leaves."""
    who = "It would pay" if view.client_key else "They would pay"
    return f"{who} {prices.pays(view.summary, model)}." if view.summary.get("clients") else ""


def numbers(view: View) -> None:
    """What today's contract leaves, then each model: a price per seat only where one is set, else it is today's."""
    notes = {
        "book_margin_today": _paid(view),
        "book_margin_hourly": _pays(view, "hourly"),
        "book_margin_outcome": _pays(view, "outcome"),
        "book_margin_per_seat": _pays(view, "per_seat"),
    }
    if view.summary.get("seats_priced"):
        cards.draw(
            ["book_margin_today", "book_margin_hourly", "book_margin_outcome", "book_margin_per_seat"],
            view.period,
            notes=notes,
            automation_share=view.share,
            client_key=view.client_key,
        )
    else:
        cards.draw(
            ["book_margin_today", "book_margin_hourly", "book_margin_outcome"],
            view.period,
            notes=notes,
            automation_share=view.share,
            client_key=view.client_key,
        )


def _curve(view: View) -> None:
    curve = session.run("metrics.pricing_curve", **view.period.months, client_key=view.client_key)
    frame.note("Your margin in money over these months, a line for each model, by the share of hours automated.")
    charts.draw(
        charts.pricing_curve(curve, view.share),
        alt="The provider's margin in money against the share of hours automated, a line for each pricing model.",
    )


def curve_and_crossovers(view: View) -> None:
    """The margin as automation grows, and for each client the share from which an outcome fee leaves more."""
    curve, crossovers = st.tabs(
        ["As automation grows", "From where on outcome pays better"], key="pricing_view", bind="query-params"
    )
    # a chart behind the other tab would be made and sent anew with each move of the slider
    if not crossovers.open:
        with curve:
            _curve(view)
        return
    with crossovers:
        frame.note("A mark for each client: the share of hours automated from which an outcome fee leaves you more.")
        charts.draw(
            charts.crossovers(view.compared, view.share),
            alt="For each client the share of hours automated above which an outcome fee leaves more than hours.",
        )


def clients(view: View) -> None:
    """Every client, or the one chosen, under today's contract and the three models."""
    if view.summary.get("clients") and not view.client_key:
        frame.note("First come the clients for whom an outcome fee would leave you least, compared with hours.")
    asked = {"automation_share": view.share, "client_key": view.client_key}
    rows = session.run("metrics.pricing_side_by_side", **view.period.months, **asked)
    frame.rows_leading_to_client(rows, pricing_columns.PRICING, key="regimes")


def _price(value: Any) -> Decimal | None:
    return None if formats.is_missing(value) else Decimal(str(value))


def price_changes(
    rows: pd.DataFrame, edited: Mapping[int, Mapping[str, Any]]
) -> list[tuple[str, Decimal | None, Decimal | None]]:
    """Client, seat price and outcome fee of each row that was edited."""
    found = []
    for place, cells in edited.items():
        row = rows.iloc[int(place)]
        said = {name: cells.get(name, row[name]) for name in (SEAT, FEE)}
        found.append((str(row["client_key"]), _price(said[SEAT]), _price(said[FEE])))
    return found


def _keep(rows: pd.DataFrame) -> None:
    with session.writing() as cursor:
        for client_key, seat_price, outcome_fee in price_changes(rows, st.session_state[EDITOR]["edited_rows"]):
            choices.set_client_terms(cursor, client_key, seat_price, outcome_fee)


def _editor(rows: pd.DataFrame) -> None:
    shown = rows.assign(client=[plain(name) for name in rows["client"]])
    seat, fee = (f"{formats.captioned(label)} a {unit}" for label, unit in CAPTIONS)
    looks: dict[str, Any] = {
        "client": "Client",
        "users": "Users",
        SEAT: st.column_config.NumberColumn(seat, min_value=0, format="%.2f"),
        FEE: st.column_config.NumberColumn(fee, min_value=0, format="%.2f"),
    }
    alt = "Clients with the seat price and the outcome fee that were set for them; both can be changed"
    tables.edited(shown, looks, ["client", "users"], alt, EDITOR, partial(_keep, rows))


def own_prices(view: View) -> None:
    """Clients' own prices, edited in one small table behind a button that says how many are set."""
    rows = session.run("metrics.client_terms")
    rows = rows[rows["client_key"].isin(set(view.regimes["client_key"]))].reset_index(drop=True)
    own = int((rows[SEAT].notna() | rows[FEE].notna()).sum()) if len(rows) else 0
    label = f"Clients' own prices: {formats.count(own)} set" if own else "Set a client's own prices"
    with st.popover(md(label), width="stretch"):
        st.caption("An empty seat price is the general one; an empty outcome fee follows from cost and target margin.")
        _editor(rows)


@failure.fragment
def models(period: Period) -> None:
    """Every model at the share on the slider: all shares are asked for at once, so that a move asks nothing."""
    left, right = st.columns(2, gap="medium")
    with left:
        percent = _percent()
    with right:
        offered = session.run("metrics.outcome_price", **period.months)
        client, key = frame.choose_client(offered, CLIENT)
    curve = session.run("metrics.pricing_model_curve", **period.months, client_key=key)
    shown = curve[curve["automation_percent"] == percent]
    frame.headline(prices.gains(formats.rows(shown), percent, client))
    is_priced = bool(offered["target_fee"].notna().any())
    frame.note(plans.of_figures("pricing_models", session.assumed(), is_priced))
    frame.note("What automation saves, by model: amber is what the client no longer pays, blue what you keep.")
    charts.draw(
        charts.gains(shown),
        alt="For each pricing model how much of what automation saves the client keeps, and how much the provider.",
    )
    frame.note(prices.models_compared(formats.rows(shown)))
    tables.show(
        shown, pricing_columns.PRICING_MODELS, alt="Each pricing model at this share of automation", key="models"
    )
