"""Tests of `courseweek.read`."""
