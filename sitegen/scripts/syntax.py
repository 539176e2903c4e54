"""JavaScript as a tree, and edits of its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import tree_sitter_javascript
from tree_sitter import Language, Parser

from sitegen.problems import SitegenError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tree_sitter import Node

    Edit = tuple[int, int, bytes]

_JAVASCRIPT = Language(tree_sitter_javascript.language())


def parsed(script: bytes) -> Node:
    """Give the root of a script's tree (UTF-8); SitegenError for what is no JavaScript."""
    root = Parser(_JAVASCRIPT).parse(script).root_node
    if root.has_error:
        fault = next(node for node in descendants(root) if node.is_error or node.is_missing)
        line = fault.start_point.row + 1
        raise SitegenError(f"a script of the search is no JavaScript: line {line}: {text_of(fault)[:60]!r}")
    return root


def descendants(node: Node) -> Iterator[Node]:
    """Give a node and all below it, in the order of the text."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(node.children))


def text_of(node: Node) -> str:
    """Give the text that a node stands for."""
    return (node.text or b"").decode()


def edited(script: bytes, edits: Iterable[Edit]) -> bytes:
    """Give a script with pieces replaced; an edit is (start, end, what stands there then), in bytes, none overlap."""
    parts, at = [], 0
    for start, end, other in sorted(edits):
        parts += [script[at:start], other]
        at = end
    return b"".join([*parts, script[at:]])
