"""Titles in the form in which systems agree."""

from __future__ import annotations

import pytest

from courseweek.lms.titles import names_course, split_title


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("HW #3: Caches", "homework 3 caches"),
        ("homework 03 – CACHES!", "homework 3 caches"),
        ("hw3", "homework 3"),
        ("PSet 2", "problem set 2"),
        ("The Project Report", "project report"),
        ("C++ and C#", "c++ and c#"),
        ("Résumé", "resume"),
        ("作业１", "作业 1"),
        ("واجب ٣", "واجب 3"),
        ("!?", ""),
        ("x" * 1_000, "x" * 300),
        ("9" * 10_000, "9" * 300),
    ],
)
def test_words(title: str, words: str) -> None:
    assert " ".join(split_title(title)) == words


@pytest.mark.parametrize(
    ("label", "is_ours"),
    [
        ("CS 101", True),
        ("cs101-sp27", True),
        ("SP27-CS-0101.002", True),
        ("2027 Spring Computer Systems (X)", True),
        ("CS 1010", False),
        ("ICS 101", False),
        ("CS 10", False),
        ("", False),
    ],
)
def test_names_of_courses(label: str, is_ours: bool) -> None:
    assert names_course(label, "CS 101", "Computer systems") is is_ours
