"""Hand-checked cases: a handful of raw rows each, with the numbers worked out beside them."""
