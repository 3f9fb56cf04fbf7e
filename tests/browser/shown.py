"""What a page says is on, read from the page as a script would, by what the format promises."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

_READ = """() => {
  const text = (element) => element.textContent.replace(/\\s+/g, " ").trim();
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const place = (anchor) => anchor.closest("tr")?.id ?? (anchor.closest(".notice") ? "notice" : "elsewhere");
  const marks = all("tr:not(.heading)").map((row) => [row.id, all(".mark", row).map(text)]).filter(([, all]) => all[0]);
  return {
    weeks: all("tbody.this-week").map((week) => week.id),
    next: all("tr.next").map((row) => row.id),
    marks: Object.fromEntries(marks),
    current: all('[aria-current="date"]').map((element) => element.id),
    anchors: all('[id="today"]').map(place),
    headings: all(".now .notice").map(text),
  };
}"""

PICTURE = """(html) => {
  const page = html === null ? document : new DOMParser().parseFromString(html, "text/html");
  const all = (selector) => [...page.querySelectorAll(selector)];
  const names = (element) => [...element.classList].sort().join(" ");
  const flat = (element) => {
    const copied = element.cloneNode(true);
    // These are the script's alone.
    for (const words of copied.querySelectorAll(".relative, .own, .tick, .read-count, [hidden]")) words.remove();
    // What is released later is a link only in a build of later.
    for (const link of copied.querySelectorAll(".materials > *")) link.replaceWith(link.firstChild);
    return copied.outerHTML.replace(/\\s+/g, " ").replace(/ ?(<[^>]*>) ?/g, "$1").replaceAll(' class=""', "");
  };
  const seen = (selector) => all(selector).filter((element) => !element.hidden).map(flat);
  return {
    card: all(".now").map(flat),
    due: seen(".due-next"),
    week: seen(".this-week-list"),
    hours: seen("section.hours"),
    headline: all(".week-of").map(flat),
    weeks: all("tbody.week").map((week) => [week.id, names(week)]),
    rows: all(".week tr:not(.heading)").map((row) =>
      [row.id, names(row), row.getAttribute("aria-current"), flat(row.querySelector(".date"))]),
    headings: all("tr.heading").map(flat),
    ruler: all(".ruler a").map((link) => [link.getAttribute("href"), link.getAttribute("aria-current")]),
    anchors: all('[id="today"]').map((anchor) => anchor.parentElement.className),
  };
}"""


@dataclass(frozen=True)
class Shown:
    """What is marked on a page. `anchors` are the places of `#today`: the id of a row, or `notice`."""

    weeks: list[str]
    next: list[str]
    marks: dict[str, list[str]]
    current: list[str]
    anchors: list[str]
    headings: list[str]


def read_shown(page: Page) -> Shown:
    """Return what the page marks as it stands."""
    return Shown(**page.evaluate(_READ))


def read_picture(page: Page, html: str | None = None) -> dict[str, Any]:
    """Return all of the page that depends on the clock, less the date of the build and blanks between elements.

    With `html`, that of this text as the browser parses it, its scripts not run.
    """
    picture: dict[str, Any] = page.evaluate(PICTURE, html)
    return picture
