"""Captions that fit many things are mapped by what stands below them, with one question; no figures are left unread."""

import pytest

from tests.ingest.tables import from_csv
from vitals.errors import UnrecognisedError, VitalsError
from vitals.ingest.recognise.match import match

ASKED = [
    ("Incident_ID,Open_Time,Resolved_Time,Close_Time,Handle_Time_hrs\n"
     "IM1,2026-05-01 09:00,2026-05-01 10:00,2026-05-02 10:00,0.5\n"
     "IM2,2026-05-03 09:00,2026-05-03 12:00,2026-05-04 10:00,1.25",
     "tickets", {"ticket_id": 0, "opened_at": 1, "resolved_at": 2, "closed_at": 3, "hours": 4}),
    ("Engineer,Grade,Salary\nAna Roth,L2,52000\nBo Lind,L1,41000", "technicians",
     {"technician": 0, "level": 1, "annual_wage": 2}),
    ("Who,per hour\nAna Roth,52\nBo Lind,41.5", "technicians", {"technician": 0, "hourly_cost": 1}),
    ("Resource Name,Cost/hr\nAna Roth,52\nBo Lind,41.5", "technicians", {"technician": 0, "hourly_cost": 1}),
    ("Bill To,Invoice Ref,Raised,Value\nAcme,7,2026-05-04,100.00\nBirch,8,2026-05-05,200.00", "invoice_lines",
     {"client": 0, "invoice_number": 1, "invoiced_on": 2, "amount": 3}),
    ("Kunde,Techniker,Datum,Aufwand (h)\nAcme,Ana,2026-05-04,1.5\nBirch,Bo,2026-05-13,2.25", "time_entries",
     {"client": 0, "technician": 1, "worked_on": 2, "hours": 3}),
    # hours of two kinds are worked all the same: made of both, behind the table's own columns
    ("Customer,Technician,Regular Hours,Overtime Hours,Work Date\nAcme,Ana,6,1,2026-05-04", "time_entries",
     {"hours": 5}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "entity", "columns"), ASKED, ids=[text.partition("\n")[0] for text, _, _ in ASKED])
def test_general_captions_are_mapped_with_one_question(text, entity, columns):
    [found] = match(from_csv(text))
    assert (found.entity, [item.name for item in found.questions]) == (entity, ["confirm_mapping"])
    assert {name: found.columns[name] for name in columns} == columns


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Client,Hours\nAcme,12.5\nBirch,3", '"Hours" holds hours, and clients have none'),
        ("Technician,Total Hours,Billable Hours\nAna,120,90", 'nearest to time entries, but has no column "Date"'),
        ("Customer,Net sales\nAcme,1200.50\nBirch,300.00", 'nearest to invoices, but has no column "Invoice Date"'),
        ("Client,Person,Monday,Tuesday,Wednesday\nAcme,Ana,1,2,0.5", "a weekly timesheet"),
    ],
)
def test_a_list_whose_figures_have_no_place_is_refused_by_their_names(text, said):
    with pytest.raises(VitalsError) as refusal:
        match(from_csv(text))
    assert said in refusal.value.message


def test_what_a_refused_table_may_be_is_suggested():
    with pytest.raises(UnrecognisedError) as refusal:
        match(from_csv("Ticket#,Organization,Agent,Time Units\n7,Acme,Ana,15.0\n7,Acme,Bo,30.0"))
    assert refusal.value.nearest == "time_entries"
    assert refusal.value.suggested == {"ticket_id": 0, "client": 1, "technician": 2, "hours": 3}


@pytest.mark.parametrize("header", ["Account Name,Industry,Annual Revenue", "Client,Tier,Users,Open Balance"])
def test_a_list_of_clients_stays_one_whatever_is_known_of_them_beside(header):
    [found] = match(from_csv(f"{header}\nAcme,Gold,25,300.00"[: None if header.count(",") > 2 else -7]))
    assert (found.entity, found.questions) == ("clients", ())
