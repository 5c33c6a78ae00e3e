"""Tests: hand-checked numbers, ugly exports, pages, the browser and the conventions of the house."""
