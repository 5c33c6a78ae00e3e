"""Sail, an engine for more machines than one: the query files translated, and asked over Arrow Flight SQL."""
