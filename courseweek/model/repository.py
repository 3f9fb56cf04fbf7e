"""The repository of a course: where a file of it is edited in the web."""

from __future__ import annotations

from typing import Literal
from urllib.parse import quote

from courseweek.frozen import dataclass

Host = Literal["github", "gitlab"]
"""The program that serves the repository; each has web addresses of its own shape."""


@dataclass(frozen=True, slots=True)
class Repository:
    """Where the course's sources are: `folder` is the course's place in the repository, "" at its top.

    `host` is None where nobody knows which program serves it.
    """

    url: str
    branch: str = "main"
    folder: str = ""
    host: Host | None = None

    def edit(self, path: str, line: int | None = None) -> str:
        """Return where a person edits the course's file at `path`, at the line if one is given.

        Of an unknown host only the repository itself is known. GitHub takes no `HEAD` for the branch in this address.
        """
        if self.host is None:
            return self.url
        place = f"{self.folder}/{path}" if self.folder else path
        middle = "/-/edit" if self.host == "gitlab" else "/edit"
        at = f"#L{line}" if line is not None else ""
        return f"{self.url}{middle}/{quote(self.branch)}/{quote(place)}{at}"

    def file_issue(self, template: str | None = None) -> str | None:
        """Return where a person files an issue, on GitHub by the form `template`; None for an unknown host."""
        if self.host == "gitlab":
            return f"{self.url}/-/issues/new"
        if self.host is None:
            return None
        return f"{self.url}/issues/new" + (f"?template={quote(template)}" if template is not None else "")

    def create(self, path: str, text: str) -> str | None:
        """Return where a person writes a new file of the course at `path`; None for an unknown host.

        GitHub's editor begins with `text`; GitLab's takes only the name.
        """
        place = f"{self.folder}/{path}" if self.folder else path
        if self.host == "gitlab":
            return f"{self.url}/-/new/{quote(self.branch)}?file_name={quote(place)}"
        if self.host is None:
            return None
        folder, _, name = place.rpartition("/")
        return f"{self.url}/new/{quote(self.branch)}/{quote(folder)}?filename={quote(name)}&value={quote(text)}"
