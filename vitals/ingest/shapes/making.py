"""The columns that are made of others, one function for each rule word; all take and give text, None for empty.

join             first name and last name, or date and time, with a blank between
first_filled     the first of several cells that isn't empty
net_amount       an invoice's amount without the tax, where amount = tax + its parts
without_tax      a total less the tax beside it
between          end less start in hours: start, end or start date, start time, end date, end time
between_clock    hours from a day's start time to its end time, past midnight if that is earlier
times            quantity x unit amount, less a discount in per cent
credit_by_type   yes where the document is a credit note or a refund
inverted         yes where a "non-..." column says no or nothing
billable_word    ConnectWise's Billable, No Charge, Do Not Bill
stars_5          1 to 5 stars as 1 happy, 0 neutral, -1 unhappy
good_bad         words of a survey as the same
icon_colour      the colour in the path of an icon
resources_list   "a, b" as "a; b": several technicians
ticket_type_word a help desk's word as incident, request, alert, change or project
path_first       Hardware of Hardware>Laptop>Battery; path_rest is what follows
no_document_word the text unless it only names a kind of document
five_days        a day's capacity as a week's
minutes_after    a moment and the minutes that passed until the one that is meant
resolved_or_done the moment of resolution, else that in which the status became done
when_held        the planned day, where another cell says that the review took place
client_in_subject     the client in "Acme QBR" or "Quarterly business review: Acme"
cancelled_in_subject  cancelled where the subject says so
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePosixPath

from vitals.ingest.shapes.spans import between, between_clock, minutes_after, net_amount, times, without_tax

Cell = str | None
CREDIT = re.compile(r"credit|refund|gutschrift|avoir", re.I)
DOCUMENT = re.compile(
    r"^(?:invoice|sales invoice|sales receipt|receipt|credit ?memo|credit ?note|sales credit note"
    r"|refund(?: receipt)?)$",
    re.I,
)
NO = {"no", "n", "false", "f", "0"}
NO_CHARGE = {"nocharge", "donotbill", "nb", "nonbillable", "nc", "unbillable", "notbillable"}
SURVEY = (
    (re.compile(r"not offered|unoffered|^offered", re.I), None),
    (re.compile(r"unhappy|bad|dissatisfied|not satisfied|poor|negative", re.I), "-1"),
    (re.compile(r"neutral|okay|^ok$", re.I), "0"),
    (re.compile(r"good|happy|satisfied|awesome|great|positive", re.I), "1"),
)
STARS = {"5": "1", "4": "1", "3": "0", "2": "-1", "1": "-1"}
TYPES = (
    ("alert", "alert|monitoring"),
    ("change", "change"),
    ("project", "project"),
    ("incident", "incident|problem|break.?fix|error"),
    ("request", "request|question|task|how.?to"),
)
DONE = {"done", "listo", "hecho", "completado", "finalizado", "terminé", "terminee", "fertig", "erledigt", "complete"}
HELD = {"yes", "y", "true", "x", "1", "held", "done", "complete", "completed", "took place", "✓", "✔"}
CANCELLED = re.compile(r"^\s*(?:canceled|cancelled|abgesagt|annulé|cancelado)\s*:", re.I)
REVIEW = re.compile(
    r"\b(?:q[1-4]\b(?:\s*(?:fy)?\d{2,4})?|qbrs?|tbrs?|ebrs?|quarterly|annual|strategic|technology|service|business|reviews?"
    r"|meeting|prep|canceled|cancelled|re|fw|fwd|updated|20\d\d)\b",
    re.I,
)
EDGES = " -–—:|/,@()[]&"
LINKS = re.compile(r"^(?:with|for|mit|avec)\s+|\s+(?:with|for)$", re.I)


def join(*cells: Cell) -> Cell:
    """The filled cells with a blank between."""
    return " ".join(cell.strip() for cell in cells if cell and cell.strip()) or None


def first_filled(*cells: Cell) -> Cell:
    """The first cell that says something."""
    return next((cell.strip() for cell in cells if cell and cell.strip()), None)


def credit_by_type(kind: Cell) -> Cell:
    """Whether the document is a credit note."""
    return None if not kind else "yes" if CREDIT.search(kind) else "no"


def inverted(cell: Cell) -> Cell:
    """The opposite of yes or no; an empty "non-billable" is billable."""
    return "yes" if not cell or cell.strip().casefold() in NO else "no"


def billable_word(cell: Cell) -> Cell:
    """Yes for Billable, no for what is not charged; anything else stays as it is."""
    word = re.sub(r"[^a-z]", "", (cell or "").casefold())
    return "yes" if word == "billable" else "no" if word in NO_CHARGE else cell


def stars_5(cell: Cell) -> Cell:
    """Five stars as three."""
    return STARS.get(cell.strip().removesuffix(".0"), cell) if cell else None


def good_bad(cell: Cell) -> Cell:
    """The words of a survey as -1, 0 or 1; what was not answered is empty, other words stay."""
    return next((meant for pattern, meant in SURVEY if pattern.search(cell)), cell) if cell else None


def icon_colour(cell: Cell) -> Cell:
    """The name of the file that a path of an icon ends in."""
    return PurePosixPath(cell.strip()).stem if cell and "/" in cell else cell


def resources_list(cell: Cell) -> Cell:
    """Several technicians in one cell, with semicolons between."""
    return "; ".join(part.strip() for part in re.split(r"[,;]", cell) if part.strip()) or None if cell else None


def ticket_type_word(cell: Cell) -> Cell:
    """The contract's word for a kind of ticket, else the export's."""
    return next((meant for meant, words in TYPES if re.search(words, cell, re.I)), cell) if cell else None


def path_first(cell: Cell) -> Cell:
    """The first step of a category's path."""
    return cell.partition(">")[0].strip() or None if cell else None


def path_rest(cell: Cell) -> Cell:
    """The path after its first step."""
    return cell.partition(">")[2].strip() or None if cell else None


def no_document_word(cell: Cell) -> Cell:
    """The text, unless it is only the kind of document."""
    return None if not cell or DOCUMENT.match(cell.strip()) else cell


def five_days(cell: Cell) -> Cell:
    """Five days of a day's capacity."""
    return times("5", cell, None) if cell else None


def resolved_or_done(resolved: Cell, category: Cell, changed: Cell) -> Cell:
    """The moment of resolution, else the moment in which a finished ticket took its status."""
    if resolved and resolved.strip():
        return resolved
    return changed if category and category.strip().casefold() in DONE else None


def when_held(word: Cell, day: Cell) -> Cell:
    """The day, if the word says that it took place."""
    return day if word and word.strip().casefold() in HELD else None


def client_in_subject(subject: Cell) -> Cell:
    """What stays of a subject without the words of a review."""
    text = REVIEW.sub(" ", subject or "")
    previous = None
    while previous != text:
        previous = text
        text = LINKS.sub("", text.strip(EDGES))
    return re.sub(r"\s+", " ", text) or None


def cancelled_in_subject(subject: Cell) -> Cell:
    """Cancelled, where the calendar put that word before the subject."""
    return "cancelled" if CANCELLED.match(subject or "") else None


RULES: dict[str, Callable[..., Cell]] = {
    rule.__name__: rule
    for rule in (
        *(
            join,
            first_filled,
            net_amount,
            without_tax,
            between,
            between_clock,
            times,
            credit_by_type,
            inverted,
            billable_word,
        ),
        *(stars_5, good_bad, icon_colour, resources_list, ticket_type_word, path_first, path_rest, no_document_word),
        *(five_days, minutes_after, resolved_or_done, when_held, client_in_subject, cancelled_in_subject),
    )
}
