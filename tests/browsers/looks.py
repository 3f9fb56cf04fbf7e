"""What is asked of a page in each browser, as functions of JavaScript that old browsers read."""

from __future__ import annotations

LOOKS = """() => {
  const style = (selector, name) => getComputedStyle(document.querySelector(selector))[name];
  const link = document.querySelector("main a[href]") || document.querySelector("nav a[href]");
  const own = getComputedStyle(link);
  link.focus();
  return {
    paper: style("html", "backgroundColor"),
    ink: style("html", "color"),
    link: own.color,
    underlined: document.querySelector(".readings a[href]") ? style(".readings a[href]", "textDecorationLine") : null,
    ring: document.hasFocus() ? [own.outlineStyle, own.outlineWidth] : null,
    week: document.querySelector(".this-week") ? style(".this-week", "backgroundColor") : null,
    wide: document.documentElement.scrollWidth - innerWidth,
    styled: style("body", "maxWidth"),
    script: document.querySelectorAll(".now .relative").length
      && !document.querySelector(".now").querySelectorAll(".eyebrow > .relative")[0].textContent,
  };
}"""
"""The colors of a page, its ring of focus, whether it is wider than the window, whether its script has run."""

EMPTY_LABELS = """() => [...document.querySelectorAll(".schedule td.due")]
  .filter((cell) => !cell.firstElementChild && getComputedStyle(cell, "::before").content !== "none").length"""
"""Labels above nothing."""

VIOLATIONS = """() => new Promise((done) => {
  const refused = [];
  document.addEventListener("securitypolicyviolation", (event) => refused.push(event.effectiveDirective));
  const script = document.createElement("script");
  script.textContent = "window.ran = 1";
  document.head.append(script);
  document.body.insertAdjacentHTML("beforeend", '<p id="bad" style="color: rgb(1, 2, 3)">x</p>');
  document.body.insertAdjacentHTML("beforeend", '<img src="https://example.org/a.png" alt="">');
  document.body.insertAdjacentHTML("beforeend", '<img src="data:," onerror="window.ran = 2" alt="">');
  const color = getComputedStyle(document.getElementById("bad")).color;
  setTimeout(() => done([window.ran || 0, color === "rgb(1, 2, 3)", [...new Set(refused)].sort()]), 300);
})"""
"""What an attacker would put into a page: whether it ran, whether it styled, and what the policy refused."""
