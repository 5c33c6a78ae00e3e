"""Bytes to typed rows: read, match, type. Nothing here knows about screens, workspaces or metrics.

The way of a file, the packages that it passes, and their modules:

files: what kind of file it is, and its cells
    reader encoding delimited text archive workbook xlsx xls xlsb open_document
    number_formats formulas web_page
table: where in it the tables stand, and what each row is
    header rows layout
recognise: which entity a table is, and which of its columns answers the contract
    captions layouts fit guess figures currencies amounts cycles documents match mapping questions
shapes: rows to records
    shape made rows records worklogs months absences weekdays documents
    descriptions
read: cells to values, and the account of every row
    texts numbers durations zones dates month_captions spans clocks cells columns survey exchange decisions rows
    account
process: all of that, in a process of its own
    parent child watch wire reply

What holds them together:
    preparation parts prefetch
The nouns of all of them:
    model
"""
