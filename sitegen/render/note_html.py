"""A curator's note in a feed: HTML that stands alone, as cleaned as on the page of its paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.render.note import first_number, note_tree, web_target, words_of
from sitegen.render.prose_html import formula_html, linked_html, paragraph_html
from sitegen.text import escape_html

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.tree import SyntaxTreeNode

_TAGS = {"bullet_list": "ul", "list_item": "li", "blockquote": "blockquote", "em": "em", "strong": "strong"}


def note_html(note: str, heading: str) -> list[str]:
    """Give a note as blocks of HTML, its heading, plain words, before its first words."""
    tree = note_tree(note)
    blocks = [html for node in tree.children if (html := _html(node))]
    title = f"<strong>{escape_html(heading)}</strong>"
    if blocks and tree.children[0].type == "paragraph" and blocks[0].startswith("<p>"):
        return [blocks[0].replace("<p>", f"<p>{title} ", 1), *blocks[1:]]
    return [paragraph_html(title), *blocks] if blocks else []


def _html(node: SyntaxTreeNode, *, linked: bool = True) -> str:
    match node.type:
        case "text":
            return linked_html(node.content) if linked else escape_html(node.content)
        case "softbreak":
            return " "
        case "hardbreak":
            return "<br>"
        case "code_inline":
            return f"<code>{escape_html(node.content)}</code>"
        case "fence" | "code_block":
            return f"<pre><code>{escape_html(node.content)}</code></pre>"
        case "formula":
            return formula_html(node.content)
        case "image":
            return escape_html(words_of(node))
        case "link":
            return _link(node, web_target(node))
        case "hr":
            return ""
    return _within(node, _inside(node.children, linked=linked))


def _within(node: SyntaxTreeNode, inner: str) -> str:
    """Give what stands in a block or in emphasis within its element, where there is anything."""
    if not inner.strip():
        return "" if node.block else inner
    match node.type:
        case "paragraph":
            return inner if node.hidden else paragraph_html(inner)
        case "heading":
            return paragraph_html(f"<strong>{inner}</strong>")
        case "ordered_list":
            first = first_number(node)
            return f"<ol>{inner}</ol>" if first == 1 else f'<ol start="{first}">{inner}</ol>'
    tag = _TAGS.get(node.type, "")
    return f"<{tag}>{inner}</{tag}>" if tag else inner


def _inside(nodes: Sequence[SyntaxTreeNode], *, linked: bool) -> str:
    return "".join(_html(node, linked=linked) for node in nodes)


def _link(node: SyntaxTreeNode, target: str) -> str:
    words = _inside(node.children, linked=False)
    return f'<a href="{escape_html(target)}">{words}</a>' if target and words.strip() else words
