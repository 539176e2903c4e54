"""The part of lunr.js that the search calls: its query language, stemmer, stop words and term sets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sitegen.problems import SitegenError
from sitegen.scripts.syntax import descendants, edited, parsed, text_of

if TYPE_CHECKING:
    from tree_sitter import Node

VERSION = "2.3.9"

# What builds an index and what searches one whole: the search has its own index, in small files.
_NOT_CALLED = frozenset({"Builder", "FieldRef", "Index", "MatchData", "Pipeline", "Set", "Vector", "idf", "trimmer"})
_FIRST_COMMENT = re.compile(r"\s*(/\*.*?\*/)", re.DOTALL)


def licence_of(stock: str) -> str:
    """Give the comment that lunr.js begins with; SitegenError where it names no licence."""
    comment = _FIRST_COMMENT.match(stock)
    if not comment or "@license" not in comment[1]:
        raise _strange("it does not begin with its licence")
    return comment[1]


def called_part(stock: str) -> str:
    """Give lunr.js without the parts that the search never calls; what is left stands as it stood.

    Raises SitegenError for another version, or where a part is missing or something that is left needs it.
    """
    if f'lunr.version = "{VERSION}"' not in stock:
        raise _strange(f"it is not version {VERSION}")
    script = stock.encode()
    statements = _statements(parsed(script))
    gone = [node for node in statements if _part(node) in _NOT_CALLED]
    missing = _NOT_CALLED - {_part(node) for node in gone}
    if missing:
        raise _strange(f"it has no lunr.{min(missing)}")
    needed = {name for node in statements if node not in gone and _part(node) for name in _parts_named(node)}
    if needed & _NOT_CALLED:
        raise _strange(f"lunr.{min(needed & _NOT_CALLED)} is needed by what the search calls")
    return edited(script, [(node.start_byte, node.end_byte, b"") for node in gone]).decode()


def _statements(root: Node) -> list[Node]:
    """Give the statements of the function that is the whole of lunr.js."""
    for node in descendants(root):
        if node.type == "statement_block":
            return node.named_children
    return []


def _part(statement: Node) -> str:
    """Give "Vector" for a statement that defines or calls lunr.Vector or what belongs to it, "" for another."""
    found = re.match(r"lunr\.(\w+)", text_of(statement))
    return found[1] if found else ""


def _parts_named(statement: Node) -> set[str]:
    members = (text_of(node) for node in descendants(statement) if node.type == "member_expression")
    return {found[1] for found in (re.fullmatch(r"lunr\.(\w+)", member) for member in members) if found}


def _strange(why: str) -> SitegenError:
    return SitegenError(
        f"the lunr.js of the installed MkDocs is strange: {why}", "install the MkDocs of requirements.txt"
    )
