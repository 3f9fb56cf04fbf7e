"""What shows that a file may hold pasted text: one look at the whole text spares the look at each line."""

from __future__ import annotations

import re

from courseweek.regex import lazy_pattern

# Each pattern begins with what is rare, and takes spaces and dashes for good (`*+`).
_HEADS = lazy_pattern(
    r"\n[ \t]*+(?:-[ \t]++)*+(?:@|TY[ ]{1,2}-|PMID-|%[0TA][ ]|[\[{][ \t]*[\"\[{\r\n]|\[https?:|\[\d{1,3}\][ ]*[A-Za-z]"
    r"|\[[^\[\]\n]+\](?:\[|:[ ])|</?[A-Za-z]|Title:|DOI:?[ ]|\[?\(?Submitted on|arXiv:|https?://|doi:[ ]?10|10\.\d{4}"
    r"|\\(?:item|href|url|bibitem|begin)\b|>[ >]*(?:[^\s>\d+-]|-[ ]\S)|`|\|[^\n|]*\||[“‘]|Published\b|TLDR|TL;DR"
    r"|Corpus ID|Keywords:|(?:MLA|APA|Chicago|Harvard|Vancouver)(?:[\t\r\n]|[ ][A-Z])"
    r"|(?:[*+•·‣◦▪●○∙–—]|\d{1,3}[.)])[ \t]+\S)"
)
_FIELDS = lazy_pattern(
    r"\n[ \t]*(?:-[ \t]+)*[A-Za-z]+[ \t]*(?:=[ \t]*[{\"]|:[ \t]*\{[^:\n]*\}[ \t]*,?[ \t]*(?:\r?\n|\Z))"
)
_SIGNS_OF_FIELDS = ("={", "= {", '="', '= "', ": {", ":{")
_YEAR = lazy_pattern(r"[ ]\(?(?:19|20)\d\d(?:[^()\n]{0,24}\)?[.:,][ ]|[^()\n]{0,12};\d|\)\.?[\r\n])")
_YEAR_AT_END = lazy_pattern(r"\n[ \t]*+(?:-[ \t]++)?+[^\W\d_a-z][^\n]*[ ](?:19|20)\d\d\.?[ \t]*[\r\n]")
_ADDRESS_IN_FRONT = lazy_pattern(r"\[(?<=[^\s\[\](\"'*_-]\[)[^\[\]\n]+\](?!\()")
_FLAG = lazy_pattern(r"\n[ \t]*+(?:optional|required|mandatory)[ ]?:[ ]+(?:yes|true|y|no|false|n)\b", re.IGNORECASE)
_CELLS = lazy_pattern(r"[^\s#:-][ ]*\t[ \t]*[^\s#]")
_CSV = lazy_pattern(
    r"\n[ \t]*(?:-[ \t]+)*(?:\"[^\"\n]*(?:\"\"[^\"\n]*)*\",|[^\s\",#][^\",\n]*(?:,[^\s\",][^\",\n]*)*,(?:https?://|url\b))"
)
_ABOVE = lazy_pattern(r"(?:[ \t]*(?:#[^\n]*)?\r?\n)*[ \t]*-[ ]")
_DIFF = ("\n+", "\ndiff --git ", "\n@@ ")
_LINKS = ("links:", "materials:")


def may_hold(text: str, *, readings: bool) -> bool:
    """Return whether a text, after a line end, may hold what is looked for."""
    if any(sign in text for sign in _DIFF) or (("](" in text or ": - " in text) and any(key in text for key in _LINKS)):
        return True
    if not readings:
        return False
    return (
        ("<http" in text and ("|" in text or ">`_" in text))
        or "[[http" in text
        or " Authors Info" in text
        or ("\t" in text and _CELLS.search(text) is not None)
        or (('",' in text or ",http" in text or ",url" in text) and _CSV.search(text) is not None)
        or _ADDRESS_IN_FRONT.search(text) is not None
        or (any(sign in text for sign in _SIGNS_OF_FIELDS) and _FIELDS.search(text) is not None)
        or _HEADS.search(text) is not None
        or _FLAG.search(text) is not None
        or _YEAR.search(text) is not None
        or _YEAR_AT_END.search(text) is not None
        or _ABOVE.match(text) is not None
    )
