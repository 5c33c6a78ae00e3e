"""Delimited text: encodings, delimiters, first-line notes, and records that are damaged."""

from __future__ import annotations

import pytest

from tests.ingest.written import FIRST, HEADER, INVOICES, SECOND, cells, flagged, left_out, numbers, only

PLAIN = HEADER + FIRST + SECOND
ACCENTED = HEADER + "1,Café Zürich – “GmbH” €,2025-03-01,5.00\n"


def test_plain_export():
    table = only(PLAIN)
    assert list(table.header) == INVOICES[0]
    assert cells(table) == INVOICES[1:]
    assert numbers(table) == [2, 3]
    assert (table.header_row, table.preamble_lines, table.delimiter, table.encoding) == (1, 0, ",", "utf-8")


@pytest.mark.parametrize(
    ("codec", "mark", "encoding"),
    [
        ("utf-8", b"", "utf-8"),
        ("utf-8", b"\xef\xbb\xbf", "utf-8"),
        ("utf-16-le", b"\xff\xfe", "utf-16-le"),
        ("utf-16-be", b"\xfe\xff", "utf-16-be"),
        ("utf-16-le", b"", "utf-16-le"),
        ("utf-16-be", b"", "utf-16-be"),
        ("utf-32-le", b"\xff\xfe\0\0", "utf-32-le"),
        ("utf-32-be", b"\0\0\xfe\xff", "utf-32-be"),
        ("utf-32-le", b"", "utf-32-le"),
        ("utf-32-be", b"", "utf-32-be"),
        ("windows-1252", b"", "windows-1252"),
    ],
)
def test_encodings_give_the_same_text(codec, mark, encoding):
    table = only(mark + ACCENTED.encode(codec))
    assert table.header[0] == "Invoice #"
    assert cells(table)[0][1] == "Café Zürich – “GmbH” €"
    assert table.encoding == encoding
    assert flagged(table) == []


def test_mixed_encodings_are_read_line_by_line_and_flagged():
    table = only((HEADER + "1,Café,2025-03-01,5\n").encode() + "2,Zürich,2025-03-02,6\n".encode("cp1252"))
    assert [row[1] for row in cells(table)] == ["Café", "Zürich"]
    assert flagged(table) == [(3, "encoding_fallback")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters(delimiter):
    assert cells(only(PLAIN.replace(",", delimiter))) == INVOICES[1:]


def test_decimal_commas_do_not_outvote_semicolons():
    table = only(
        "Invoice #;Client;Invoice Date;Amount\n1;Acme, Inc;2025-03-01;1.234,56\n2;Birch, Inc;2025-03-02;2,50\n"
    )
    assert cells(table) == [["1", "Acme, Inc", "2025-03-01", "1.234,56"], ["2", "Birch, Inc", "2025-03-02", "2,50"]]


@pytest.mark.parametrize(
    "notes", ["sep=,\r\n", "#TYPE System.Management.Automation.PSCustomObject\n", "# Report: invoices\n# by Ann\n"]
)
def test_notes_before_the_header(notes):
    table = only(notes + PLAIN)
    assert cells(table) == INVOICES[1:]
    assert table.header_row == table.preamble_lines + 1 == notes.count("\n") + 1


def test_a_caption_may_begin_with_a_number_sign():
    assert only("# ,Client,Invoice Date,Amount\n1,Acme,2025-03-01,2\n").header[0] == "#"


def test_line_ends_may_differ_and_a_trailing_delimiter_is_no_column():
    table = only("Invoice #,Client,Invoice Date,Amount,\r\n1,Acme,2025-03-01,1234.56,\n2,Birch,2025-03-02,89.10,\r\n")
    assert list(table.header) == INVOICES[0]
    assert cells(table) == INVOICES[1:]


def test_line_ends_of_old_macs():
    assert cells(only(PLAIN.replace("\n", "\r"))) == INVOICES[1:]


def test_line_ends_of_old_macs_leave_line_feeds_in_cells():
    table = only((PLAIN + '3,"Cedar\nBranch",2025-03-03,7\n').replace("\n", "\r").replace("Cedar\r", "Cedar\n"))
    assert [row[1] for row in cells(table)] == ["Acme", "Birch", "Cedar\nBranch"]


def test_lines_may_end_in_three_ways_in_one_file():
    lines = [f"{number},Acme,2025-03-01,{number}.50" for number in range(1, 7)]
    table = only(
        HEADER + "".join(line + end for line, end in zip(lines, ("\r\n", "\n", "\r", "\r", "\n", "\n"), strict=True))
    )
    assert [row[3] for row in cells(table)] == ["1.50", "2.50", "3.50", "4.50", "5.50", "6.50"]
    assert numbers(table) == [2, 3, 4, 5, 6, 7]


def test_a_carriage_return_that_ends_no_record_is_text():
    table = only(HEADER + "1,Acme\rDental,2025-03-01,5\n" + SECOND)
    assert cells(table)[0][1] == "Acme\rDental"


def test_the_end_mark_of_old_systems_is_no_row():
    assert left_out(only(PLAIN + "\x1a")) == {}


@pytest.mark.parametrize("lie", ["sep=;\n", "sep=\t\r\n", "sep=|\n"])
def test_a_note_about_the_delimiter_may_be_wrong(lie):
    table = only(lie + PLAIN)
    assert (table.delimiter, cells(table)) == (",", INVOICES[1:])


@pytest.mark.parametrize("header", [HEADER, '"' + HEADER.strip() + '"\n'])
def test_records_that_stand_in_quotes_as_a_whole_are_cut_again(header):
    table = only(header + '"1,""Acme, Inc"",2025-03-01,1234.56"\n"2,Birch,2025-03-02,89.10"\n')
    assert cells(table) == [["1", "Acme, Inc", "2025-03-01", "1234.56"], ["2", "Birch", "2025-03-02", "89.10"]]


def test_a_list_of_names_in_quotes_is_one_column():
    table = only('Client\n"Acme, Inc"\n"Birch, Ltd"\n')
    assert cells(table) == [["Acme, Inc"], ["Birch, Ltd"]]


def test_quoted_cells_may_hold_delimiters_quotes_and_line_ends():
    table = only(HEADER + '1,"Acme, ""the""\r\nDentist",2025-03-01,5\n' + SECOND)
    assert cells(table)[0][1] == 'Acme, "the"\r\nDentist'
    assert numbers(table) == [2, 4]


def test_quotes_may_stand_after_backslashes():
    table = only(HEADER + '1,"Acme, \\"the\\", Dentist",2025-03-01,5\n2,"C:\\\\",2025-03-01,5\n' + SECOND)
    assert [row[1] for row in cells(table)][:2] == ['Acme, "the", Dentist', "C:\\"]
    assert [len(row) for row in cells(table)] == [4, 4, 4]


def test_a_path_that_ends_in_a_backslash_leaves_its_quote_closed():
    table = only(HEADER + '1,"C:\\Program Files\\",2025-03-01,5\n2,"a ""b"" \\"" c",2025-03-01,5\n')
    assert [row[1] for row in cells(table)] == ["C:\\Program Files\\", 'a "b" \\" c']


def test_carriage_returns_may_be_doubled_where_every_cell_is_quoted():
    table = only(
        '"Invoice #","Client","Date","Amount"\r\r\n"1","Acme","2025-03-01","5"\r\r\n"2","Birch","2025-03-02","6"\r\r\n'
    )
    assert cells(table) == [["1", "Acme", "2025-03-01", "5"], ["2", "Birch", "2025-03-02", "6"]]


def test_a_stray_quote_in_a_quoted_cell_is_text():
    table = only(HEADER + '1,"He said "hi, there" to me",2025-03-01,5\n' + '2,5" disk,2025-03-01,5\n')
    assert [row[1] for row in cells(table)] == ['He said "hi, there" to me', '5" disk']


@pytest.mark.parametrize(
    "damaged",
    [
        '1,"Acme,2025-03-01,1234.56\n',
        '1,"Acme,"2025-03-01",1234.56\n',
        '1,Acme,2025-03-01,"1234.56\n',
    ],
)
@pytest.mark.parametrize(
    "following", [SECOND, '2,"Birch, Inc",2025-03-02,89.10\n', '"2","Birch","2025-03-02","89.10"\n']
)
def test_an_unclosed_quote_costs_one_record(damaged, following):
    table = only(HEADER + damaged + following)
    assert left_out(table) == {2: "unclosed_quote"}
    assert numbers(table) == [3]
    assert table.quarantined[0].raw_text == damaged.rstrip("\n")


def test_an_unclosed_quote_that_a_later_line_closes_takes_no_records_along():
    header = "Ticket #,Client,Title,Status,Priority,Created\n"
    lines = [f"{number},Acme,Printer,Closed,High,2025-03-0{number}\n" for number in range(1, 6)]
    lines[1] = '2,Acme,"Printer,Closed,High,2025-03-02\n'
    lines[4] = '5,Acme,Printer",Closed,High,2025-03-05\n'
    table = only(header + "".join(lines))
    assert left_out(table) == {3: "unclosed_quote"}
    assert [row[0] for row in cells(table)] == ["1", "3", "4", "5"]


def test_zero_bytes_cost_their_record():
    table = only(HEADER.encode() + b"1,Ac\0me,2025-03-01,5\n" + SECOND.encode())
    assert left_out(table) == {2: "nul_byte"}
    assert numbers(table) == [3]


def test_surplus_cells_are_damage_and_missing_ones_are_null():
    table = only(HEADER + "1,Acme, Inc,2025-03-01,5\n2,Birch,2025-03-02\n3,Cedar,2025-03-03,7,,\n")
    assert left_out(table) == {2: "wrong_number_of_cells"}
    assert cells(table) == [["2", "Birch", "2025-03-02", None], ["3", "Cedar", "2025-03-03", "7"]]


def test_a_file_without_a_final_line_end_is_told():
    table = only(PLAIN.rstrip("\n"))
    assert flagged(table) == [(3, "no_final_newline")]
    assert "may be cut" in table.warnings[0]


@pytest.mark.parametrize("rest", ["2,Birch,2025-03-02", "2,Birch,2025", "2,Bir", "2"])
def test_a_line_that_was_cut_cannot_be_read(rest):
    table = only(HEADER + FIRST + rest)
    assert numbers(table) == [2]
    assert left_out(table) == {3: "wrong_number_of_cells"}
    assert "incomplete" in table.warnings[0]


def test_a_short_last_line_is_read_where_others_are_short():
    table = only(HEADER + "1,Acme,2025-03-01\n2,Birch,2025-03-02")
    assert cells(table)[1] == ["2", "Birch", "2025-03-02", None]


def test_a_very_long_text_is_cut_and_flagged():
    table = only(HEADER + f"1,{'x' * 1_000_000},2025-03-01,5\n" + SECOND)
    assert len(cells(table)[0][1]) == 32_767
    assert flagged(table) == [(2, "text_shortened")]


def test_many_columns():
    captions = ["Invoice #", "Client", "Invoice Date", "Amount", *(f"Custom {number}" for number in range(5_000))]
    table = only(",".join(captions) + "\n" + "1,Acme,2025-03-01,5" + ",x" * 5_000 + "\n")
    assert len(table.header) == 5_004
    assert cells(table)[0][5_003] == "x"


def test_captions_keep_their_places():
    table = only("Invoice #,Client,,Amount,Amount, Invoice Date \n1,Acme,x,5,6,2025-03-01\n")
    assert table.header == ("Invoice #", "Client", "", "Amount", "Amount", "Invoice Date")
    assert cells(table) == [["1", "Acme", "x", "5", "6", "2025-03-01"]]
