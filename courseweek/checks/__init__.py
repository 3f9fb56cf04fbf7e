"""Checks: one rule per file, each a generator of diagnostics over the plan and the rendered pages."""
