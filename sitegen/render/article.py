"""Markdown -> the HTML of an article, with the headings that a table of contents needs.

CommonMark by markdown-it-py with raw HTML off, tables, attributes behind links and emphasis, dollar formulas, which
become MathML, and containers: `::: more Words` for what opens behind words, `::: form Words` for one of several that
the box `cite` shows by turns, `::: name` of `REGIONS` for what has a name for those who listen, `::: name` of `BOXES`
for a box of that class. A container may stand in an entry of a list and in another container, whose fence then has more
colons. A table in a box `::: chart trend` is drawn, and so are figures in emphasis of the classes that
`render.line_pictures` knows. Heading ids are those of Python-Markdown's `toc`, so that MkDocs gives the same ones.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache, partial
from itertools import pairwise
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.attrs import attrs_plugin
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin

from sitegen.render import charts
from sitegen.render.columns import in_columns
from sitegen.render.containers import BOXES, CITE, FORM, MORE, REGIONS, container_closes, container_opens
from sitegen.render.headings import Article, Headings
from sitegen.render.line_pictures import with_pictures
from sitegen.render.page_links import relative
from sitegen.render.plain_line import Line, formula, plain_line
from sitegen.render.plain_page import code_html, plain_page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore

    from sitegen.render.plain_page import Inline

_TARGETS = {"link_open": "href", "image": "src"}
_CLASS = re.compile(r"\{\.([a-z]+)\}")


def article(markdown: str, path: str) -> Article:
    """Render the Markdown of the page at `path` ("papers/x.md"); links to other files become links between pages."""
    folder, _, name = path.rpartition("/")
    up = "" if name == "index.md" else "../"
    inline = partial(_inline, folder=folder, up=up)
    made = plain_page(markdown, inline) or parsed_page(markdown, inline)
    return replace(made, html=_without_detours(made.html, name.removesuffix(".md"))) if up else made


def parsed_page(markdown: str, inline: Inline) -> Article:
    """Render Markdown by the parser, which says what all of it means; its lines are rendered by `inline`."""
    parser = _parser(blocks=True)
    tokens = parser.parse(markdown)
    headings = Headings()
    for place, token in enumerate(tokens):
        if token.type == "inline":
            line = inline(token.content)
            token.children = [Token("html_inline", "", 0, content=line.html)]
            token.meta["words"] = line.words
            if tokens[place - 1].type == "heading_open":
                _mark_heading(tokens[place - 1], headings, line.words)
        elif token.type in (f"container_{MORE}_open", f"container_{FORM}_open"):
            token.meta["shown"] = inline(_words_behind_name(token.info)).html
    return Article(parser.renderer.render(charts.drawn(tokens), parser.options, {}), headings.all())


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
    for name in (*REGIONS, MORE, FORM):
        parser.add_render_rule(f"container_{name}_open", _container_opens)
        parser.add_render_rule(f"container_{name}_close", _container_closes)
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
    """Give the words that a container shows; its info begins with its name."""
    return info.strip().partition(" ")[2].strip()


def _container_opens(_renderer: object, tokens: Sequence[Token], index: int, _options: object, _env: object) -> str:
    first = tokens[index - 1].type == f"container_{CITE}_open"
    return container_opens(_container_name(tokens[index]), tokens[index].meta.get("shown", ""), first=first)


def _container_closes(_renderer: object, tokens: Sequence[Token], index: int, _options: object, _env: object) -> str:
    return container_closes(_container_name(tokens[index]))


def _container_name(token: Token) -> str:
    return token.type.split("_")[1]


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
    return code_html(tokens[index].content)


def _mark_heading(opening: Token, headings: Headings, words: str) -> None:
    heading = headings.add(int(opening.tag[1]), words)
    opening.attrSet("id", heading.slug)
    if heading.is_long:
        opening.attrSet("class", "long")


def _words(tokens: Sequence[Token]) -> str:
    """Give the text of inline tokens, as Python-Markdown's `toc` takes it."""
    return "".join(
        token.content for token in tokens if token.type in {"text", "code_inline", "text_special", "math_inline"}
    )
