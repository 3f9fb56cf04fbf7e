"""An undated `Course` in, a dated `Schedule` out: pure functions, no clock, no disk."""
