"""A curator's note on the page of its paper: Markdown written anew, for CommonMark and for Python-Markdown alike."""

from __future__ import annotations

import re
from itertools import repeat
from typing import TYPE_CHECKING

from sitegen.render.note import first_number, note_tree, web_target, words_of
from sitegen.render.prose import escaped_text, formula, link, linked_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.tree import SyntaxTreeNode

_LISTS = ("bullet_list", "ordered_list")


def note_markdown(note: str) -> str:
    """Give a note as Markdown without headings, images, HTML and links to anything but the web."""
    return "\n\n".join(_blocks(note_tree(note).children))


def _blocks(nodes: Sequence[SyntaxTreeNode]) -> Iterator[str]:
    for node in nodes:
        if block := _block(node):
            yield block


def _block(node: SyntaxTreeNode) -> str:
    match node.type:
        case "paragraph":
            return _line(node.children)
        case "heading":
            return _heading(_line(node.children).replace("  \n", " "))
        case "bullet_list" | "ordered_list":
            return _entries(node)
        case "blockquote":
            return _indented("\n\n".join(_blocks(node.children)), "> ")
        case "fence" | "code_block":
            return "  \n".join(_code(line.strip()) for line in node.content.splitlines() if line.strip())
    return ""


def _heading(words: str) -> str:
    """Give a heading as strong words, but for one with emphasis at an end, whose marks would run into ours."""
    return words if {words[:1], words[-1:]} & {"*", "_"} else _marked("**", words)


def _entries(node: SyntaxTreeNode) -> str:
    """Give a list; Python-Markdown asks for four spaces before what stands within, and counts from one."""
    mark = f"{first_number(node)}." if node.type == "ordered_list" else "-"
    tight = all(child.hidden or child.type in _LISTS for entry in node.children for child in entry.children)
    gap = "\n" if tight else "\n\n"
    return gap.join(f"{mark} {entry}" for entry in map(_entry, node.children, repeat(gap)) if entry.strip())


def _entry(node: SyntaxTreeNode, gap: str) -> str:
    """Give what stands behind the mark of an entry; a list there begins on its own line, for its room to be known."""
    lines = _indented(gap.join(_blocks(node.children)), "    ")
    return f"\n{lines}" if node.children and node.children[0].type in _LISTS else lines.lstrip()


def _indented(lines: str, by: str) -> str:
    return "\n".join(f"{by}{line}" if line else by.rstrip() for line in lines.split("\n")) if lines else ""


def _line(nodes: Sequence[SyntaxTreeNode], *, linked: bool = True) -> str:
    return "".join(_inline(node, linked=linked) for node in nodes)


def _inline(node: SyntaxTreeNode, *, linked: bool) -> str:
    match node.type:
        case "inline":
            return _line(node.children).strip()
        case "text":
            return linked_text(node.content) if linked else escaped_text(node.content)
        case "softbreak":
            return " "
        case "hardbreak":
            return "  \n"
        case "em" | "strong":
            return _marked(node.markup, _line(node.children, linked=linked))
        case "code_inline":
            return _code(node.content)
        case "formula":
            return formula(node.content)
        case "link":
            return _link(node, web_target(node))
    return escaped_text(words_of(node))


def _link(node: SyntaxTreeNode, target: str) -> str:
    words = _line(node.children, linked=False)
    return link(words, target) if target and words.strip() else words


def _marked(mark: str, words: str) -> str:
    """Put words between marks, the white space at their ends outside, where marks of emphasis must have it."""
    inner = words.strip()
    return words.replace(inner, f"{mark}{inner}{mark}") if inner else words


def _code(source: str) -> str:
    """Give code between more backticks than it has in a row."""
    marks = "`" * (max(map(len, re.findall("`+", source)), default=0) + 1)
    room = " " if source[:1] in {"`", " "} or source[-1:] in {"`", " "} else ""
    return f"{marks}{room}{source}{room}{marks}" if source.strip() else source
