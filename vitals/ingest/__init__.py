"""Bytes to typed rows: read, match, type, store. Nothing here knows about screens or metrics.

The way of a file, and the modules that it passes:

bytes to tables of text
    reader kind encoding delimited records fast oddities columns text rows header origin layout grid
    workbook book sheet spreadsheet rendering formulas calculation damage archive html_table
tables of text to their meaning
    matching captions vendors evidence fits guessing asking refusing slot mappings rulebook
    shapes making spans folding worklogs
text to typed rows
    preparation prepare plan parts survey profile decisions sheets figures cast bulk residue cells
    values texts numbers dates durations currency exchange words scratch
    plausible duplicates keys totals balance account
in a process of its own
    reading child wire limits
typed rows to the workspace
    store settle versions memory report
the nouns of all of them
    model
"""
