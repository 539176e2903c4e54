"""The entries of an XML feed, each with its lines, even where the text is cut or broken.

Elements are known by their local names: feeds of one service differ in prefixes and agree in names. A DOCTYPE is
refused before anything in it is read, since entities let 1 KB stand for gigabytes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias
from xml.etree.ElementTree import TreeBuilder
from xml.parsers import expat

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

# An entry, or why it cannot be read; its first and its last line, from 1.
Found: TypeAlias = "tuple[Element | str, int, int]"

_NAMES = frozenset({"entry", "item"})
_FRAGMENT = re.compile(r"<(entry|item)\b(?:[^<]++|<(?!/?\1\b))*+(?:</\1\s*>|(?=<\1\b)|\Z)")
_LINE_END = re.compile(r"\r\n|\r|\n")
# Expat's "no element found", "unclosed token" and "unclosed CDATA section": the text ended too early.
_CUT = frozenset({3, 5, 20})
# As many levels as no entry of a feed needs; a tree of 100,000 would take the interpreter with it.
_DEPTH = 50


class RefusedError(Exception):
    """The text must not be read at all; `line` says where that is seen."""

    def __init__(self, why: str, line: int) -> None:
        super().__init__(why)
        self.why = why
        self.line = line


def xml_entries(text: str) -> tuple[list[Found], tuple[int, str] | None]:
    """Give the `<entry>` and `<item>` elements, and a fault outside them: its line and what is wrong there.

    Raises RefusedError for a text with a DOCTYPE.
    """
    whole = _Reading()
    # Half a surrogate pair cannot be written as UTF-8.
    fault = whole.read(text.encode("utf-8", "replace"))
    if not fault:
        return whole.found, None
    # From the fault on each entry is read on its own, so that a broken one costs no other.
    rest = list(_fragments(text, len(whole.done.decode("utf-8", "ignore")), whole.line))
    if any(first <= whole.fault_line <= last for _, first, last in rest):
        return [*whole.found, *rest], None
    return [*whole.found, *rest], (whole.fault_line, fault)


def _fragments(text: str, at: int, line: int) -> Iterator[Found]:
    """Give the entries from a place on, which lies in the line given, each read on its own."""
    for met in _FRAGMENT.finditer(text, at):
        line += len(_LINE_END.findall(text, at, met.start()))
        last = line + len(_LINE_END.findall(met[0].rstrip()))
        alone = _Reading(line)
        why = alone.read(met[0].encode("utf-8", "replace"))
        yield (why, line, last) if why or not alone.found else alone.found[0]
        line += len(_LINE_END.findall(met[0]))
        at = met.end()


class _Reading:
    """One reading of a text by expat: `found` entries, and the bytes and the line up to the last of them."""

    def __init__(self, line: int = 1) -> None:
        self.found: list[Found] = []
        self.line = line
        self.fault_line = line
        self.done = b""
        self._offset = line - 1
        self._end = 0
        self._tree: TreeBuilder | None = None
        self._first = 0
        self._depth = 0
        self._parser = expat.ParserCreate("utf-8")
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._finish
        self._parser.CharacterDataHandler = self._words

    def read(self, content: bytes) -> str:
        """Read all of a text; give what is wrong with it, or ""."""
        try:
            self._parser.Parse(content, True)  # noqa: FBT003 (expat takes it by place only)
        except expat.ExpatError as error:
            self.done = content[: self._end]
            self.fault_line = error.lineno + self._offset
            if error.code in _CUT:
                return "its end is missing: the text was cut, or a tag is not closed"
            return f"not XML: {expat.ErrorString(error.code)} in line {self.fault_line}"
        return ""

    def _here(self) -> int:
        return self._parser.CurrentLineNumber + self._offset

    def _doctype(self, *_: object) -> None:
        raise RefusedError("a feed must have no DOCTYPE: it could stand for gigabytes; nothing was read", self._here())

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if self._tree is None and local in _NAMES:
            self._tree, self._first, self._depth = TreeBuilder(), self._here(), 0
        if self._tree is not None:
            self._depth += 1
            if self._depth <= _DEPTH:
                self._tree.start(local, attributes)

    def _finish(self, name: str) -> None:
        if self._tree is None:
            return
        if self._depth <= _DEPTH:
            self._tree.end(name.rpartition(":")[2])
        self._depth -= 1
        if self._depth == 0:
            self.found.append((self._tree.close(), self._first, self._here()))
            self._tree = None
            # The end tag's own bytes are still to come: "</", the name, ">".
            self._end = self._parser.CurrentByteIndex + len(name.encode()) + 3
            self.line = self._here()

    def _words(self, words: str) -> None:
        if self._tree is not None:
            self._tree.data(words)
