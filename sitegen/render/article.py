"""Markdown -> the HTML of an article, with the headings that a table of contents needs.

CommonMark by markdown-it-py with raw HTML off, tables, attributes behind links and emphasis, dollar formulas, which
become MathML, and containers: `::: more Words` for what opens behind words, `::: form Words` for one of several that
the box `cite` shows by turns, `::: name` of `REGIONS` for what has a name for those who listen, `::: name` of `BOXES`
for a box of that class. A container may stand in an entry of a list and in another container, whose fence then has more
colons. A table in a box `::: chart trend` is drawn, and so are figures in emphasis of the classes that
`render.line_pictures` knows. Heading ids are those of Python-Markdown's `toc`, so that MkDocs gives the same ones.
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.attrs import attrs_plugin
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin

from sitegen.render import charts
from sitegen.render.columns import in_columns
from sitegen.render.line_pictures import with_pictures
from sitegen.render.page_links import relative
from sitegen.render.plain_line import Line, formula, plain_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore

# What boxes there are, each a class of the theme's.
BOXES = (charts.BOX, "flags", "note", "rows", "plain")
MORE, FORM = "more", "form"
# Containers with a name: their element and its attributes.
REGIONS = {
    "aside": ("aside", 'aria-label="About this page"'),
    "cite": ("div", 'role="group" aria-label="Ways to cite"'),
    "crumbs": ("nav", 'aria-label="You are here"'),
    "path": ("nav", 'aria-label="You are here"'),
    "turn": ("nav", 'aria-label="Newer and older"'),
}
_LONG_TITLE = 110

_TARGETS = {"link_open": "href", "image": "src"}
_LINK_TAG = re.compile(r"</?a\b[^>]*>")
_CLASS = re.compile(r"\{\.([a-z]+)\}")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: its level from 1, its id, its words as plain text."""

    level: int
    slug: str
    words: str


@dataclass(frozen=True, slots=True)
class Article:
    """The HTML of an article and its headings in order."""

    html: str
    headings: tuple[Heading, ...]


def article(markdown: str, path: str) -> Article:
    """Render the Markdown of the page at `path` ("papers/x.md"); links to other files become links between pages."""
    tokens = _parser(blocks=True).parse(markdown)
    folder, _, name = path.rpartition("/")
    up = "" if name == "index.md" else "../"
    words = [_inline(token.content, folder, up) for token in tokens if token.type == "inline"]
    headings = _number_headings(tokens, words)
    for token, line in zip((token for token in tokens if token.type == "inline"), words, strict=True):
        token.children = [Token("html_inline", "", 0, content=line.html)]
        token.meta["words"] = line.words
    for token in tokens:
        if token.type in (f"container_{MORE}_open", f"container_{FORM}_open"):
            # What opens something when it is pressed may hold nothing else to press.
            token.info = _LINK_TAG.sub("", _inline(_words_behind_name(token.info), folder, up).html)
    whole = _parser(blocks=True).renderer.render(charts.drawn(tokens), _parser(blocks=True).options, {})
    return Article(_without_detours(whole, name.removesuffix(".md")) if up else whole, headings)


def lines_of(markdown: str) -> list[str]:
    """Give the inline Markdown of a page, block by block."""
    return [token.content for token in _parser(blocks=True).parse(markdown) if token.type == "inline"]


def _inline(content: str, folder: str, up: str) -> Line:
    """Render inline Markdown of a page in a folder; what stands in many lists is rendered once."""
    return _short_inline(content, folder, up) if len(content) < 1000 else _rendered_inline(content, folder, up)


def _rendered_inline(content: str, folder: str, up: str) -> Line:
    """Render inline Markdown; `up` leads from the page to its folder."""
    line = plain_line(content, folder, up) or parsed_line(content, folder, up)
    return Line(in_columns(line.html), line.words)


def parsed_line(content: str, folder: str, up: str) -> Line:
    """Render inline Markdown by the parser, which says what all of it means."""
    parser = _parser(blocks=False)
    parsed = parser.parseInline(content)
    tokens = parsed[0].children or []
    for token in tokens:
        if attribute := _TARGETS.get(token.type):
            token.attrSet(attribute, relative(str(token.attrGet(attribute)), folder, up))
    said = _words(tokens)
    parsed[0].children = list(with_pictures(tokens))
    return Line(parser.renderer.render(parsed, parser.options, {}), said)


_short_inline = lru_cache(maxsize=20_000)(_rendered_inline)


def _without_detours(whole: str, name: str) -> str:
    """Shorten links that leave a page's folder only to come back to it, as MkDocs writes them."""
    if f"../{name}/" not in whole:
        return whole
    return re.sub(rf'(?<=href=")\.\./{re.escape(name)}/("?)', lambda found: './"' if found[1] else "", whole)


@lru_cache(maxsize=2)
def _parser(*, blocks: bool) -> MarkdownIt:
    """Give the parser of whole pages, which leaves inline Markdown alone, or that of inline Markdown."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.use(attrs_plugin, after=("link_close",), allowed=["class"])
    # What is a formula was decided when the Markdown was made: every other dollar sign is an entity there.
    parser.use(dollarmath_plugin)
    # The plugin's own rule wraps it into class "inline", which Material floats beside the text.
    parser.add_render_rule("math_inline", _formula)
    parser.add_render_rule("fence", _code)
    parser.core.ruler.before("text_join", "named_emphasis", _name_emphasis)
    parser.disable(["math_block", "inline", "text_join"] if blocks else "math_block")
    for name in (*BOXES, *REGIONS, MORE, FORM):
        parser.use(container_plugin, name=name)
    _ask_at_colons(parser)
    parser.add_render_rule(f"container_{MORE}_open", _more_opens)
    parser.add_render_rule(f"container_{MORE}_close", _more_closes)
    parser.add_render_rule(f"container_{FORM}_open", _form_opens)
    for name in REGIONS:
        parser.add_render_rule(f"container_{name}_open", _region_opens)
        parser.add_render_rule(f"container_{name}_close", _region_closes)
    return parser


def _ask_at_colons(parser: MarkdownIt) -> None:
    """Ask the rules of the containers, a dozen, only about lines that begin with a colon, which are few."""
    ruler = parser.block.ruler
    rules = dict(zip(ruler.get_active_rules(), ruler.getRules(""), strict=True))
    names = [name for name in rules if name.startswith("container_")]

    def container(state: StateBlock, line: int, end: int, silent: bool) -> bool:  # noqa: FBT001 (a rule's signature)
        start = state.bMarks[line] + state.tShift[line]
        return state.src.startswith(":", start) and any(rules[name](state, line, end, silent) for name in names)

    ruler.disable(names)
    ruler.before("fence", "container", container, {"alt": ["paragraph", "reference", "blockquote", "list"]})


def _words_behind_name(info: str) -> str:
    """Give the words that a container shows, as Markdown; its info begins with its name."""
    return info.strip().partition(" ")[2].strip()


def _more_opens(_renderer: object, tokens: Sequence[Token], index: int, _options: object, _env: object) -> str:
    return f'<details class="{MORE}">\n<summary>{tokens[index].info}</summary>\n'


def _more_closes(*_: object) -> str:
    return "</details>\n"


def _form_opens(_renderer: object, tokens: Sequence[Token], index: int, _options: object, _env: object) -> str:
    """Give a form with the button that shows it: the theme's styles hide the others, so that no script is needed."""
    checked = " checked" if tokens[index - 1].type == "container_cite_open" else ""
    button = f'<label><input type="radio" name="{FORM}"{checked}>{tokens[index].info}</label>'
    return f'{button}\n<div class="{FORM}">\n'


def _region_opens(_renderer: object, tokens: Sequence[Token], index: int, _options: object, _env: object) -> str:
    name = tokens[index].info.split()[0]
    element, attributes = REGIONS[name]
    return f'<{element} class="{name}" {attributes}>\n'


def _region_closes(_renderer: object, tokens: Sequence[Token], index: int, _options: object, _env: object) -> str:
    return f"</{REGIONS[tokens[index].type.split('_')[1]][0]}>\n"


def _name_emphasis(state: StateCore) -> None:
    """Move `{.date}` behind emphasis into its class: mdit-py-plugins does so behind links, but not here.

    An escaped brace is a token of its own as yet, and no class.
    """
    for line in state.tokens:
        opening = None
        for token, following in pairwise(line.children or ()):
            if token.type == "em_open":
                opening = token
            match = _CLASS.match(following.content) if token.type == "em_close" and following.type == "text" else None
            if match and opening:
                opening.attrSet("class", match[1])
                following.content = following.content[match.end() :]


def _formula(_renderer: object, tokens: Sequence[Token], index: int, _options: object, _env: object) -> str:
    return formula(tokens[index].content)


def _code(_renderer: object, tokens: Sequence[Token], index: int, _options: object, _env: object) -> str:
    """Give a block of code; quotes, of which data has many, need no escape between tags."""
    return f"<pre><code>{html.escape(tokens[index].content, quote=False)}</code></pre>\n"


def _number_headings(tokens: Sequence[Token], lines: Sequence[Line]) -> tuple[Heading, ...]:
    """Give every heading an id, unique on the page; `lines` are of the inline tokens, in their order."""
    headings: list[Heading] = []
    taken: set[str] = set()
    following = iter(lines)
    for opening, token in pairwise(tokens):
        if token.type != "inline":
            continue
        line = next(following)
        if opening.type == "heading_open":
            slug = _unique(slugified(line.words), taken)
            opening.attrSet("id", slug)
            if opening.tag == "h1" and len(line.words) > _LONG_TITLE:
                opening.attrSet("class", "long")
            headings.append(Heading(int(opening.tag[1]), slug, line.words))
    return tuple(headings)


def _words(tokens: Sequence[Token]) -> str:
    """Give the text of inline tokens, as Python-Markdown's `toc` takes it."""
    return "".join(
        token.content for token in tokens if token.type in {"text", "code_inline", "text_special", "math_inline"}
    )


def slugified(words: str) -> str:
    """Give a heading's id by the rule of Python-Markdown's `markdown.extensions.toc.slugify`."""
    ascii_words = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", ascii_words).strip().lower())


def _unique(slug: str, taken: set[str]) -> str:
    """Number an id that is taken, or empty, as Python-Markdown does: "x", "x_1", "x_2"; a second "x_1" is "x_2"."""
    while slug in taken or not slug:
        counted = re.fullmatch(r"(.*)_([0-9]+)", slug)
        slug = f"{counted[1]}_{int(counted[2]) + 1}" if counted else f"{slug}_1"
    taken.add(slug)
    return slug
