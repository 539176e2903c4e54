"""Markdown as lists are kept: headings, list items, rows and paragraphs, each with its lines and its pieces of text.

Blocks of raw HTML and indented code are switched off: what stands in `<details>`, or too far to the right, is read
as the text it is.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import unquote

from markdown_it import MarkdownIt

from sitegen.text import invisible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

# No entry is on a longer line, in characters; Markdown takes the square of some such lines' length.
_LONGEST_LINE = 20_000
_ADDRESS = re.compile(r"""<a\s[^>]*?href\s*=\s*["']?([^"'\s>]*)""", re.IGNORECASE)
_TAG = re.compile(r"</?([a-z0-9]+)", re.IGNORECASE)
# A backslash ends a line, with or without the spaces that nobody sees behind it.
_BREAK = re.compile(r"(?<=\s)\\[ \t]+(?=[\r\n])")
_BADGE = re.compile(r"//img\.shields\.io/badge/-?([^-/?#]{1,40})-")
_NO_WORDS = ("", "Static Badge", "badge", "Badge")
_STRONG_TAGS = ("b", "strong")
_EM_TAGS = ("i", "em")


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text of one look; `link` is where it leads, "" for a link to nowhere, None for no link."""

    text: str
    strong: bool = False
    em: bool = False
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A heading ("heading"), list item ("item"), row of a table ("row") or paragraph ("text") with its lines (from 1).

    `cells` are a row's, under `header`; `children` are the items nested in an item, whose lines lie within its own.
    """

    sort: str
    first: int
    last: int
    runs: tuple[Run, ...] = ()
    level: int = 0
    cells: tuple[tuple[Run, ...], ...] = ()
    header: tuple[str, ...] = ()
    children: tuple[Block, ...] = ()


def blocks(text: str) -> list[Block]:
    """Give the blocks of a Markdown text in their order; comments, fences, rules and endless lines are left out."""
    lines = re.split(r"(\r\n|\r|\n)", _BREAK.sub(r"\\", _without_comments(text)))
    return list(_read(_parser().parse("".join(line if len(line) <= _LONGEST_LINE else "" for line in lines))))


def plain(runs: Sequence[Run]) -> str:
    """Give the text of the pieces, as it stands."""
    return "".join(run.text for run in runs)


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True})
    return parser.enable("table").disable(["html_block", "code", "lheading", "reference"])


def _without_comments(text: str) -> str:
    """Give the text with spaces for its HTML comments: every line keeps its number."""
    kept: list[str] = []
    place = 0
    while (start := text.find("<!--", place)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        kept += [text[place:start], re.sub(r"[^\r\n]", " ", text[start : end + 3])]
        place = end + 3
    return "".join(kept) + text[place:]


def _read(tokens: Sequence[Token]) -> Iterator[Block]:
    """Give the blocks of the tokens; lists within quotes are lists, quotes within items are the items' text."""
    place = 0
    while place < len(tokens):
        token = tokens[place]
        end = place + 1
        if token.type in {"list_item_open", "table_open"}:
            end = _closing(tokens, place) + 1
            inside = tokens[place:end]
            yield from [_item(inside)] if token.type == "list_item_open" else _rows(inside)
        elif token.type == "inline":
            opened = tokens[place - 1]
            heading = opened.type == "heading_open"
            first, last = _lines(token)
            level = int(opened.tag[1:]) if heading else 0
            yield Block("heading" if heading else "text", first, last, _runs(token), level)
        place = end


def _lines(token: Token) -> tuple[int, int]:
    """Give the first and the last line of a token, from 1."""
    first, after = token.map or (0, 1)
    return first + 1, max(after, first + 1)


def _closing(tokens: Sequence[Token], place: int) -> int:
    """Give the place of the token that closes the one at `place`."""
    depth = 0
    for at in range(place, len(tokens)):
        depth += tokens[at].nesting
        if depth == 0:
            return at
    return len(tokens) - 1


def _item(tokens: Sequence[Token]) -> Block:
    """Give a list item with the items nested in it; its paragraphs are one text, a line break between them."""
    runs: list[Run] = []
    children: list[Block] = []
    last = 0
    for block in _read(tokens[1:-1]):
        last = max(last, block.last)
        if block.sort == "item":
            children.append(block)
        else:
            runs += [*([Run("\n")] if runs else []), *(block.runs or _joined(block.cells))]
    first, end = _lines(tokens[0])
    return Block("item", first, last or end, _merged(runs), children=tuple(children))


def _rows(tokens: Sequence[Token]) -> Iterator[Block]:
    """Give the rows of a table below its header, which is given with each."""
    header: tuple[str, ...] = ()
    cells: list[tuple[Run, ...]] = []
    first, last = _lines(tokens[0])
    for token in tokens:
        if token.type == "inline":
            cells.append(_runs(token))
        elif token.type == "tr_open":
            cells = []
            first, last = _lines(token)
        elif token.type == "thead_close":
            header = tuple(plain(cell).strip() for cell in cells)
            cells = []
        elif token.type == "tr_close" and header:
            yield Block("row", first, last, cells=tuple(cells), header=header)


def _joined(cells: Sequence[Sequence[Run]]) -> list[Run]:
    return [run for cell in cells for run in (*cell, Run("\n"))]


@dataclass(slots=True)
class _Look:
    """How text looks at one place of an inline token, by the marks that are open."""

    strong: int = 0
    em: int = 0
    links: list[str] = field(default_factory=list)

    def run(self, text: str) -> Run:
        if invisible(text):
            text = "".join(character for character in text if not invisible(character))
        return Run(text, self.strong > 0, self.em > 0, self.links[-1] if self.links else None)


def _runs(token: Token) -> tuple[Run, ...]:
    """Give the pieces of text of an inline token; a picture gives its words only where it is all that a link shows."""
    look = _Look()
    found: list[Run] = []
    picture = ""
    for child in token.children or []:
        if child.type in {"text", "code_inline", "text_special"}:
            found.append(look.run(child.content))
        elif child.type in {"softbreak", "hardbreak"}:
            inside = look.run(" ")
            # A title or a list of names that goes on in the next line is one.
            found.append(inside if child.type == "softbreak" and inside != Run(" ") else Run("\n"))
        elif child.type == "image":
            picture = _words_of(child)
        elif child.type == "html_inline":
            found += _tag(child.content, look)
        elif child.type == "link_close":
            # Where the last piece does not lead there, the link showed nothing but a picture.
            shown = found[-1].link if found else None
            found += [look.run(picture)] if picture and look.run("").link not in (None, shown) else []
            del look.links[-1:]
        elif child.type == "link_open":
            look.links.append(str(child.attrs.get("href", "")))
            picture = ""
        elif child.type.startswith("strong_"):
            look.strong += child.nesting
        elif child.type.startswith("em_"):
            look.em += child.nesting
    return _merged(found)


def _words_of(picture: Token) -> str:
    """Give a picture's words; a badge that was left with the words of its maker has those that are drawn on it."""
    drawn = _BADGE.search(str(picture.attrs.get("src", ""))) if picture.content in _NO_WORDS else None
    return unquote(drawn[1]).replace("_", " ") if drawn else picture.content or "link"


def _tag(tag: str, look: _Look) -> list[Run]:
    """Take an HTML tag for what it does to the text: a line break, a link, a look, or nothing."""
    match = _TAG.match(tag)
    name = match[1].lower() if match else ""
    step = -1 if tag.startswith("</") else 1
    if name == "br":
        return [Run("\n")]
    if name in _STRONG_TAGS:
        look.strong = max(look.strong + step, 0)
    elif name in _EM_TAGS:
        look.em = max(look.em + step, 0)
    elif name == "a" and step > 0:
        address = _ADDRESS.match(tag)
        look.links.append(html.unescape(address[1]) if address else "")
    elif name == "a" and look.links:
        look.links.pop()
    return []


def _merged(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Give the pieces with neighbours of one look made one; two links in a row to one place are one link."""
    looks: list[tuple[bool, bool, str | None]] = []
    texts: list[list[str]] = []
    for run in runs:
        look = (run.strong, run.em, run.link)
        if texts and look == looks[-1]:
            texts[-1].append(run.text)
        elif run.text:
            looks.append(look)
            texts.append([run.text])
    return tuple(Run("".join(text), *look) for look, text in zip(looks, texts, strict=True))
