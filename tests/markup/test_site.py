"""Every page of every course here is valid HTML, whatever day it is built on."""

from __future__ import annotations

from tests.conftest import BuildSite
from tests.markup.nu import check_html
from tests.sites import COURSES, ROOT


def test_every_page_is_valid(build_site: BuildSite) -> None:
    folders = [*COURSES.glob("*/syllabus.yaml"), *ROOT.glob("examples/*/syllabus.yaml")]
    courses = [ROOT, *(path.parent for path in sorted(folders))]
    sites = [build_site(course) for course in courses]
    # With a notice in place of a week: long before the term, and long after it.
    sites += [build_site(COURSES / "kinds", today) for today in ("2026-12-01", "2027-12-24")]
    pages = [page for site in sites for page in sorted(site.rglob("*.html"))]
    assert len(pages) > 3 * len(courses) - 5
    assert check_html(pages) == []
