"""Text that came with markup: HTML and MathML in titles, JATS in abstracts."""

from __future__ import annotations

import html
import re

from sitegen.text import clean, one_line

# Publishers of LaTeX formulas wrap each in a document of its own.
_DOCUMENT = re.compile(r"\\documentclass.{0,2000}?\\begin\{document\}(.{0,2000}?)\\end\{document\}", re.DOTALL)
_BOTH = re.compile(r"<(?:jats:)?tex-math\b[^<>]{0,500}>")
_MATHML = re.compile(r"<(mml:math)\b[^<>]{0,500}>[^\x00]{0,5000}?</\1\s{0,5}>")
_HEADING = re.compile(r"<(?:jats:)?title\b[^<>]{0,500}>([^<>]{0,200})</(?:jats:)?title\s{0,5}>")
_BLOCK = re.compile(r"</?(?:jats:)?(?:p|sec|br|list|list-item|title|div|li|ul|ol)\b[^<>]{0,500}>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][\w:.-]{0,60}(?:\s[^<>]{0,2000})?/?>|<!--[^<>]{0,2000}-->")
_CDATA = re.compile(r"<!\[CDATA\[|\]\]>")


def without_tags(text: str) -> str:
    """Give text without HTML, JATS and MathML tags, its entities decoded, on one line; `a < b` stays.

    The heading "Abstract" is left out, other headings end in a colon; of a formula given twice TeX is kept.
    """
    if "<" not in text and "&" not in text:
        return one_line(clean(text)) if text else ""
    text = _CDATA.sub("", text)
    if not _TAG.search(text):
        # Services escape markup once more than they should: "&lt;i&gt;", "&amp;amp;".
        text = html.unescape(text)
    if _BOTH.search(text):
        text = _MATHML.sub("", text)
    text = _DOCUMENT.sub(lambda formula: one_line(formula[1]).replace("$$", "$"), text)
    text = _HEADING.sub(_heading, text)
    text = _TAG.sub("", _BLOCK.sub(" ", text))
    return one_line(clean(html.unescape(html.unescape(text) if "&amp;" in text else text)))


def _heading(met: re.Match[str]) -> str:
    words = one_line(met[1]).rstrip(":.")
    return "" if words.casefold() in {"", "abstract", "summary"} else f" {words}: "
