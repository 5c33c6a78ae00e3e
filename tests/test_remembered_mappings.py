"""What the user said of a header holds for the next file that has it, until the load is taken back."""

from __future__ import annotations

import json

import pytest

from vitals import warehouse, workspace

FIRST = b"client,invoiced_on,special,amount\nBirch,2025-10-03,100,120\n"
NEXT = b"client,invoiced_on,special,amount\nAlder,2025-11-03,60,72\n"
OTHER = b"client,invoiced_on,amount,special\nAlder,2025-11-03,72,60\n"
pytestmark = pytest.mark.usefixtures("lazily")


@pytest.fixture
def con():
    return warehouse.connect()


def load(con, data: bytes, name: str = "lines.csv", **said) -> dict:
    (report,) = workspace.load_files(con, [workspace.Upload(name, data)], workspace.LoadOptions(**said))
    return report


SPECIAL = {"lines.csv": {"columns": {"amount": "special"}}}


def test_next_file_with_the_same_header_is_read_alike(con):
    assert load(con, FIRST, mappings=SPECIAL).money_loaded == 100
    assert load(con, NEXT, "november.csv").money_loaded == 60


def test_another_header_is_read_as_ever(con):
    load(con, FIRST, mappings=SPECIAL)
    assert load(con, OTHER, "november.csv").money_loaded == 72


def test_nothing_is_remembered_of_a_file_nobody_spoke_of(con):
    load(con, FIRST)
    assert con.execute("select * from raw.mappings").fetchall() == []


def test_mapping_given_now_goes_before_the_remembered_one(con):
    load(con, FIRST, mappings=SPECIAL)
    again = {"november.csv": {"columns": {"amount": "amount"}}}
    assert load(con, NEXT, "november.csv", mappings=again).money_loaded == 72


def test_load_taken_back_takes_its_mapping_along(con):
    load(con, FIRST, mappings=SPECIAL)
    workspace.undo(con, 1)
    assert load(con, NEXT, "november.csv").money_loaded == 72


def test_mapping_that_others_still_use_stays(con):
    load(con, FIRST, mappings=SPECIAL)
    load(con, NEXT, "november.csv")
    workspace.undo(con, 1)
    assert load(con, FIRST).money_loaded == 100


def test_mapping_of_a_load_can_be_given_to_the_command_line(con, tmp_path):
    load(con, FIRST, mappings=SPECIAL)
    kept = tmp_path / "mapping.json"
    kept.write_text(con.execute("select mapping from raw.loads").fetchall()[0][0], encoding="utf-8")
    assert json.loads(kept.read_text())["columns"]["amount"] == "special"
    with warehouse.connect() as fresh:
        assert load(fresh, NEXT, mapping=kept).money_loaded == 60


DEEP = "[" * 900 + "]" * 900
ODD = (
    '["x"]',
    '"x"',
    '{"columns": ["client"]}',
    '{"columns": {}, "rules": ["x"]}',
    f'{{"columns": {{"client": {DEEP}}}}}',
)


@pytest.mark.parametrize("text", [*ODD, "{", "[" * 200_000], ids=lambda text: text[:40])
def test_odd_mapping_given_to_the_command_line_refuses_the_file_in_a_sentence(con, tmp_path, text):
    kept = tmp_path / "mapping.json"
    kept.write_text(text, encoding="utf-8")
    refused = load(con, FIRST, mapping=kept)
    assert refused.decision == "refuse" and refused.message.startswith("The mapping")
    assert load(con, NEXT).decision == "accept"


@pytest.mark.parametrize("text", ODD, ids=lambda text: text[:40])
def test_odd_mapping_given_beside_a_file_refuses_that_file_alone(con, text):
    files = [workspace.Upload("lines.csv", FIRST), workspace.Upload("next.csv", NEXT)]
    options = workspace.LoadOptions(mappings={"lines.csv": json.loads(text)})
    refused, loaded = workspace.load_files(con, files, options)
    assert refused.decision == "refuse" and refused.message.startswith("The mapping")
    assert (loaded.decision, loaded.money_loaded) == ("accept", 72)


def test_mapping_remembered_in_the_words_of_before_still_holds(con):
    load(con, FIRST, mappings=SPECIAL)
    kept = json.loads(con.execute("select mapping from raw.mappings").fetchall()[0][0])
    before = {name: kept[name] for name in ("fingerprint", "entity", "system", "columns", "constants")}
    con.execute("update raw.mappings set mapping = ?", [json.dumps({**before, "rules": {"*cap": "1"}})])
    report = load(con, NEXT, "november.csv")
    assert report.money_loaded == 60
    assert any("stops an export at 1 records" in text for text in report.warnings)


def bills(status: str, number: int = 1) -> bytes:
    return b"Invoice #,Client,Invoice Date,Amount,Status\n%d,Birch,2025-10-03,100,%s\n" % (number, status.encode())


def test_a_word_is_asked_about_once_until_the_load_is_taken_back(con):
    assert [item.name for item in load(con, bills("On hold")).questions] == ["what_is_on_hold"]
    first = load(con, bills("On hold"), answers={"what_is_on_hold": "not_revenue"})
    assert (first.reasons, first.rows_loaded) == ({"not_revenue": 1}, 0)
    second = load(con, bills("on-hold", 2), "november.csv")
    assert (second.questions, second.reasons) == ((), {"not_revenue": 1})
    workspace.undo(con, first.load_id, second.load_id)
    assert [item.name for item in load(con, bills("On hold", 3)).questions] == ["what_is_on_hold"]


def test_words_that_were_remembered_before_there_were_ended_agreements_still_hold(con):
    said = {"lines.csv": {"columns": {"amount": "Amount"}}}
    load(con, bills("On hold"), mappings=said, answers={"what_is_on_hold": "not_revenue"})
    kept = json.loads(con.execute("select mapping from raw.mappings").fetchall()[0][0])
    del kept["shapes"]["documents"]["ended"]
    con.execute("update raw.mappings set mapping = ?", [json.dumps(kept)])
    assert load(con, bills("On hold", 2), "november.csv").reasons == {"not_revenue": 1}


def test_another_word_under_a_header_that_is_remembered_is_asked_about(con):
    said = {"lines.csv": {"columns": {"amount": "Amount"}}}
    assert load(con, bills("Paid"), mappings=said).money_loaded == 100
    assert [item.name for item in load(con, bills("In dispute", 2), "november.csv").questions] == ["what_is_in_dispute"]
