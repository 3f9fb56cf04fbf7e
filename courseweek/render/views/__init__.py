"""The course as layouts are given it: each part turned into plain words, dates and links."""
