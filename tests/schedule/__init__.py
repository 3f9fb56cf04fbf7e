"""Tests of `courseweek.schedule`."""
