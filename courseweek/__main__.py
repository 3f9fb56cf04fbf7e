"""`python -m courseweek` is the `courseweek` command."""

import sys

from courseweek.cli import main

sys.exit(main())
