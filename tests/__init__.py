"""The tests of Courseweek; the folders mirror the package."""
