"""Checks: one rule a file, each a generator of diagnostics over the plan and what was drawn."""
