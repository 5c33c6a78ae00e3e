"""A mapping is saved as a file and given again beside the next one."""

from __future__ import annotations

import json

from tests.ui.conftest import open_page, words
from vitals.ui.start import queue, saved_mappings

LINES = b"Who,invoiced_on,special,amount\nBirch,2025-10-03,100,120\n"
SPECIAL = {"entity": "invoice_lines", "columns": {"client": "Who", "invoiced_on": "invoiced_on", "amount": "special"}}
PARCEL = saved_mappings.QueuedFile("lines.csv", LINES)
OTHER = saved_mappings.QueuedFile("other.csv", LINES)


def as_parcel(name: str, mapping: object = SPECIAL) -> saved_mappings.QueuedFile:
    return saved_mappings.QueuedFile(name, json.dumps(mapping).encode())


def test_mapping_goes_with_the_file_that_it_is_named_for():
    files, left = saved_mappings.beside([PARCEL, OTHER, as_parcel("lines.csv.mapping.json")], {})
    assert [(item.name, bool(item.mapping)) for item in files] == [("lines.csv", True), ("other.csv", False)]
    assert left == {}


def test_mapping_of_another_name_goes_with_every_file():
    files, _ = saved_mappings.beside([PARCEL, OTHER, as_parcel("ours.json")], {})
    assert [item.mapping for item in files] == [SPECIAL, SPECIAL]


def test_mapping_that_comes_first_waits_for_its_file():
    files, waiting = saved_mappings.beside([as_parcel("ours.json")], {})
    assert files == [] and waiting == {"ours.json": SPECIAL}
    assert saved_mappings.beside([PARCEL], waiting)[0][0].mapping == SPECIAL


def test_json_that_is_no_mapping_is_a_file_like_any_other():
    for content in (b"[1]", b"{broken", b'{"a": 1}'):
        parcel = saved_mappings.QueuedFile("x.json", content)
        assert saved_mappings.beside([parcel], {}) == ([parcel], {})


def test_columns_chosen_anew_go_before_the_mapping():
    used = {**SPECIAL, "rules": {"amount": "inverted"}}
    said = saved_mappings.told(used, {"amount": 4, "client": ""})
    assert said["columns"] == {"invoiced_on": "invoiced_on", "amount": 4}
    assert said["rules"] == {}


def test_unit_of_a_column_chosen_anew_no_longer_holds():
    used = {"entity": "time_entries", "columns": {"worked_on": 1, "hours": 2}, "units": {"hours": "minutes"}}
    assert saved_mappings.told(used, {"hours": 3})["units"] == {}


def test_odd_mapping_refuses_its_file_and_no_other():
    app, found = open_page("start"), {}
    odd = json.dumps({**SPECIAL, "rules": ["x"]}).encode()
    for name, content in (("lines.csv.mapping.json", odd), ("lines.csv", LINES), ("clients.csv", b"client\nBirch\n")):
        app.file_uploader[0].upload(name, content, "text/csv")
        app.run()
        assert not app.exception
        reports = app.session_state.get(queue.REPORTS, ())
        found |= {report.file: (report.decision, report.message) for report in reports}
    assert found["lines.csv"][0] == "refuse" and '"rules"' in found["lines.csv"][1]
    assert found["clients.csv"][0] == "accept"


def test_file_and_mapping_dropped_together_are_loaded_by_it():
    app = open_page("start")
    app.file_uploader[0].upload("ours.json", json.dumps(SPECIAL).encode(), "application/json")
    app.run()
    assert "ours&#46;json waits" in words(app)
    app.file_uploader[0].upload("lines.csv", LINES, "text/csv")
    app.run()
    assert not app.exception
    (report,) = app.session_state[queue.REPORTS]
    assert (report.decision, report.money_loaded) == ("accept", 100)
    assert "Save this mapping" in {button.proto.label for button in app.get("download_button")}
