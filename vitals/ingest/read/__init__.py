"""Cells to values, columns of text to typed rows, and the account of each row that is not among them."""
