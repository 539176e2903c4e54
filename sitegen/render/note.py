"""A curator's note, which is Markdown: what of it may stand on a page and in a feed.

Paragraphs, lists, quotations, emphasis, code, formulas and links to the web stay. Headings and images would break the
page's outline and ask other hosts: of them the words stay. There is no raw HTML. What was read is written anew, so
that nothing of the note reaches a page unread.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from sitegen import latex
from sitegen.text import clean, web_address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.rules_inline import StateInline

# A list that counts further would need more room for its numbers than Python-Markdown gives to what stands below.
LAST_NUMBER = 99


def note_tree(note: str) -> SyntaxTreeNode:
    """Read a note; a formula is a leaf of type "formula"."""
    return SyntaxTreeNode(_parser().parse(clean(note)))


def note_words(note: str) -> str:
    """Give a note's words as plain text on one line."""
    return " ".join(" ".join(map(words_of, note_tree(note).children)).split())


def words_of(node: SyntaxTreeNode) -> str:
    """Give the words of a part of a note."""
    return "".join(_words(node))


def first_number(node: SyntaxTreeNode) -> int:
    """Give the number that a list begins with."""
    number = int(node.attrs.get("start", 1))
    return number if number <= LAST_NUMBER else 1


def web_target(node: SyntaxTreeNode) -> str:
    """Give where a link leads, or "" where that is not the web."""
    return web_address(str(node.attrs.get("href", "")))


def _words(node: SyntaxTreeNode) -> Iterator[str]:
    if node.type == "formula":
        yield latex.plain_text(f"${node.content}$")
    elif node.type in {"softbreak", "hardbreak"}:
        yield " "
    elif not node.children:
        yield node.content
    for child in node.children:
        yield from _words(child)
        if child.block:
            yield " "


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False})
    parser.inline.ruler.before("escape", "formula", _formula)
    return parser


def _formula(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 (markdown-it's own form of a rule)
    found = latex.formula_at(state.src, state.pos) if state.src[state.pos] == "$" else None
    if found is None:
        return False
    source, end = found
    if not silent:
        state.push("formula", "", 0).content = source
    state.pos = end
    return True
