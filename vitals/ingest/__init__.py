"""Bytes to typed rows: read, match, type, store. Nothing here knows about screens or metrics.

The way of a file, the packages that it passes, and their modules:

tables: bytes to tables of text
    reader kind encoding delimited records fast oddities letters columns text rows header origin layout grid
    workbook book sheet plain formula_cells spreadsheet rendering formulas calculation damage allowance archive
    html_table
vendors: what is known of each system's exports, as data
    captions months
matching: tables of text to their meaning
    match_table evidence marks fits guessing asking refusing slot mappings rulebook
shapes: rows to records
    reshaping making spans folding documents worklogs monthly absences
values: cells to values
    readings numbers dates durations texts words cells currency profile decisions residue exchange
typed: columns of text to typed rows
    scratch bulk iso cast survey plausible balance keys duplicates totals account figures
process: all of that, in a process of its own
    parent child wire limits
raw: typed rows to the workspace
    incoming store settle versions memory replies report

What holds them together:
    prepare single_pass preparation recognition filling plan parts ahead sheets
The nouns of all of them:
    model
"""
