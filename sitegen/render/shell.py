"""Shells: a sentinel page's HTML cut at the places where stamped pages differ, and pages stamped into them.

What differs is the title, the description, the address, further head tags, the slug that the skip link leads to, the
table of contents and the article. Everything else of a page is what MkDocs wrote, without what nobody reads or uses:
white space, quotes and tags that HTML lets be left out, what Material keeps for its own script, which no page loads,
and colours that are those of its styles without being named. Every page carries it: a hundred bytes are a megabyte of
ten thousand pages.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sitegen.render.small import small_html
from sitegen.text import escape_html

if TYPE_CHECKING:
    from sitegen.render.headings import Article

_HOLES = re.compile(
    r'(?P<article><h1 id="xshelltitlex">XSHELLTITLEX</h1>.*?<p>XSHELLENDX</p>)'
    r'|(?P<contents>(?<=class="md-nav md-nav--secondary" aria-label="Table of contents">).*?(?=</nav>))'
    r'|(?P<head><meta name="sitegen" content="XSHELLHEADX">)'
    r"|(?P<description>XSHELLDESCRIPTIONX)"
    r"|(?P<title>XSHELLTITLEX)"
    r"|(?P<slug>xshelltitlex)"
    r'|(?P<address>[^"]*xshellpagex[^"]*)',
    re.DOTALL,
)
_CONTENTS_ROW = re.compile(r'<li class="md-nav__item">.*?</li>', re.DOTALL)
_INDENT = re.compile(r"\n\s+")
_UNUSED = re.compile(
    r'\n<input class="md-toggle"[^>]*>'
    r'|\n<label class="md-overlay"[^>]*></label>'
    r'|\n<div data-md-component="announce">\n?</div>'
    r'|\n<div class="md-dialog"[^>]*>\n?<div[^>]*></div>\n?</div>'
    r'|\n<meta name="generator"[^>]*>'
    r'| class="no-js"(?=>\n<head>)'
    r'| data-md-component="[a-z]+"'
    r'| data-md-color-(?:primary|accent)="indigo"(?=[^<>]*>)'
)
_SKIP = re.compile(r'<div data-md-component="skip">\s*(<a [^<>]*>)\s*([^<>]*?)\s*</a>\s*</div>')
# Tags that stand for themselves: what comes before and behind tells where they would be.
_IMPLIED = re.compile(r"</?head>\n?|</body>\n?|</html>\n?\Z|\A\s+(?=<!doctype)")
_BEHIND = re.compile(
    r"(</?(?:article|div|footer|form|header|main|nav|script|title)(?: [^<>]*)?>|<(?:!|body|html|link|meta)[^<>]*>)\n+"
)
# What the skip link leads to: shorter than the title's words, which stand in the page often enough.
_TOP = "top"
_TITLE_ID = re.compile(r'(<h1 id="?)[^\s">]+')
_ROW_HOLES = re.compile(r"(?P<slug>xshellsecx)|(?P<words>XSHELLSECX)")


class ShellError(Exception):
    """The frame is not what stamping expects: a theme that changed, and a fault of ours."""


@dataclass(frozen=True, slots=True)
class Shell:
    """Literal pieces of a page and, between them, the names of its holes; the same for a row of its contents."""

    pieces: tuple[str, ...]
    holes: tuple[str, ...]
    contents_start: str
    contents_end: str
    row_pieces: tuple[str, ...]
    row_holes: tuple[str, ...]

    @property
    def digest(self) -> str:
        """A digest of all its bytes."""
        return hashlib.blake2b(repr(self).encode(), digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True)
class Stamp:
    """What is stamped into a shell: plain text but `head`, which is HTML."""

    article: Article
    title: str
    description: str
    address: str
    head: str


def cut(html: str) -> Shell:
    """Cut the HTML of a sentinel page into a shell.

    Raises:
        ShellError: the article's hole is missing, or a sentinel word stands where nothing is stamped.
    """
    html = _SKIP.sub(r"\1\2</a>", _INDENT.sub("\n", html))
    pieces, holes, contents = _cut_at(_HOLES, _UNUSED.sub("", html))
    if holes.count("article") != 1 or holes.count("head") != 1:
        raise ShellError(f"the sentinel page has holes {holes}, not one article and one head")
    row = _CONTENTS_ROW.search(contents.get("contents", ""))
    start, end = (contents["contents"][: row.start()], contents["contents"][row.end() :]) if row else ("", "")
    row_pieces, row_holes, _ = _cut_at(_ROW_HOLES, row[0] if row else "")
    start, end = _all_small((start, end))
    shell = Shell(_all_small(pieces), holes, start, end, _all_small(row_pieces), row_holes)
    left = re.search("xshell[a-z]+x", "".join((*pieces, start, end, *row_pieces)), re.IGNORECASE)
    if left:
        raise ShellError(f"the sentinel word {left[0]} stands where nothing is stamped")
    return shell


def _all_small(pieces: tuple[str, ...]) -> tuple[str, ...]:
    """Give pieces of a page without what HTML lets be left out; a tag with a hole in it stays as it is."""
    return tuple(_BEHIND.sub(r"\1", small_html(_IMPLIED.sub("", piece))) for piece in pieces)


def _cut_at(holes: re.Pattern[str], html: str) -> tuple[tuple[str, ...], tuple[str, ...], dict[str, str]]:
    """Give the pieces between holes, the holes' names, and what stood in each name's last hole."""
    pieces, names, found, start = [], [], {}, 0
    for match in holes.finditer(html):
        name = str(match.lastgroup)
        pieces.append(html[start : match.start()])
        names.append(name)
        found[name] = match[0]
        start = match.end()
    return (*pieces, html[start:]), tuple(names), found


def stamp(shell: Shell, content: Stamp) -> bytes:
    """Give a page: the shell with its holes filled, in UTF-8."""
    html, slug = _with_short_top(content.article)
    fillings = {
        "article": html.rstrip("\n"),
        "contents": _contents(shell, content.article),
        "head": content.head,
        "description": escape_html(content.description),
        "title": escape_html(content.title),
        "slug": slug,
        "address": escape_html(content.address),
    }
    return _filled(shell.pieces, shell.holes, fillings).encode()


def _with_short_top(article: Article) -> tuple[str, str]:
    """Give an article's HTML with a short id for its title, and that id; "" where it has no heading."""
    if not article.headings:
        return article.html, ""
    slug = article.headings[0].slug
    if any(heading.slug == _TOP for heading in article.headings):
        return article.html, slug
    return _TITLE_ID.sub(rf"\g<1>{_TOP}", article.html, count=1), _TOP


def _contents(shell: Shell, article: Article) -> str:
    """Give the table of contents: the headings of level 2, or nothing where there is none."""
    rows = [
        _filled(shell.row_pieces, shell.row_holes, {"slug": heading.slug, "words": escape_html(heading.words)})
        for heading in article.headings
        if heading.level == 2
    ]
    return shell.contents_start + "\n".join(rows) + shell.contents_end if rows else ""


def _filled(pieces: tuple[str, ...], holes: tuple[str, ...], fillings: dict[str, str]) -> str:
    whole = [pieces[0]]
    for hole, piece in zip(holes, pieces[1:], strict=True):
        whole += (fillings[hole], piece)
    return "".join(whole)
