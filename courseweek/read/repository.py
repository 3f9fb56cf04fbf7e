"""The repository of a course: its address, or its address with the branch, the folder and the host."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from courseweek.model.repository import Host, Repository
from courseweek.read.tables.fields import Field, Shape, Table
from courseweek.read.tables.forms import by_table, either
from courseweek.read.tables.reader import Reader
from courseweek.read.tables.shapes import REPOSITORY, TEXT, choice_of
from courseweek.read.values.misread import Misread
from courseweek.yamltext.document import Node, Scalar

REPOSITORY_URL = Field("url", REPOSITORY, "its address", required=True)
BRANCH = Field("branch", TEXT, "the branch that is edited, `main` by default")
FOLDER = Field("folder", TEXT, "the course's folder in it, by default its top")
_HOST: Shape[Host] = choice_of("github", "gitlab")
HOST = Field("host", _HOST, "the service that hosts it, by default known from the address")
REPOSITORY_TABLE = Table("a repository", REPOSITORY_URL, BRANCH, FOLDER, HOST)
REPOSITORY_FORM = either(by_table("a repository"), REPOSITORY.schema)


def read_repository(node: Node | None, reader: Reader) -> Repository | None:
    """Return the repository; a plain address means one with the defaults. Errors are reported."""
    if node is None:
        return None
    if isinstance(node, Scalar):
        url = REPOSITORY.read(node, reader)
        return Repository(url, host=find_host(url)) if url is not None else None
    record = reader.record(node, REPOSITORY_TABLE)
    if record is None or not record.whole(REPOSITORY_URL):
        return None
    url = record.need(REPOSITORY_URL)
    folder = ""
    try:
        folder = _check_folder(record[FOLDER] or "")
    except Misread as misread:
        reader.found.error(misread.name, misread.message, record.origin.of("folder"), help=misread.help)
    return Repository(url, record[BRANCH] or "main", folder, record[HOST] or find_host(url))


def find_host(url: str) -> Host | None:
    """Return the program behind an address: github.com, and each host with `gitlab` as a word of its name."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    if host == "github.com":
        return "github"
    return "gitlab" if "gitlab" in re.split(r"[.-]", host) else None


def _check_folder(folder: str) -> str:
    """Return a folder without its outer slashes; raise `Misread` where it leads out of the repository."""
    bare = folder.strip("/")
    if bare and any(part in (".", "..", "") for part in bare.split("/")):
        help = "write its path from the top of the repository, such as courses/cs294"
        raise Misread(f"`{folder}` is not a folder in the repository", help, "bad-value")
    return bare
