"""The dates of `examples/history`, by hand: Tuesdays from January 26 to May 4, 2027, in New York."""

from __future__ import annotations

MEETINGS = """
Tue 2027-01-26 week 1   reading      Seminar     13:30 16:20 -05:00  Hollis 204
Tue 2027-02-02 week 2   speech       Seminar     13:30 16:20 -05:00  Hollis 204
Tue 2027-02-09 week 3   scribes      Seminar     13:30 16:20 -05:00  Hollis 204
Tue 2027-02-16 week 4   break-2027-02-16
Tue 2027-02-23 week 5   print        Seminar     13:30 16:20 -05:00  Hollis 204
Tue 2027-03-02 week 6   reformation  Seminar     13:30 16:20 -05:00  Hollis 204
Tue 2027-03-09 week 7   miller       Seminar     13:30 16:20 -05:00  Hollis 204
Tue 2027-03-16 week 8   break-2027-03-16
Tue 2027-03-23 week 9   permission   Seminar     13:30 16:20 -04:00  Hollis 204
Tue 2027-03-30 week 10  press        Field_trip  13:00 17:00 -04:00  Mill Street Press, 14 Mill Street
Tue 2027-04-06 week 11  public       Seminar     13:30 16:20 -04:00  Hollis 204
Thu 2027-04-08 week 11  film         Screening   19:00 21:00 -04:00  Lowell Cinema
Tue 2027-04-13 week 12  nations      Seminar     13:30 16:20 -04:00  Hollis 204
Tue 2027-04-20 week 13  letters      Seminar     13:30 16:20 -04:00  Hollis 204
Tue 2027-04-27 week 14  novels       Seminar     13:30 16:20 -04:00  Hollis 204
Tue 2027-05-04 week 15  screens      Seminar     13:30 16:20 -04:00  Hollis 204
"""
"""Each row: day, week, id, kind, start, end, offset, place. The clocks change on March 14."""

DEADLINES = """
Mon 2027-02-01 20:00 -05:00  response-speech
Mon 2027-02-08 20:00 -05:00  response-scribes
Fri 2027-02-12 17:00 -05:00  first-paper-choice
Mon 2027-02-22 20:00 -05:00  response-print
Fri 2027-02-26 17:00 -05:00  first-paper-draft
Mon 2027-03-01 20:00 -05:00  response-reformation
Mon 2027-03-08 20:00 -05:00  response-miller
Fri 2027-03-12 17:00 -05:00  first-paper-final
Mon 2027-03-22 20:00 -04:00  response-permission
Fri 2027-03-26 17:00 -04:00  second-paper-question
Fri 2027-04-02 17:00 -04:00  field-notes-due
Mon 2027-04-05 20:00 -04:00  response-public
Mon 2027-04-12 20:00 -04:00  response-nations
Tue 2027-04-13 13:30 -04:00  second-paper-draft
Sun 2027-04-18 20:00 -04:00  response-letters
Tue 2027-04-20 13:30 -04:00  second-paper-letter
Mon 2027-04-26 20:00 -04:00  response-novels
Mon 2027-05-03 20:00 -04:00  response-screens
Fri 2027-05-14 17:00 -04:00  second-paper-final
"""
"""Each row: day, time, offset, id."""

WAS = {"first-paper-draft": "2027-02-19T17:00:00-05:00"}
"""When a deadline was before the snow."""

ACCEPTED_UNTIL = {"second-paper-final": "2027-05-17T09:00:00-04:00"}
"""Until when late work is accepted."""

EVENTS = """
Mon 2027-02-08  Mon 2027-02-08  last-day-to-add-or-drop
Thu 2027-03-04  Thu 2027-03-04  alder-lecture  17:00 18:30 -05:00
Wed 2027-04-21  Fri 2027-04-23  talks
"""
"""Each row: first day, last day, id, start, end, offset."""

ANNOUNCEMENTS = {
    "2027-02-16-snow-day": ("print", "2027-02-23"),
    "2027-01-20-first-class": ("reading", "2027-01-26"),
}
"""The meeting of each announcement, and the last day on which the home page shows it."""

PLANNED = """
Tue 2027-01-26  reading
Tue 2027-02-02  speech
Tue 2027-02-09  scribes
Tue 2027-02-16  print
Tue 2027-02-23  reformation
Tue 2027-03-02  miller
Tue 2027-03-09  permission
Tue 2027-03-16  break-2027-03-16
Tue 2027-03-23  public
Tue 2027-03-30  press
Tue 2027-04-06  nations
Thu 2027-04-08  film
Tue 2027-04-13  letters
Tue 2027-04-20  novels
Tue 2027-04-27  screens
Tue 2027-05-04  open-2027-05-04
"""
"""The same term before the snow: the field trip and the film are where they are, and the last Tuesday is free."""

PLANNED_DEADLINES = {
    "response-print": "2027-02-15T20:00:00-05:00",
    "response-permission": "2027-03-08T20:00:00-05:00",
    "second-paper-question": "2027-03-12T17:00:00-05:00",
    "field-notes-due": "2027-04-02T17:00:00-04:00",
    "second-paper-draft": "2027-04-06T13:30:00-04:00",
    "second-paper-letter": "2027-04-13T13:30:00-04:00",
}
"""Some of its deadlines: those of the meetings that moved, and of the field trip."""

MARKS = {
    "2027-01-25": ("Next", "reading"),
    "2027-01-26": ("Today", "reading"),
    "2027-02-15": ("Next", "break-2027-02-16"),
    "2027-02-16": ("Today", "break-2027-02-16"),
    "2027-02-17": ("Next", "print"),
    "2027-03-14": ("Next", "break-2027-03-16"),
    "2027-03-16": ("Today", "break-2027-03-16"),
    "2027-03-17": ("Today", "break-2027-03-16"),
    "2027-03-22": ("Next", "permission"),
    "2027-03-31": ("Next", "public"),
    "2027-04-07": ("Next", "film"),
    "2027-04-08": ("Today", "film"),
    "2027-04-09": ("Next", "nations"),
    "2027-05-04": ("Today", "screens"),
}
"""What is marked on a day, and how."""
