"""A page as a browser without styles would take it: its tags, whether they are balanced, and its words."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
# Their end may be left out; layouts and the cleaner write it.
Attributes = list[tuple[str, str | None]]


class PageReader(HTMLParser):
    """Reads a page: `tags` in order, `unbalanced` those that are not closed or not opened.

    `text` is what is shown, and `blocks` what is in scripts and styles.
    """

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, Attributes]] = []
        self.unbalanced: list[str] = []
        self.text = ""
        self.blocks: list[str] = []
        self._open: list[str] = []
        self.feed(page)
        self.close()
        self.unbalanced += self._open

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        self.tags.append((tag, attrs))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        self.tags.append((tag, attrs))

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1] == tag:
            self._open.pop()
        elif tag not in VOID:
            self.unbalanced.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        if not {"script", "style"} & set(self._open):
            self.text += data
        elif data.strip():
            self.blocks.append(data)
