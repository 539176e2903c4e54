"""Plain text as Markdown.

Record text is escaped here, and only here, for CommonMark and for Python-Markdown, which reads docs/ where sitegen is
not installed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sitegen import latex, text

if TYPE_CHECKING:
    from collections.abc import Iterable

_ADDRESS = re.compile(r"https?://[^\s<>\"'`\\{}|^]+")
_AFTER_ADDRESS = ".,;:!?]*_"
# What Python-Markdown could take for a tag, a link, code or emphasis inside a formula that it does not know: behind
# any of them "{onclick=…}" would be attributes. An underscore within a word opens nothing and stays readable.
_FORMULA_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_FORMULA_MARKS = re.compile(r"[&<>\[\]`*]|(?<![A-Za-z0-9])_")
# "&copy" and the like in an address, which are the address's own and no entity.
_ENTITY_IN_ADDRESS = re.compile(r"&(?=#?\w+;)")


def prose(words: str, *, linked: bool = True) -> str:
    """Give a paragraph of plain text as Markdown: escaped, formulas in dollars, addresses as links if `linked`."""
    line = text.one_line(words)
    if text.is_plain_markdown(line) and "''" not in line and not (linked and "://" in line):
        return line
    escape = linked_text if linked else escaped_text
    return "".join([formula(run.text) if run.formula else escape(run.text) for run in latex.runs(line)])


def joined(blocks: Iterable[str]) -> str:
    """Give blocks of Markdown as one, without those that are empty."""
    return "\n\n".join([block for block in blocks if block])


def formula(source: str) -> str:
    """Give a formula in dollars."""
    return f"${_FORMULA_MARKS.sub(_formula_entity, source)}$"


def _formula_entity(match: re.Match[str]) -> str:
    return _FORMULA_ENTITIES.get(match[0], f"&#{ord(match[0])};")


def link(words: str, target: str, kind: str = "") -> str:
    """Give a link whose words are already Markdown; `kind` becomes its class."""
    address = target.replace("\\", "%5C").replace("<", "%3C").replace(">", "%3E").replace(" ", "%20")
    address = _ENTITY_IN_ADDRESS.sub("&amp;", address) if "&" in address else address
    return f"[{words}](<{address}>)" + (f"{{.{kind}}}" if kind else "")


def linked_text(words: str) -> str:
    """Escape plain text, its web addresses made links; white space at its ends is kept."""
    pieces, start = [], 0
    for match in _ADDRESS.finditer(words):
        address = _address(match[0])
        end = match.start() + len(address)
        shown = text.escape_markdown(address.removeprefix("https://").rstrip("/"))
        pieces += [escaped_text(words[start : match.start()]), link(shown, address)]
        start = end
    return "".join([*pieces, escaped_text(words[start:])])


def _address(found: str) -> str:
    """Give an address found in prose without the punctuation behind it; a bracket that was opened inside stays."""
    address = found.rstrip(_AFTER_ADDRESS)
    for _ in range(address.count(")") - address.count("(")):
        address = address.removesuffix(")").rstrip(_AFTER_ADDRESS)
    return address


def escaped_text(words: str) -> str:
    """Escape plain text; white space at its ends is kept as one space."""
    inner = text.escape_markdown(words)
    return (" " if words[:1].isspace() else "") + inner + (" " if inner and words[-1:].isspace() else "")
