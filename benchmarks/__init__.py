"""Benchmarks: each measures two ways of doing the same work in one run, and prints the ratio."""
