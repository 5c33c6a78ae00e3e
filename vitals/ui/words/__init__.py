"""Sentences made from rows."""
