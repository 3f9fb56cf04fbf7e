"""Build this course's website.

pip install -e . -c constraints.txt
python build.py                      the site is in _site/
python build.py --today 2027-03-10   as it is on that day
python build.py serve                shows it while you write
python build.py --help               all options
"""

import sys

if __name__ == "__main__":
    try:
        # First, since it ends with a sentence where Python is too old for the rest.
        from courseweek.__main__ import run  # noqa: I001
        from pathlib import Path

        run(source=Path(__file__).parent)
    except KeyboardInterrupt:
        sys.exit(130)
