"""The dates of the invented courses of `examples/`, worked out from their files and a paper calendar.

Each module has the dates of one course as tables, and a test compares them with `course.json`. Nothing here computes a
date: a mistake in the schedule can't be in both.
"""
