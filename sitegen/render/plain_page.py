"""Pages of plain Markdown, as nearly all are, rendered in one pass, block by block.

What Markdown means is said by the parser of `render.article`: here stands the same for the blocks that are written
most. Plain are headings, paragraphs, code between backticks, containers but charts, and lists of one level without
empty lines between entries, in which words may open more.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from sitegen.render.charts import BOX
from sitegen.render.containers import BOXES, CITE, FORM, MORE, REGIONS, container_closes, container_opens
from sitegen.render.headings import Article, Heading, Headings

if TYPE_CHECKING:
    from collections.abc import Callable

    from sitegen.render.plain_line import Line

    Inline = Callable[[str], Line]

# A line of words: one that could begin no other block than a paragraph, without white space at its ends.
_LINE = r"(?![\s#:`~|>+=_<{-]|\*{1,2}+[\s*]|[0-9]{1,9}[.)]\s)[^\n\r\0]++(?<!\s)\n"
_LINES = rf"(?:{_LINE})++"
_WITHIN = rf"(?:  {_LINE})++"
_REST = r"(?=\S)[^\n\r\0]++(?<!\s)"
_ENTRY = (
    rf"- (?P<words>{_LINE}(?:{_WITHIN})?+)"
    rf"(?:  ::: {MORE} (?P<shown>{_REST})\n(?P<inside>{_WITHIN}(?:\n{_WITHIN})*+)  :::\n)?+"
)
_NAMES = "|".join([name for name in BOXES if name != BOX] + list(REGIONS))
_BLOCK = re.compile(
    r"(?P<gap>\n++)"
    r"|(?P<heading>(?P<level>#{1,6}) (?P<title>(?![\s#])[^\n\r\0]++(?<![\s#]))\n)"
    # What follows a list at once could be its last entry's, and a list behind an empty line would be the same list.
    rf"|(?P<list>(?:{re.sub(r'[(][?]P<[a-z]+>', '(?:', _ENTRY)})++(?=\n++(?![\s-])|:::|\Z))"
    rf"|(?P<opens>(?P<marks>:{{3,}}) (?:(?P<name>{_NAMES})|(?P<button>{MORE}|{FORM}) (?P<words>{_REST}))\n)"
    r"|(?P<closes>:{3,}\n)"
    r"|(?P<code>(?P<ticks>`{3,})\n(?P<source>(?:(?! *(?:```|:::))[^\n\r\0]*+\n)*+)(?P=ticks)\n)"
    rf"|(?P<paragraph>{_LINES})"
)
_EACH_ENTRY = re.compile(_ENTRY)


def plain_page(markdown: str, inline: Inline) -> Article | None:
    """Render Markdown whose lines `inline` renders; None where it is not plain."""
    # Behind "[a]:" stands where links named so lead.
    if "]:" in markdown:
        return None
    page = _Page(inline)
    place = 0
    while place < len(markdown):
        block = _BLOCK.match(markdown, place)
        if not block or not page.take(block):
            return None
        place = block.end()
    return page.made()


class _Page:
    """A page as far as it was read."""

    def __init__(self, inline: Inline) -> None:
        self._inline = inline
        self._headings = Headings()
        self._pieces: list[str] = []
        # The containers that are open, the outermost first: how many colons each has, and its name.
        self._open: list[tuple[int, str]] = []
        # The container that opened last, until something stands in it.
        self._empty = ""

    def take(self, block: re.Match[str]) -> bool:
        """Render one more block; false where it is not plain there."""
        kind = str(block.lastgroup)
        if kind == "closes":
            return self._closes(len(block[0]) - 1)
        if kind != "gap":
            self._pieces.append(getattr(self, f"_{kind}")(block))
            self._empty = (block["name"] or block["button"]) if kind == "opens" else ""
        # A container ends at the first line that has as many colons as its own, wherever that stands.
        return not (kind == "list" and "\n  :::\n" in block[0] and any(marks == 3 for marks, _ in self._open))

    def made(self) -> Article | None:
        """Give what was read."""
        return None if self._open else Article("".join(self._pieces), self._headings.all())

    def _closes(self, marks: int) -> bool:
        counts = [count for count, _ in self._open]
        if self._empty or not counts or counts[-1] > marks or min(counts[:-1], default=marks + 1) <= marks:
            return False
        self._pieces.append(container_closes(self._open.pop()[1]))
        return True

    def _heading(self, block: re.Match[str]) -> str:
        line = self._inline(block["title"])
        return heading_html(self._headings.add(len(block["level"]), line.words), line.html)

    def _paragraph(self, block: re.Match[str]) -> str:
        return f"<p>{self._inline(block[0][:-1]).html}</p>\n"

    def _code(self, block: re.Match[str]) -> str:
        return code_html(block["source"])

    def _opens(self, block: re.Match[str]) -> str:
        name = block["name"] or block["button"]
        self._open.append((len(block["marks"]), name))
        shown = self._inline(block["words"]).html if block["words"] else ""
        return container_opens(name, shown, first=self._empty == CITE)

    def _list(self, block: re.Match[str]) -> str:
        return "".join(["<ul>\n", *map(self._entry, _EACH_ENTRY.finditer(block[0])), "</ul>\n"])

    def _entry(self, entry: re.Match[str]) -> str:
        words = self._inline(entry["words"][:-1].replace("\n  ", "\n")).html
        if not entry["shown"]:
            return f"<li>{words}</li>\n"
        inside = [line[2:].replace("\n  ", "\n") for line in entry["inside"][:-1].split("\n\n")]
        paragraphs = [f"<p>{self._inline(line).html}</p>\n" for line in inside]
        opens = container_opens(MORE, self._inline(entry["shown"]).html)
        return "".join([f"<li>{words}{opens}", *paragraphs, container_closes(MORE), "</li>\n"])


def heading_html(heading: Heading, words: str) -> str:
    """Give a heading with its words, which are HTML."""
    kind = ' class="long"' if heading.is_long else ""
    return f'<h{heading.level} id="{heading.slug}"{kind}>{words}</h{heading.level}>\n'


def code_html(source: str) -> str:
    """Give a block of code; quotes, of which data has many, need no escape between tags."""
    return f"<pre><code>{html.escape(source, quote=False)}</code></pre>\n"
