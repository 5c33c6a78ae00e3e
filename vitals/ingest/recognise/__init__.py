"""Tables of text to their meaning: which entity a table is, and which of its columns answers the contract."""
