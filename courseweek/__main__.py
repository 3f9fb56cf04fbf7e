"""The front door: `courseweek`, `python -m courseweek` and build.py all begin here."""

# Every version of Python reads this file, Python 2 too, to say that it is too old: what they don't know is kept out.
import sys

_OLDEST = (3, 11)
"""The version of Python that is needed; pyproject.toml names it to pip."""

if sys.version_info < _OLDEST:
    sys.stderr.write(
        "Courseweek needs Python {} or later, but this is Python {} ({}); "
        "install a newer one from python.org, and use it to create a new virtual environment.\n".format(
            ".".join(map(str, _OLDEST)), ".".join(map(str, sys.version_info[:3])), sys.executable
        )
    )
    sys.exit(2)

from courseweek.process import run  # noqa: E402 - only now is Python known to be able to read it

__all__ = ["run"]

if __name__ == "__main__":
    run()
