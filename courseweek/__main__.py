"""The `courseweek` command, which is also `python -m courseweek`."""

import sys


def run() -> int:
    """Run the command and return its exit code. Ctrl-C while all else is still being loaded ends it without a word."""
    try:
        from courseweek.cli import main

        return main()
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(run())
