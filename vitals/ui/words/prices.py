"""What is said of prices: today's contract, each model beside it, and from where on an outcome fee leaves more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from vitals import formats
from vitals.formats import count, is_missing, money, money_short, or_zero, percent_whole, plural
from vitals.ui.words import caveats

Row = Mapping[str, Any]
MOST_NAMED = 3


def headline(row: Row, automation_share: float, bill_rate: str, client: str = "") -> str:
    """What does today's contract bring and leave, and what would change by the hour and for an outcome?"""
    clients = or_zero(row.get("clients"))
    if not clients:
        lacks = f"{client} has no" if client else "No client has both"
        both = "managed hours" if client else "managed hours and recurring revenue"
        return f"{lacks} {both} in these months, so no model can be priced."
    return f"{_today(row, automation_share, client)} {_models(row, bill_rate)}"


def _today(row: Row, automation_share: float, client: str) -> str:
    """What is paid today, and what that leaves."""
    paid, left = row.get("current_pays"), row.get("current_provider_margin")
    if is_missing(paid):
        return f"{client} has no invoice: what it pays today is not known."
    if not or_zero(paid) and client:
        return f"{client} pays nothing by contract today."
    whose = "Today's contract brings" if row["clients"] == 1 else "Today's contracts bring"
    of = client or plural(row["clients"], "client")
    if not automation_share:
        return f"{whose} {money_short(paid)} from {of} and {_leaves(row, left)}."
    now: Any = row["margin_unautomated"]
    then = f"with {percent_whole(automation_share)} of the hours automated it would be {money_short(left)}"
    return f"{whose} {money_short(paid)} from {of} and {_leaves(row, now)}; {then}."


def _leaves(row: Row, left: Any) -> str:
    verb = ("leave" if left >= 0 else "lose") + ("s" if row["clients"] == 1 else "")
    return f"{verb} you {money_short(abs(left))}"


def _models(row: Row, bill_rate: str) -> str:
    """What would be paid by the hour and for an outcome, compared with today where that is known."""
    verb = "it would pay" if row["clients"] == 1 else "they would pay"
    hourly, outcome = (pays(row, name) for name in ("hourly", "outcome"))
    return f"By the hour, at {bill_rate}, {verb} {hourly}, for an outcome {outcome}."


def pays(row: Row, model: str) -> str:
    """What would be paid under a model: so much, and how much more or less than today where that is known."""
    change: Any = row.get(f"{model}_change")
    paid = money_short(row[f"{model}_customer_pays"])
    if is_missing(change) or not or_zero(row.get("current_pays")):
        return paid
    if not change:
        return f"{paid}, as today"
    share: Any = row.get(f"{model}_change_pct")
    by = "" if is_missing(share) else f", {percent_whole(abs(share))}"
    return f"{paid} ({money_short(abs(change))}{by} {'more' if change > 0 else 'less'})"


def outcome_or_hours(row: Row) -> str:
    """For how many clients an outcome fee would leave more than hours, and for how many less; empty without any."""
    if not or_zero(row.get("clients")):
        return ""
    better, worse = or_zero(row.get("better_under_outcome")), or_zero(row.get("worse_under_outcome"))
    clients = plural(or_zero(row.get("clients")), "client")
    more = f"{count(better)} of {clients} would leave you more under an outcome fee than by the hour"
    return f"{more}, {count(worse)} less."


def rise(row: Row, assumed: Row) -> tuple[str, str]:
    """From what to what a client's fee would rise and by what share, and that this is more than it could be asked."""
    fee: Any = row.get("fee")
    if is_missing(fee):
        return "", ""
    said = f"from {money(fee)} to {money(row['new_fee'])} a month, {percent_whole(row['fee_rise_pct'])} more"
    return said, steep(assumed) if row.get("is_steep") else ""


def steep(assumed: Row) -> str:
    """What is said of a rise that is too steep for one step."""
    return f"more than one renewal carries ({percent_whole(assumed.get('renewal_rise'))})"


def compared(clients: Any, regimes: Any) -> str:
    """How many clients the models are compared for, and who is left out."""
    number = or_zero(clients)
    verb = "is" if number == 1 else "are"
    said = f"{plural(number, 'client')} with managed hours and recurring revenue in these months {verb} compared."
    idle = regimes.drop_duplicates("client_key").groupby("left_out_because")["client"]
    without = [_left_out(list(names), str(reason)) for reason, names in idle]
    return f"{said} Left out of every number here: {'; '.join(without)}." if without else said


def _left_out(names: Sequence[str], reason: str) -> str:
    """How many clients are left out for one reason, with the first of them by name."""
    more = f" and {count(len(names) - MOST_NAMED)} more" if len(names) > MOST_NAMED else ""
    words = {"no hours": "without managed hours", "no invoice": "without any invoice"}
    lacking = words.get(reason, "without recurring revenue")
    return f"{plural(len(names), 'client')} {lacking} ({', '.join(names[:MOST_NAMED])}{more})"


def one_price(regimes: Sequence[Row], share: Any, worked: Any = None) -> str:
    """From which share of automation on an outcome fee would leave more of a client than hours, and what is drawn."""
    said = crossover(regimes)
    if not said or is_missing(share):
        return ""
    paid = regimes[0].get("current_pays")
    without = "" if is_missing(paid) or paid else "Without recurring revenue no contract of today is beside them. "
    return f"{said} {without}The bars are {_covered(regimes[0], worked)}with {percent_whole(share)} automated."


def _covered(row: Row, worked: Any) -> str:
    """Of which of the client's hours the models are, where these aren't all: its margin counts the others too."""
    managed: Any = row.get("client_hours")
    if is_missing(managed) or is_missing(worked) or managed >= worked:
        return ""
    return f"of the {count(managed)} of {formats.hours(worked)} that a fee covers, "


def crossover(regimes: Sequence[Row]) -> str:
    """From which share of automation on an outcome fee would leave more of a client than hours; empty if unknown."""
    outcome = next((row for row in regimes if row["regime"] == "outcome"), {})
    at: Any = outcome.get("crossover_automation_share")
    if is_missing(at):
        return ""
    when = formats.from_share(at)
    always = {"always": "An outcome fee always leaves more than hours", "never": "An outcome fee never beats hours"}
    return f"{always.get(when, f'{when.capitalize()} automation on, an outcome fee leaves more than hours')}."


def corridors(clients: Sequence[Row], assumed: Row) -> str:
    """For how many clients a fixed price could be named today, what stands against the others, and at what change."""
    if not clients:
        return "No client has recurring revenue in the last of these months, so no fee can be compared with today's."
    verdicts = [row["verdict"] for row in clients]
    ready, first = verdicts.count("ready"), verdicts.count("fix_first")
    said = f"{count(ready)} of {plural(len(clients), 'client')} could be offered a fixed price for outcomes today"
    said += f"; {count(first)} {'needs' if first == 1 else 'need'} fixing first" if first else ""
    closed = sum(row["room"] == "no_room" for row in clients)
    verb, they = ("costs", "it") if closed == 1 else ("cost", "they")
    said += f", of which {count(closed)} {verb} more than {they} can be asked for" if closed else ""
    open_ = len(clients) - ready - first
    said += f"; {count(open_)} can't be priced on this data" if open_ else ""
    gaps = [
        row["target_fee"] - row["current_fee"]
        for row in clients
        if row["verdict"] == "fix_first" and not is_missing(row["target_fee"])
    ]
    lacking, much = sum(gap for gap in gaps if gap > 0), sum(bool(row.get("is_steep")) for row in clients)
    said = f"{said}." + (f" Those to be fixed pay {money(lacking)} a month less than their target." if lacking else "")
    return f"{said} The target of {count(much)} asks for {steep(assumed)}." if much else said


def fee(parts: Sequence[Row]) -> str:
    """What a client's target fee is, and what of it is paid for work, for risk and for margin."""
    amounts = {row["part"]: row for row in parts}
    if not amounts:
        return "This client can't be priced on this data; the table says why."
    target, labour, risk, margin = (amounts[part] for part in ("target", "labour", "risk", "margin"))
    return (
        f"Of {money(target['amount'])} a month {money(labour['amount'])} pay for the hours to expect, "
        f"{money(risk['amount'])} for a bad year, and {money(margin['amount'])} are margin "
        f"({percent_whole(margin['share'])}).{_no_credits(amounts)}"
    )


def _no_credits(amounts: Mapping[str, Row]) -> str:
    """That a fee carries no credits because none can be known; empty where they are."""
    if "credits" not in amounts or not is_missing(amounts["credits"]["amount"]):
        return ""
    return " What credits would take is not known: no service level can be measured, so the fee carries none."


def book(years: Row, loads: Row) -> str:
    """What the clients' prices carry for risk, against the bad year of ten that a buyer would want covered."""
    if is_missing(years.get("cushion")):
        return "The book's bad years aren't known: that takes six months that count for at least half of its clients."
    carried: Any = loads.get("sum_of_risk_loads")
    said = (
        f"An ordinary year of the {plural(loads['clients'], 'client')} with a price{_of_months(years)} takes "
        f"{money_short(years['mean_year'])} of labour; one year in ten takes {money_short(years['cushion'])} more. "
    )
    verb = "covers" if carried >= years["cushion"] else "doesn't cover"
    return f"{said}The risk in their prices, {money_short(carried)} together, {verb} that."


def _of_months(years: Row) -> str:
    """Of how many months an ordinary year and a bad one are made, where these are no whole year."""
    return f"{made}," if (made := caveats.made_a_year(years.get("months"))) else ""


def surges(row: Row) -> str:
    """How often a month goes far beyond the usual, what that takes, and what no month of the data holds."""
    if not or_zero(row.get("client_months")):
        return "Surges can't be counted: no client has six months that count."
    seen, months = or_zero(row["surges"]), plural(row["client_months"], "client month")
    beyond = "three times that client's usual hours"
    outside = "An event that is in none of these months, such as ransomware, belongs out of the contract or insured."
    if not seen:
        return f"None of {months} took more than {beyond}. {outside}"
    return (
        f"{count(seen)} of {months} took more than {beyond}, {formats.hours_spoken(row['surge_hours'])} beyond the "
        f"usual on average: {formats.money_exact(row['load_a_month'])} a client and month, already among the hours "
        f"to expect. {outside}"
    )


def gains(models: Sequence[Row], percent: int, client: str = "") -> str:
    """Who keeps what automation saves: by the hour, and under an outcome fee."""
    known = {row["model"]: row for row in models if not is_missing(row["customer_pays"])}
    if "hourly" not in known or not or_zero(known["hourly"]["of_clients"]):
        whose = f"{client} has no" if client else "No client has"
        return f"{whose} managed hours in these months, so no model can be compared."
    hourly, outcome = known["hourly"], known.get("outcome")
    saved = hourly["saved_labour_cost"]
    if not percent or not saved:
        return "With nothing automated there is nothing to keep: move the slider."
    of = client or plural(hourly["clients"], "client")
    said = f"{percent}\N{NO-BREAK SPACE}% automation saves {money_short(saved)} of labour for {of}."
    verb = "would pay" if client else "together would pay"
    lost = hourly["provider_gain"]
    by_hour = f"By the hour the client {verb} {money_short(hourly['customer_gain'])} less"
    by_hour = by_hour if client else by_hour.replace("the client together", "they")
    you = f"cost you {money_short(abs(lost))}" if lost < 0 else f"leave you {money_short(lost)}"
    kept = f"; under an outcome fee you would keep {money_short(outcome['provider_gain'])}" if outcome else ""
    return f"{said} {by_hour} and automating would {you}{kept}."


def models_compared(models: Sequence[Row]) -> str:
    """That every model shares out the same saving, and for which the price isn't known."""
    same = "In each model what the client keeps and what you keep are together the labour saved, to the cent."
    unpriced = [formats.words(row["model"]).lower() for row in models if is_missing(row["customer_pays"])]
    some = [
        f"{formats.words(row['model']).lower()} of {count(row['clients'])} of {plural(row['of_clients'], 'client')}"
        for row in models
        if 0 < row["clients"] < row["of_clients"]
    ]
    lacks = f" Without a price, and so a dash: {', '.join(unpriced)}." if unpriced else ""
    return f"{same}{lacks}" + (f" Known in part: {', '.join(some)}." if some else "")
