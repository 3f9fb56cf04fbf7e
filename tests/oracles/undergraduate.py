"""The dates of `examples/undergraduate`, by hand.

The clocks of Chicago go forward on Sunday, March 14: times before it are CST (-06:00), after it CDT (-05:00).
Weeks run from Monday to Sunday. Week 1 has January 19, and the week of spring break is not counted.
"""

from __future__ import annotations

OFFSETS = {"CST": "-06:00", "CDT": "-05:00"}

MEETINGS = """
Tue 2027-01-19 |  1 | Lecture 1  | intro               | 09:30-10:45 CST | Foundry Hall 120
Thu 2027-01-21 |  1 | Lecture 2  | processes           | 09:30-10:45 CST | Foundry Hall 120
Thu 2027-01-21 |  1 | Lab        | lab-tools           | -               | -
Tue 2027-01-26 |  2 | Lecture 3  | system-calls        | 09:30-10:45 CST | Foundry Hall 120
Thu 2027-01-28 |  2 | Lecture 4  | scheduling          | 09:30-10:45 CST | Foundry Hall 120
Thu 2027-01-28 |  2 | Lab        | lab-debugger        | -               | -
Tue 2027-02-02 |  3 | Lecture 5  | feedback            | 09:30-10:45 CST | Foundry Hall 120
Thu 2027-02-04 |  3 | Lecture 6  | address-spaces      | 09:30-10:45 CST | Foundry Hall 120
Thu 2027-02-04 |  3 | Lab        | lab-fork            | -               | -
Tue 2027-02-09 |  4 | Lecture 7  | segmentation        | 09:30-10:45 CST | Foundry Hall 120
Thu 2027-02-11 |  4 | Lecture 8  | paging              | 09:30-10:45 CST | Foundry Hall 120
Thu 2027-02-11 |  4 | Lab        | lab-shell           | -               | -
Tue 2027-02-16 |  5 | Lecture 9  | translation         | 09:30-10:45 CST | Foundry Hall 120
Thu 2027-02-18 |  5 | Lecture 10 | swapping            | 09:30-10:45 CST | Foundry Hall 120
Thu 2027-02-18 |  5 | Lab        | lab-allocator       | -               | -
Tue 2027-02-23 |  6 | Lecture 11 | threads             | 09:30-10:45 CST | Foundry Hall 120
Thu 2027-02-25 |  6 | Lecture 12 | locks               | 09:30-10:45 CST | Foundry Hall 120
Thu 2027-02-25 |  6 | Lab        | lab-paging          | -               | -
Tue 2027-03-02 |  7 | Lecture 13 | condition-variables | 09:30-10:45 CST | Foundry Hall 120
Thu 2027-03-04 |  7 | Lecture 14 | semaphores          | 09:30-10:45 CST | Foundry Hall 120
Thu 2027-03-04 |  7 | Lab        | lab-race            | -               | -
Tue 2027-03-09 |  8 | Midterm    | midterm             | 09:30-10:45 CST | Foundry Hall 1000
Thu 2027-03-11 |  8 | Lecture 15 | deadlock            | 09:30-10:45 CST | Foundry Hall 1000
Thu 2027-03-11 |  8 | Lab        | lab-locks           | -               | -
Tue 2027-03-16 |  - | -          | break-2027-03-16    | -               | -
Tue 2027-03-23 |  9 | Lecture 16 | devices             | 09:30-10:45 CDT | Foundry Hall 120
Thu 2027-03-25 |  9 | Lecture 17 | disks               | 09:30-10:45 CDT | Foundry Hall 120
Thu 2027-03-25 |  9 | Lab        | lab-buffers         | -               | -
Tue 2027-03-30 | 10 | Lecture 18 | files               | 09:30-10:45 CDT | Foundry Hall 120
Thu 2027-04-01 | 10 | -          | break-2027-04-01    | -               | -
Fri 2027-04-02 | 10 | Lab        | lab-disks           | -               | Foundry Hall L416
Tue 2027-04-06 | 11 | Lecture 19 | file-systems        | 09:30-10:45 CDT | Foundry Hall 120
Thu 2027-04-08 | 11 | Lecture 20 | locality            | 09:30-10:45 CDT | Foundry Hall 120
Thu 2027-04-08 | 11 | Lab        | lab-inodes          | 14:00-15:50 CDT | Foundry Hall L440
Mon 2027-04-12 | 12 | Lab        | lab-make-up         | 18:00-19:50 CDT | Foundry Hall L416
Tue 2027-04-13 | 12 | Lecture 21 | journaling          | 09:30-10:45 CDT | Foundry Hall 120
Thu 2027-04-15 | 12 | Lecture 22 | logs                | 09:30-10:45 CDT | Foundry Hall 120
Thu 2027-04-15 | 12 | Lab        | lab-journal         | -               | -
Mon 2027-04-19 | 13 | Guest talk | microkernel         | 16:00-17:00 CDT | https://video.example.edu/talks
Tue 2027-04-20 | 13 | Lecture 23 | flash               | 09:30-10:45 CDT | Foundry Hall 120
Wed 2027-04-21 | 13 | Lab        | lab-hypervisor      | -               | -
Thu 2027-04-22 | 13 | Lecture 24 | virtual-machines    | 09:30-10:45 CDT | Foundry Hall 120
Tue 2027-04-27 | 14 | Lecture 25 | distributed         | 09:30-10:45 CDT | Foundry Hall 120
Thu 2027-04-29 | 14 | Lecture 26 | security            | 09:30-10:45 CDT | Foundry Hall 120
Thu 2027-04-29 | 14 | Lab        | lab-security        | -               | -
Tue 2027-05-04 | 15 | Lecture 27 | closing             | 09:30-10:45 CDT | Foundry Hall 120
Thu 2027-05-06 | 15 | Review     | review              | 18:00-20:00 CDT | Foundry Hall 1000
Mon 2027-05-10 | 16 | Final exam | final               | -               | -
-              |  - | Guest talk | offline             | -               | -
"""
"""Each row: day, week, kind and number, id, time, place. A dash is null in `course.json`."""

SESSIONS = """
lab-tools      | Fri 2027-01-22   | Fri 2027-01-22   | Thu 2027-01-21   | CST
lab-debugger   | Fri 2027-01-29   | Fri 2027-01-29   | Thu 2027-01-28   | CST
lab-fork       | Fri 2027-02-05   | Fri 2027-02-05   | Thu 2027-02-04   | CST
lab-shell      | Fri 2027-02-12   | Fri 2027-02-12   | Thu 2027-02-11   | CST
lab-allocator  | Fri 2027-02-19   | Fri 2027-02-19   | Thu 2027-02-18   | CST
lab-paging     | Fri 2027-02-26   | Fri 2027-02-26   | Thu 2027-02-25   | CST
lab-race       | Fri 2027-03-05   | Fri 2027-03-05   | Thu 2027-03-04   | CST
lab-locks      | Fri 2027-03-12   | Fri 2027-03-12   | Thu 2027-03-11   | CST
lab-buffers    | Fri 2027-03-26   | Fri 2027-03-26   | Thu 2027-03-25   | CDT
lab-disks      | Fri 2027-04-02   | Fri 2027-04-02   | (Thu 2027-04-01) | CDT
lab-inodes     | (Fri 2027-04-09) | (Fri 2027-04-09) | Thu 2027-04-08   | CDT
lab-journal    | Fri 2027-04-16   | Fri 2027-04-16   | Thu 2027-04-15   | CDT
lab-hypervisor | Fri 2027-04-23   | Fri 2027-04-23   | Wed 2027-04-21   | CDT
lab-security   | Fri 2027-04-30   | Fri 2027-04-30   | Thu 2027-04-29   | CDT
"""
"""Each row: a session, and the days of its groups A, B and C. A day in brackets has no class."""

GROUPS = {
    "A": ("09:00-10:50", "Foundry Hall L416", "Rosalind Abara"),
    "B": ("11:00-12:50", "Foundry Hall L416", "Mateus Quill"),
    "C": ("14:00-15:50", "Foundry Hall L440", "Noor Hadley"),
}
"""Time, place and leader of each group."""

CHANGES = {
    ("lab-locks", "B"): ("11:00-12:50", "Foundry Hall L500", "Mateus Quill"),
    ("lab-hypervisor", "C"): ("16:00-17:50", "Foundry Hall L440", "Noor Hadley"),
}
"""What is different in single sessions."""

DEADLINES = {
    "hw1-out": "2027-01-21T00:00:00-06:00",
    "hw1-due": "2027-02-04T23:59:00-06:00",
    "hw2-out": "2027-02-04T09:30:00-06:00",
    "hw2-due": "2027-02-19T17:00:00-06:00",
    "hw3-out": "2027-02-18T00:00:00-06:00",
    "hw3-due": "2027-03-08T17:00:00-06:00",
    "hw4-out": "2027-03-22T00:00:00-05:00",
    "hw4-due": "2027-04-13T23:59:00-05:00",
    "hw5-out": "2027-04-15T09:00:00-05:00",
    "hw5-due": "2027-05-05T17:00:00-05:00",
    "quiz-processes": "2027-01-21T09:30:00-06:00",
    "quiz-system-calls": "2027-01-26T09:30:00-06:00",
    "quiz-scheduling": "2027-01-28T09:30:00-06:00",
    "quiz-feedback": "2027-02-02T09:30:00-06:00",
    "quiz-address-spaces": "2027-02-04T09:30:00-06:00",
    "quiz-segmentation": "2027-02-09T09:30:00-06:00",
    "quiz-paging": "2027-02-11T09:30:00-06:00",
    "quiz-translation": "2027-02-16T09:30:00-06:00",
    "quiz-swapping": "2027-02-18T09:30:00-06:00",
    "quiz-threads": "2027-02-23T09:30:00-06:00",
    "quiz-locks": "2027-02-25T09:30:00-06:00",
    "quiz-condition-variables": "2027-03-02T09:30:00-06:00",
    "quiz-semaphores": "2027-03-04T09:30:00-06:00",
    "quiz-deadlock": "2027-03-11T09:30:00-06:00",
    "quiz-devices": "2027-03-23T23:59:00-05:00",
    "quiz-disks": "2027-03-25T09:30:00-05:00",
    "quiz-files": "2027-03-30T09:30:00-05:00",
    "quiz-file-systems": "2027-04-06T09:30:00-05:00",
    "quiz-locality": "2027-04-08T09:30:00-05:00",
    "quiz-journaling": "2027-04-13T09:30:00-05:00",
    "quiz-logs": "2027-04-15T09:30:00-05:00",
    "quiz-flash": "2027-04-20T09:30:00-05:00",
    "quiz-virtual-machines": "2027-04-22T09:30:00-05:00",
    "quiz-distributed": "2027-04-27T09:30:00-05:00",
    "quiz-security": "2027-04-29T09:30:00-05:00",
}
"""What comes out and what is handed in: a quiz at the start of its lecture, except after the break."""

WAS = {"hw3-due": "2027-03-05T17:00:00-06:00"}
ACCEPTED_UNTIL = {
    "hw1-due": "2027-02-06T23:59:00-06:00",
    "hw2-due": "2027-02-21T17:00:00-06:00",
    "hw3-due": "2027-03-10T17:00:00-06:00",
    "hw4-due": "2027-04-15T23:59:00-05:00",
    "hw5-due": "2027-05-07T17:00:00-05:00",
}
EVENTS = [
    ("drop", "2027-02-02", "2027-02-02", None, None),
    ("career-fair", "2027-02-17", "2027-02-17", "2027-02-17T10:00:00-06:00", "2027-02-17T16:00:00-06:00"),
    ("demos", "2027-05-05", "2027-05-07", "2027-05-05T13:00:00-05:00", "2027-05-07T17:00:00-05:00"),
]
OFFICE_HOURS = [
    ("Monday", "16:00", "18:00", ["Anselm Okorowitz", "Priyamvada Tellerin", "Ezekiel Thornbury"]),
    ("Tuesday", "11:00", "12:00", ["Marisol Etxebarren"]),
    ("Wednesday", "17:00", "19:00", ["Jun-ho Castellane", "Sunniva Parkhurst-Oyelowo"]),
    ("Thursday", "11:00", "12:00", ["Tobias Nkemelin"]),
    ("Thursday", "17:00", "19:00", ["Jun-ho Castellane", "Sunniva Parkhurst-Oyelowo"]),
    ("Sunday", "19:00", "20:30", ["Ilse Vargholt"]),
]
ANNOUNCEMENTS = {
    "2027-01-15-welcome": (None, "2027-01-29"),
    "2027-03-04-homework-3": (None, None),
    "2027-03-10-room": ("deadlock", None),
    "2027-04-02-make-up-lab": ("lab-make-up", "2027-04-12"),
}

MARKS: dict[str, tuple[str, ...]] = {
    "2027-01-18": ("Next", "intro"),
    "2027-01-21": ("Today", "processes", "lab-tools"),
    "2027-01-22": ("Today", "lab-tools"),
    "2027-01-23": ("Next", "system-calls"),
    "2027-03-09": ("Today", "midterm"),
    "2027-03-10": ("Next", "deadlock", "lab-locks"),
    "2027-03-17": ("Today", "break-2027-03-16"),
    "2027-03-22": ("Next", "devices"),
    "2027-04-01": ("Today", "break-2027-04-01"),
    "2027-04-02": ("Today", "lab-disks"),
    "2027-04-05": ("Next", "file-systems"),
    "2027-04-08": ("Today", "locality", "lab-inodes"),
    "2027-04-09": ("Next", "lab-make-up"),
    "2027-04-21": ("Today", "lab-hypervisor"),
    "2027-04-22": ("Today", "virtual-machines"),
    "2027-04-23": ("Today", "lab-hypervisor"),
    "2027-05-08": ("Next", "final"),
    "2027-05-12": ("Today", "final"),
    "2027-03-13": ("Next", "break-2027-03-16"),
    "2027-03-15": ("Today", "break-2027-03-16"),
    "2027-03-21": ("Today", "break-2027-03-16"),
}
"""The rows that are marked at noon of a day: a session on each day on which a group meets, the final for a week."""
