"""Tests of the screens: pages run by AppTest, charts and formats as pure functions."""
