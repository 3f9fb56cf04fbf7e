"""How long the search of a large course takes in Chromium: to index it, its longest task, and each answer.

python -m benchmarks.searching               5,000 documents, a third of them with 120 words of text
python -m benchmarks.searching 1000          another number
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Page, sync_playwright

_SYLLABUS = """\
course:
  title: Searched
term:
  starts: 2027-01-25
  ends: 2027-05-07
  timezone: UTC
  meets: {day: Mon}
schedule: [One]
"""
_QUERIES = ("a", "ba", "learning", "laerning", "learnign systems", "bakedo", "Reading 4711", "机器", "x" * 10_000)
_WATCH = """
window.tasks = [];
new PerformanceObserver((list) => tasks.push(...list.getEntries().map((each) => each.duration)))
  .observe({ type: "longtask", buffered: true });
"""
_ANSWER = """(query) => new Promise((resolve) => {
  const input = document.querySelector("dialog input");
  input.value = query;
  const wait = window.setTimeout;
  window.setTimeout = (run) => {
    window.setTimeout = wait;
    const begun = performance.now();
    run();
    resolve(performance.now() - begun);
  };
  input.oninput();
})"""


def make_documents(count: int) -> list[dict[str, Any]]:
    """Return documents of made-up words, of which a few are as frequent as in a text."""
    random = Random(1)
    syllables = [a + b for a in "bdfgklmnprst" for b in ("a", "e", "i", "o", "u", "an", "er", "or")]
    known = ["".join(random.choices(syllables, k=random.randint(2, 4))) for _ in range(20_000)]
    known += ["learning", "systems", "机器学习系统导论"]

    def some(number: int) -> str:
        return " ".join(known[min(int(random.paretovariate(0.6)), len(known)) - 1] for _ in range(number))

    return [
        {
            "href": f"readings.html#reading-{at}",
            "kind": "Reading",
            "title": f"Reading {at} {some(7)}" + (" 机器学习" if at % 50 == 0 else " Learning" if at % 7 == 0 else ""),
            "facts": [f"Week {at % 15 + 1}", "required"],
            "names": some(6).title(),
            **({"text": some(120)} if at % 3 == 0 else {}),
        }
        for at in range(count)
    ]


def measure(page: Page, address: str) -> None:
    """Open a page, use its search for the first time, ask it, and print what that took."""
    page.add_init_script(_WATCH)
    page.goto(address)
    page.wait_for_selector(".masthead button")
    page.evaluate("tasks.length = 0; window.begun = performance.now()")
    page.keyboard.press("/")
    page.wait_for_selector("dialog[open]", state="attached")
    page.evaluate("document.querySelector('dialog input').value = 'reading'")
    page.wait_for_selector("dialog li", state="attached", timeout=120_000)
    took, longest = page.evaluate("[performance.now() - begun, Math.max(0, ...tasks)]")
    print(f"first use to all indexed: {took:,.0f} ms; longest task above 50 ms: {longest:,.0f} ms")
    for query in _QUERIES:
        times = [page.evaluate(_ANSWER, query) for _ in range(5)]
        said = page.inner_text("dialog [role=status]")
        print(f"{query[:20]!r:24} {median(times):6.1f} ms (at most {max(times):.1f}): {said}")


def main() -> None:
    """Build a small course, give it the documents, and measure in Chromium."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000
    with TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        (folder / "syllabus.yaml").write_text(_SYLLABUS, encoding="utf-8")
        subprocess.run([sys.executable, "-m", "courseweek", "--source", name], check=True, stdout=subprocess.DEVNULL)
        script = folder / "_site" / "search.js"
        head = script.read_text(encoding="utf-8").partition("documents:[")[0]
        lines = (json.dumps(each, ensure_ascii=False, separators=(",", ":")) for each in make_documents(count))
        script.write_text(head + "documents:[\n" + ",\n".join(lines) + "\n]};\n", encoding="utf-8")
        print(f"{count:,} documents, {script.stat().st_size:,} bytes")
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        measure(browser.new_page(), (folder / "_site" / "index.html").as_uri())
        browser.close()


if __name__ == "__main__":
    main()
