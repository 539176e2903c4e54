"""A page in fewer bytes: HTML without what HTML lets be left out, Markdown without what only the styles need."""

from __future__ import annotations

import re
from functools import lru_cache

from sitegen.render.docs import without_fences

# A tag with attributes, and a value in one that needs no quotes.
_TAG = re.compile(r"(<[a-z!][^<>=]*+=[^<>]*+>)")
_QUOTED = re.compile(r'(?<==)"([^\s"\'=<>`]+)"(?!/)')
# White space beside the tags of these is not seen.
_BLOCKS = (
    r"(?:!doctype|article|aside|body|details|div|footer|form|h[1-6]|head|header|html|input|li|link|main|meta|nav|[uo]l|p"
    r"|script|section|table|title)\b"
)
# These ends are known from what comes behind: another entry, another block, or the end of what they stand in.
_ENDS = re.compile(
    r"</li>\n?(?=<li\b|</[uo]l>)"
    rf"|</p>\n?(?=<(?:{_BLOCKS}|pre\b)|</(?:div|nav|aside|details|article|footer|li)>)"
    rf"|\n(?=</?{_BLOCKS})"
)

# Classes behind a link or emphasis; a brace of a record's text is escaped.
_EMPTY = re.compile(r"\n{3,}")
_CLASSES = re.compile(r"\{\.(?<=[)*]..)[a-z0-9]+(?: \.[a-z0-9]+)*\}")


def small_markdown(source: str) -> str:
    """Give the Markdown of an article without classes and containers."""
    return _EMPTY.sub("\n\n", without_fences(_CLASSES.sub("", source))).rstrip("\n") + "\n"


def small_html(html: str) -> str:
    """Give HTML, whose attributes escape `<` and `>`, without quotes, end tags and new lines that nobody needs."""
    pieces = _TAG.split(_ENDS.sub("", html))
    pieces[1::2] = map(_without_quotes, pieces[1::2])
    return "".join(pieces)


# Most tags stand on many pages.
@lru_cache(maxsize=4096)
def _without_quotes(tag: str) -> str:
    return "".join(_QUOTED.split(tag))
