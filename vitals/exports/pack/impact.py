"""The slide on what urgent incidents cost: how many there were, how many are open, the hours that users lost."""

from __future__ import annotations

from collections.abc import Iterator

from vitals import formats
from vitals.exports.pack.facts import Facts, Row
from vitals.exports.pack.service import quarters, than
from vitals.exports.pack.slides import Figure, Slide


def impact(facts: Facts) -> Iterator[Slide]:
    """Urgent incidents opened, resolved and still open, and hours that users lost, under an assumption that is said."""
    rows, now = facts.rows("impact_quarters"), facts.now("impact_quarters")
    counts = ("sev1_opened", "sev2_opened", "sev1_incidents", "sev2_incidents", "still_open")
    if now.get("still_open") is None or not any(row[name] for row in rows for name in counts):
        return
    is_known = now["user_hours_lost"] is not None
    named = {"sev1_hours": "Critical", "sev2_hours": "High priority"}
    label = "User hours lost" if is_known else "Business hours of urgent incidents resolved"
    yield Slide(
        "business impact", "Business impact", _urgent(facts, now), _urgent_figures(facts, now),
        quarters(facts, "impact_quarters", {"user_hours_lost": label} if is_known else named, "hours",
                 f"{label} in each of eight quarters", f"{label}, by quarter", "columns" if is_known else "stacked"),
        footnote=facts.untyped + _assumed(now, formats.hours(now["sev1_hours"] + now["sev2_hours"])),
        speaker="The share of users is an assumption: ask whether it fits, and change it together. What would have "
        "kept the longest incident short?",
    )  # fmt: skip


def _urgent(facts: Facts, now: Row) -> str:
    """What became of urgent incidents: those still open are said first, since nobody knows yet what they will cost."""
    opened, resolved = (now[f"sev1_{name}"] + now[f"sev2_{name}"] for name in ("opened", "incidents"))
    lost, still = now["user_hours_lost"], now["still_open"]
    if not opened and not resolved and not still:
        return f"No urgent incident cost your users time in {facts.quarter.name}"
    carried = f" and {now['carried']} carried over" if now["carried"] else ""
    said = f"{formats.plural(opened, 'urgent incident')} opened{carried}, {resolved or 'none'} resolved"
    if still:
        return f"{said}, {still} still open (the oldest for {_open_for(facts, now)})"
    if lost is None:
        return f"{said} in {facts.quarter.name}"
    change = than(lost, facts.past("impact_quarters").get("user_hours_lost"), facts.quarter.before.name)
    return f"Urgent incidents cost your users about {formats.hours(lost)}{f', {change}' if change else ''}"


def _open_for(facts: Facts, now: Row) -> str:
    """For how long the oldest was open, and on which day: the quarter's last, or the last that the tickets reach."""
    is_end = now["stood_on"] == facts.quarter.last_day
    on = "at the quarter's end" if is_end else f"on {formats.day(now['stood_on'])}"
    return f"{formats.days(now['oldest_open_days'])} {on}"


def _urgent_figures(facts: Facts, now: Row) -> tuple[Figure, ...]:
    each = (("sev1", "critical incidents"), ("sev2", "high-priority incidents"))
    oldest = f"the oldest for {formats.days(now['oldest_open_days'])}" if now["still_open"] else "critical or high"
    return (
        *(
            Figure(label, formats.count(now[f"{name}_opened"]),
                   f"opened; {now[f'{name}_incidents']} resolved, {formats.hours(now[f'{name}_hours'])}")
            for name, label in each
        ),
        Figure("of both still open", formats.count(now["still_open"]), oldest),
        Figure("user hours lost", formats.hours(now["user_hours_lost"]),
               "by those resolved, see below" if now["users"] is not None else "users not supplied"),
    )  # fmt: skip


def _assumed(now: Row, hours: str) -> str:
    """What user hours suppose, in words."""
    whenever = "Carried over: opened in an earlier quarter. " if now["carried"] else ""
    if now["user_hours_lost"] is None:
        return f"{whenever}How many users there are was not supplied, so the hours that they lost are not known."
    first, second = (formats.percent_whole(now[f"{name}_share"]) for name in ("sev1", "sev2"))
    return (
        f"{whenever}Assumes that a critical incident stops {first} of your {formats.count(now['users'])} users and a "
        f"high-priority one {second}, for as long as it took in business time, pauses taken off: those resolved took "
        f"{hours} in all."
    )
