"""What people type and paste into the page for suggestions out of Word, chats, PDFs, Zotero and phones."""

from __future__ import annotations

from typing import Any

URL = "https://example.org/flash"
LINE = f'url: "{URL}"'

MISTAKES: dict[str, dict[str, Any]] = {
    "curly quotes around a title": {"title": "“FlashAttention”", "expect": ['"“FlashAttention”"']},
    "curly quotes around an address": {"title": "X", "url": f"“{URL}”", "expect": [LINE]},
    "straight quotes around an address": {"title": "X", "url": f'"{URL}"', "expect": [LINE]},
    "quotes inside a title": {"title": 'The "best" of \\alpha', "expect": ['"The \\"best\\" of \\\\alpha"']},
    "no-break spaces": {"title": "Knots\u00a0of\u202fropes", "expect": ['"Knots of ropes"']},
    "spaces around": {"title": "  Knots  ", "url": f" {URL} ", "expect": ['"Knots"', LINE]},
    "tabs": {"title": "Knots\tof ropes", "expect": ['"Knots of ropes"']},
    "a soft hyphen": {"title": "Effi\u00adcient", "expect": ['"Efficient"']},
    "a zero-width space": {"title": "Kn\u200bots", "url": f"{URL}\u200b", "expect": ['"Knots"', LINE]},
    "a byte order mark": {"title": "\ufeffKnots", "expect": ['"Knots"']},
    "a mark from right to left": {"title": "\u200fKnots\u200e", "url": f"\u200e{URL}\u200f", "expect": [LINE]},
    "an override": {"title": "\u202eKnots\u202c", "expect": ['"Knots"']},
    "a link of Slack": {"paste": f"<{URL}|FlashAttention>", "expect": ['"FlashAttention"', LINE]},
    "a link of Slack as an address": {"title": "X", "url": f"<{URL}|FlashAttention>", "expect": [LINE]},
    "angle brackets": {"title": "X", "url": f"<{URL}>", "expect": [LINE]},
    "a Markdown link": {"paste": f"[Flash]({URL})", "expect": ['"Flash"', LINE]},
    "a Markdown link as an address": {"title": "X", "url": f"[Flash]({URL})", "expect": [LINE]},
    "a dot behind an address": {"title": "X", "url": f"{URL}.", "expect": [LINE]},
    "a comma behind an address": {"title": "X", "url": f"{URL},", "expect": [LINE]},
    "parentheses around an address": {"title": "X", "url": f"({URL})", "expect": [LINE]},
    "an arXiv stamp": {"title": "X", "url": "arXiv:2005.14160v2 [cs.LG]", "expect": ["arxiv.org/abs/2005.14160v2"]},
    "an arXiv number": {"title": "X", "url": "2005.14160", "expect": ["https://arxiv.org/abs/2005.14160"]},
    "an arXiv PDF": {"title": "X", "url": "arxiv.org/pdf/2005.14160", "expect": ["https://arxiv.org/pdf/2005.14160"]},
    "a DOI as an address": {"title": "X", "url": "DOI: 10.1145/1234.5", "expect": ["https://doi.org/10.1145/1234.5"]},
    "no scheme": {"title": "X", "url": "www.example.org/x", "expect": ['"https://www.example.org/x"']},
    "a scheme twice": {"title": "X", "url": f"https://{URL}", "expect": [LINE]},
    "a capital from a phone": {"title": "X", "url": "Https://example.org/flash", "expect": ['"Https://example.org/flash"']},
    "one slash": {"title": "X", "url": "https:/example.org/flash", "expect": [LINE]},
    "tracking": {"title": "X", "url": f"{URL}?utm_source=x&utm_medium=y", "expect": [LINE]},
    "tracking amid others": {"title": "X", "url": f"{URL}?a=1&fbclid=x&b=2", "expect": [f"{URL}?a=1&b=2"]},
    "a redirect of Google": {"title": "X", "url": "https://www.google.com/url?q=https%3A%2F%2Fexample.org%2Fflash&sa=D",
                             "expect": [LINE]},
    "hyphenation of a PDF": {"title": "Memory-Efficient Atten-\ntion", "expect": ['"Memory-Efficient Attention"']},
    "a title over two lines": {"title": "Flash: Fast\nand Exact", "expect": ['"Flash: Fast and Exact"']},
    "ligatures": {"title": "E\ufb03cient \ufb01elds", "expect": ['"Efficient fields"']},
    "an en dash in pages": {"title": "X", "pages": "12–34", "expect": ['pages: "12–34"']},
    "a colon": {"title": "FlashAttention: Fast", "expect": ['"FlashAttention: Fast"']},
    "a number sign": {"title": "Issue #42 # more", "expect": ['"Issue #42 # more"']},
    "a percent sign first": {"title": "%CPU and @home", "expect": ['"%CPU and @home"']},
    "a dash first": {"title": "- Knots", "expect": ['"- Knots"']},
    "a year with a space": {"title": "X", "year": " 2022 ", "expect": ["year: 2022"]},
    "names with and": {"title": "X", "authors": "Jack Goody and Ian Watt", "expect": ['["Jack Goody", "Ian Watt"]']},
    "names with semicolons": {"title": "X", "authors": "Goody, Jack; Watt, Ian",
                              "expect": ['["Goody, Jack", "Watt, Ian"]']},
    "BibTeX of Zotero": {"paste": "@article{x,\n\ttitle = {{Knots}: {A} Study},\n\tauthor = {Goody, J. and Watt, I.},\n"
                         "\turl = {https://example.org/flash},\n\tyear = {1990},\n}",
                         "expect": ['"Knots: A Study"', LINE]},
    "an abstract page": {"paste": f"FlashAttention: Fast\n\n{URL}", "expect": ['"FlashAttention: Fast"', LINE]},
    "a formula": {"title": "$k$-means \\& more", "expect": ['"$k$-means \\\\& more"']},
    "a note in Markdown": {"title": "X", "note": "See *section 2*: it's `short`", "expect": ["note: "]},
}  # fmt: skip
