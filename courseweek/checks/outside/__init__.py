"""Links to other hosts, for `check --links`."""
