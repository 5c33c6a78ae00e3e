"""The dirt that real exports have, planted on purpose: repeats, contradictions, unreadable cells, odd spellings."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from .sheets import Sheet
from .world import stream

Sheets = Mapping[str, Sheet]


def _copy(sheet: Sheet, place: int, **changes: str) -> None:
    """Appends a copy of a row with some cells changed; a caption's blanks are underscores here."""
    row = list(sheet.rows[place])
    for caption, value in changes.items():
        row[sheet.position(caption.replace("_", " ") if caption[0].isupper() else caption)] = value
    sheet.rows.append(row)


def _find(sheet: Sheet, start: int, **wanted: str) -> int:
    """The first row from there on whose cells hold these values."""
    places = {sheet.position(caption.replace("_", " ")): value for caption, value in wanted.items()}
    return next(n for n in range(start, len(sheet.rows)) if all(sheet.rows[n][p] == v for p, v in places.items()))


def _tickets(sheet: Sheet) -> None:
    """Three exact repeats, two tickets that contradict themselves, five unreadable rows."""
    alert = _find(sheet, 4000, Source="Monitoring")
    _copy(sheet, 120)
    _copy(sheet, 120)
    _copy(sheet, 5000)
    _copy(sheet, alert, Status="In Progress")
    _copy(sheet, _find(sheet, 9000, Source="Monitoring"), Priority="High")
    _copy(sheet, 700, Ticket_Number="T20250101.9001", Created="02/30/2025 09:15 AM")
    _copy(sheet, 701, Ticket_Number="T20250101.9002", Created="")
    _copy(sheet, 702, Ticket_Number="T20250101.9003", Created="04/12/1998 10:00 AM")
    _copy(sheet, 703, Ticket_Number="")
    _copy(sheet, 704, Ticket_Number="T20250101.9005", Total_Hours_Worked="about two")


def _time(sheet: Sheet) -> None:
    """Two exact repeats, one contradiction, six unreadable rows, a correction, an entry after the last day at work."""
    _copy(sheet, 300)
    _copy(sheet, 9000)
    _copy(sheet, 4000, Hours="7.50")
    _copy(sheet, 500, entry_id="900001", Hours="see notes")
    _copy(sheet, 501, entry_id="900002", Hours="")
    _copy(sheet, 502, entry_id="900003", Date="02/30/2026")
    _copy(sheet, 503, entry_id="900004", Date="")
    _copy(sheet, 504, entry_id="900005", Date="05/14/1998")
    _copy(sheet, 505, entry_id="900006", billed_amount="to be agreed")
    _copy(sheet, _find(sheet, 20000, coverage="agreement"), entry_id="900007", Hours="-0.50", ticket_id="")
    late = _find(sheet, 0, Member="Leila Haddad", coverage="agreement")
    _copy(sheet, late, entry_id="900008", Date="03/03/2026", Hours="2.00", ticket_id="")


def _invoices(sheet: Sheet) -> None:
    """One exact repeat, one contradiction, four unreadable rows."""
    _copy(sheet, 200)
    _copy(sheet, 900, LineAmount="1.00")
    _copy(sheet, 50, InvoiceNumber="INV-90001", LineAmount="TBC")
    _copy(sheet, 51, InvoiceNumber="INV-90002", LineAmount="")
    _copy(sheet, 52, InvoiceNumber="INV-90003", InvoiceDate="")
    _copy(sheet, 53, InvoiceNumber="INV-90004", ContactName="")


def _spell(sheet: Sheet, caption: str, name: str, other: str, share: float) -> None:
    """Writes a name in another way in some of its rows."""
    draw, place = stream(f"spell:{sheet.file}:{other}"), sheet.position(caption)
    for row in sheet.rows:
        if row[place] == name and draw.random() < share:
            row[place] = other


def _spellings(sheets: Sheets) -> None:
    """The same client in capitals, with two blanks, and with its accent written apart."""
    decomposed = unicodedata.normalize("NFD", "Brasserie Éclatante")
    _spell(sheets["invoice_lines"], "ContactName", "Brasserie Éclatante", decomposed, 1.0)
    _spell(sheets["tickets"], "Company", "Elderquay Logistics", "ELDERQUAY  LOGISTICS", 0.05)
    _spell(sheets["time_entries"], "Company", "Elderquay Logistics", "elderquay logistics ", 0.05)


def _clients_of_entries(sheet: Sheet) -> None:
    """Some entries leave the client to their ticket; three name another client than their ticket does."""
    draw, client, ticket = stream("entries without client"), sheet.position("Company"), sheet.position("ticket_id")
    for row in sheet.rows:
        if row[ticket] and draw.random() < 0.1:
            row[client] = ""
    places = [n for n, row in enumerate(sheet.rows) if row[client] == "Larkhill Foods" and row[ticket]][5:300:100]
    for place in places:
        sheet.rows[place][client] = "Larkhill Farms"


def _uncovered(sheet: Sheet) -> None:
    """Entries that leave open how they are covered, as most systems do: one for each rule that then decides."""
    rules: list[tuple[int, dict[str, str]]] = [
        (1000, {}),
        (1500, {"agreement": "", "Billable": "Billable", "billed_amount": "0.00"}),
        (2000, {"agreement": "", "Billable": "Billable", "billed_amount": "150.00"}),
        (2500, {"agreement": "", "Work_Type": "Internal meeting"}),
        (3000, {"agreement": "", "Work_Type": "Internal meeting", "Billable": "Billable", "billed_amount": "150.00"}),
        (3500, {"agreement": ""}),
    ]
    for start, changes in rules:
        row = sheet.rows[_find(sheet, start, coverage="agreement")]
        for caption, value in ({"coverage": ""} | changes).items():
            row[sheet.position(caption.replace("_", " ") if caption[0].isupper() else caption)] = value


def _tickets_without_client(sheet: Sheet) -> None:
    """Alerts of devices that nobody has placed yet."""
    places = [n for n, row in enumerate(sheet.rows) if row[sheet.position("Source")] == "Monitoring"][40:2000:300]
    for place in places:
        sheet.rows[place][sheet.position("Company")] = ""


def soil(sheets: Sheets) -> None:
    """Plants everything that a trustworthy import must find."""
    _clients_of_entries(sheets["time_entries"])
    _uncovered(sheets["time_entries"])
    _tickets_without_client(sheets["tickets"])
    _spellings(sheets)
    _tickets(sheets["tickets"])
    _time(sheets["time_entries"])
    _invoices(sheets["invoice_lines"])
    sheets["time_off"].rows.append(list(sheets["time_off"].rows[30]))
