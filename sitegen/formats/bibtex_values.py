"""What the value of a BibTeX field says: pieces in braces or quotes, numbers and macros, joined by `#`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_BARE = re.compile(r"[^\s{}\"#,=()]+")
_NEXT_FIELD = re.compile(r"[A-Za-z][\w-]*\s*=")
# Macros may hold macros: without a bound a file of 1 KB could grow to a gigabyte.
_LONGEST_MACRO = 10_000


class BibtexError(ValueError):
    """A value that cannot be read: the message says why."""


def read_value(raw: str, macros: Mapping[str, str]) -> str:
    """Give the text of a raw value, still in LaTeX; an unknown macro stands for itself.

    Raises:
        BibtexError: the value does not end where its last piece ends.
    """
    pieces: list[str] = []
    rest = raw.strip()
    if not rest:
        return ""
    while True:
        piece, rest = _piece(rest, macros)
        pieces.append(piece)
        if not rest:
            return "".join(pieces)
        if not rest.startswith("#"):
            raise BibtexError(_what_follows(rest))
        rest = rest[1:].lstrip()


def read_macro(raw: str, macros: Mapping[str, str]) -> str:
    """Give what an @string stands for.

    Raises:
        BibtexError: it cannot be read, or is longer than any name of a journal.
    """
    value = read_value(raw, macros)
    if len(value) > _LONGEST_MACRO:
        raise BibtexError(f"an @string must stand for at most {_LONGEST_MACRO:,} characters")
    return value


def _piece(text: str, macros: Mapping[str, str]) -> tuple[str, str]:
    """Give the first piece of a value and what follows it."""
    if text.startswith(("{", '"')):
        end = _end(text)
        if end < 0:
            raise BibtexError("a brace or quote is not closed")
        return text[1:end], text[end + 1 :].lstrip()
    bare = _BARE.match(text)
    if not bare:
        raise BibtexError('a value must be {text}, "text", a number or the name of an @string')
    return macros.get(bare[0].lower(), bare[0]), text[bare.end() :].lstrip()


def _end(text: str) -> int:
    """Give the place of the brace or quote that closes the one at the start, -1 for none."""
    depth = 0
    quoted = text[0] == '"'
    for place, character in enumerate(text):
        escaped = place > 0 and text[place - 1] == "\\"
        if character == "{" and not escaped:
            depth += 1
        elif character == "}" and not escaped:
            depth -= 1
            if depth == 0 and not quoted:
                return place
        elif character == '"' and quoted and depth == 0 and place and not escaped:
            return place
    return -1


def _what_follows(rest: str) -> str:
    field = _NEXT_FIELD.match(rest)
    return f"a comma is missing before the field {field[0].rstrip('= ')}" if field else "text stands behind its value"
