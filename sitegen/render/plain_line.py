"""Inline Markdown of the plain kind, which is nearly all that pages are made of, rendered in one pass.

What Markdown means is said by the parser of `render.article`: here stands the same for the shapes that are written
most, in a tenth of its time. Plain are text with its escapes and entities, formulas, links whose address stands in
angle brackets, with classes behind them, emphasis with a class or none, strong words, and line breaks; none of them
stands in another but formulas.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, NamedTuple

from sitegen import latex
from sitegen.render.line_pictures import picture
from sitegen.render.page_links import address
from sitegen.text import escape_html

if TYPE_CHECKING:
    from collections.abc import Callable

    # HTML and the words in it: a part of a line, of which there are too many to give each a class.
    _Shown = tuple[str, str]

# Attributes that XML needs, and HTML does not.
_MATH = re.compile(r'^<math display="inline" xmlns="[^"]*">')

# All loops are possessive: what is no plain line is found to be none in one pass.
_ESCAPE = r"\\[!-/:-@\[-`{-~]|&(?:amp|lt|gt|quot|#(?:3[3-9]|[4-9][0-9]|1[01][0-9]|12[0-6]));"
_TEXT = rf"(?:[^\\`*_\[\]{{}}<>&$!\n\r\0]++|!(?!\[)|{_ESCAPE})++"
_FORMULA = r"\$[^$\n\r\0]++(?<!\\)\$"
_WORDS = rf"(?:{_TEXT}|{_FORMULA})++"
# Marks of emphasis mean what they seem to where white space or punctuation stands outside and none inside.
_BEFORE, _INSIDE, _AFTER = r"(?:\A|(?<=[ \n\xa0]))", rf"(?![\s*]){_WORDS}(?<!\s)", r"(?=[ \n\xa0.,;:)]|\Z)"
_PART = re.compile(
    rf"(?P<words>{_WORDS})"
    rf"|(?P<link>\[({_WORDS})\]\(<([^<>\\\n\r\0]*+)>\)(?:\{{\.([a-zA-Z0-9_-]+(?: \.[a-zA-Z0-9_-]+)*)\}})?(?!\{{))"
    rf"|(?P<em>{_BEFORE}\*({_INSIDE})\*(?:\{{\.([a-z]+)\}}|{_AFTER}))"
    rf"|(?P<strong>{_BEFORE}\*\*({_INSIDE})\*\*{_AFTER})"
    r"|(?P<break>(?<! )\n(?![ \t]))"
)
_LINK, _EM, _STRONG = (_PART.groupindex[name] for name in ("link", "em", "strong"))
_ESCAPED = re.compile(_ESCAPE)
_RUN = re.compile(rf"(?P<text>{_TEXT})|(?P<formula>{_FORMULA})")


class Line(NamedTuple):
    """The text of a paragraph, heading or cell as HTML, and its words."""

    html: str
    words: str


def plain_line(content: str, folder: str, up: str) -> Line | None:
    """Render inline Markdown of a page in a folder, `up` leading from the page there; None where it is not plain."""
    if content.endswith("\\"):
        return None
    pieces: list[str] = []
    words: list[str] = []
    place = 0
    while place < len(content):
        part = _PART.match(content, place)
        found = _RENDERERS[part.lastgroup or ""](part, folder, up) if part else None
        if not part or not found:
            return None
        place = part.end()
        pieces.append(found[0])
        words.append(found[1])
    return Line("".join(pieces), "".join(words))


def formula(source: str) -> str:
    """Give a formula, as Markdown has it between its dollars, as MathML, or its source where that cannot be done."""
    source = html.unescape(source)
    return _MATH.sub("<math>", latex.mathml(source)) or f"<code>{escape_html(source)}</code>"


def _words(raw: str) -> _Shown:
    if "$" in raw:
        shown = [_formula(run[0]) if run.lastgroup == "formula" else _text(run[0]) for run in _RUN.finditer(raw)]
        return "".join([html for html, _ in shown]), "".join([words for _, words in shown])
    return _text(raw)


def _text(raw: str) -> _Shown:
    if "\\" not in raw and "&" not in raw:
        return raw.replace('"', "&quot;"), raw
    words = _ESCAPED.sub(_unescaped, raw)
    return _escaped(words), words


def _formula(raw: str) -> _Shown:
    return formula(raw[1:-1]), raw[1:-1]


def _unescaped(match: re.Match[str]) -> str:
    return match[0][1:] if match[0][0] == "\\" else html.unescape(match[0])


def _escaped(words: str) -> str:
    """Escape as markdown-it-py does, which leaves apostrophes."""
    return html.escape(words, quote=False).replace('"', "&quot;")


def _run(part: re.Match[str], _folder: str, _up: str) -> _Shown:
    return _words(part["words"])


def _link(part: re.Match[str], folder: str, up: str) -> _Shown | None:
    raw, target, kinds = part.group(_LINK + 1, _LINK + 2, _LINK + 3)
    href = address(target, folder, up)
    if href is None:
        return None
    shown, words = _words(raw)
    kind = f' class="{kinds.replace(" .", " ")}"' if kinds else ""
    return f'<a href="{_escaped(href)}"{kind}>{shown}</a>', words


def _emphasis(part: re.Match[str], _folder: str, _up: str) -> _Shown:
    raw, kind = part.group(_EM + 1, _EM + 2)
    shown, words = _words(raw)
    if not kind:
        return f"<em>{shown}</em>", words
    return picture(kind, words) or f'<em class="{kind}">{shown}</em>', words


def _strong(part: re.Match[str], _folder: str, _up: str) -> _Shown:
    shown, words = _words(part[_STRONG + 1])
    return f"<strong>{shown}</strong>", words


def _break(_part: re.Match[str], _folder: str, _up: str) -> _Shown:
    return "\n", ""


_RENDERERS: dict[str, Callable[[re.Match[str], str, str], _Shown | None]] = {
    "words": _run,
    "link": _link,
    "em": _emphasis,
    "strong": _strong,
    "break": _break,
}
