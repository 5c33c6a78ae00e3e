"""Writes the sample: an invented MSP's exports, and by a second, independent reckoning what they must give."""
