"""Answers that would do nothing are said to, instead of being ignored."""

import pytest

from vitals import cli, warehouse, workspace
from vitals.errors import VitalsError
from vitals.ingest.preparation import prepare

DATES = "client,invoiced_on,amount\nAcme,03/04/2025,10\n"

pytestmark = pytest.mark.usefixtures("lazily")


def loaded(**answers):
    con = warehouse.connect()
    try:
        options = workspace.LoadOptions(answers={key.replace("__", "."): text for key, text in answers.items()})
        return workspace.load_files(con, [workspace.Upload("a.csv", DATES.encode())], options, prepare=prepare)[0]
    finally:
        con.close()


@pytest.mark.parametrize(
    ("question", "hint"),
    [
        ("day_or_mont_first", 'Is "day_or_month_first" meant?'),
        ("a.csv:which_column_is_amonut", 'Is "which_column_is_amount" meant?'),
        ("xyz", "Questions are confirm_mapping"),
    ],
)
def test_question_that_is_never_asked_is_refused(question, hint):
    with pytest.raises(VitalsError, match="There is no question") as refusal:
        loaded(**{question: "dmy"})
    assert hint in refusal.value.hint


@pytest.mark.parametrize("answers", [{"replace_invoice": "add"}, {"which_column_is_amount": "3"}])
def test_question_that_this_file_does_not_ask_may_be_answered(answers):
    assert loaded(day_or_month_first="dmy", **answers).decision == "accept"


def test_answer_for_a_file_that_is_not_loaded_is_named():
    report = loaded(**{"b.csv:day_or_month_first": "dmy"})
    assert report.decision == "ask"
    assert 'for "b.csv", which is not among the files' in report.message
    assert loaded(**{"some/a.csv:day_or_month_first": "dmy"}).warnings == ()


def test_command_line_says_so(tmp_path, capsys):
    file = tmp_path / "a.csv"
    file.write_text(DATES)
    own = ["load", "--workspace", str(tmp_path / "w.duckdb"), str(file)]
    assert cli.main([*own, "--answer", "day_or_month=dmy"]) == 2
    assert 'There is no question "day_or_month"' in capsys.readouterr().err
    assert cli.main([*own, "--answer", "b.csv:day_or_month_first=dmy"]) == 1
    assert 'for "b.csv"' in capsys.readouterr().out
