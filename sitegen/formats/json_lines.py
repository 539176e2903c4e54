"""JSON texts taken apart: the entries they hold, each with its lines, even where the text is cut or broken.

An entry is read by the standard library's decoder. Where that fails the entry's end is looked for by its brackets
and by the layout of the lines, so that a broken entry costs no other.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_DECODER = json.JSONDecoder()
_SPACE = re.compile(r"[ \t\r\n]*+")
_LINE_END = re.compile(r"\r\n|\r|\n")
_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)|[\[\]{}]', re.DOTALL)
_SCALAR_END = re.compile(r"[,\]}\r\n]|\Z")
# Where answers of services keep their entries.
_LISTS = ("results", "items")
_ENVELOPE = "message"
# The decoder counts the lines before each fault: a thousand times is enough for anybody's file.
_FAULTS = 1_000


@dataclass(frozen=True, slots=True)
class Broken:
    """What stands in place of an entry that cannot be read, and why."""

    why: str


def located(text: str) -> list[tuple[object, int, int]]:
    """Give each entry of a JSON text with its first and last line (from 1); a `Broken` for one that cannot be read.

    Entries are the elements of the top array, of `results`, `items` or `message.items`, else `message` or the top
    object itself; several values one after another (one a line) are taken each as if they stood alone.
    """
    return list(entries(text))


def entries(text: str) -> Iterator[tuple[object, int, int]]:
    """Give what `located` gives, one by one as they are read."""
    starts = [0, *(met.end() for met in _LINE_END.finditer(text))]
    for value, start, end in _Walk(text).values():
        yield value, bisect_right(starts, start), bisect_right(starts, max(end - 1, start))


class _Walk:
    """One walk through a text: `at` is the place reached. Entries come with the places of their start and end."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 1 if text.startswith("\ufeff") else 0
        self.faults = 0

    def values(self) -> Iterator[tuple[object, int, int]]:
        """Read top values one after another up to the end of the text."""
        while self._here():
            if self.faults >= _FAULTS:
                yield Broken(f"not read: more than {_FAULTS} entries before it are broken"), self.at, len(self.text)
                return
            if self._here() == "[":
                yield from self._elements()
            elif self._here() == "{":
                yield from self._object()
            else:
                start, line_end = self.at, _LINE_END.search(self.text, self.at)
                self.at = line_end.start() if line_end else len(self.text)
                self.faults += 1
                yield Broken("not JSON: an entry must begin with {"), start, self.at

    def _here(self) -> str:
        """Pass over white space and give the character that is reached, "" at the end."""
        met = _SPACE.match(self.text, self.at)
        self.at = met.end() if met else self.at
        return self.text[self.at : self.at + 1]

    def _object(self) -> Iterator[tuple[object, int, int]]:
        """Give the entry that the object here is, or those that it is the envelope of."""
        start = self.at
        depth = self._open_envelope()
        if not depth:
            self.at = start
            yield self._value()
            return
        if self._here() == "[":
            yield from self._elements()
        else:
            yield self._value()
        self._leave(depth)

    def _open_envelope(self) -> int:
        """Go to the list, or the one entry, within the object here; give how many objects are open then, 0 for none."""
        for key in self._keys():
            if key in _LISTS and self._here() == "[":
                return 1
            if key == _ENVELOPE and self._here() == "{":
                place = self.at
                if any(name == "items" and self._here() == "[" for name in self._keys()):
                    return 2
                self.at = place
                return 1
        return 0

    def _keys(self) -> Iterator[str]:
        """Give each key of the object here, as far as it can be read; `at` is then its value, which is passed after."""
        try:
            before = "{"
            while self._here() == before:
                before, self.at = ",", self.at + 1
                if self._here() != '"':
                    return
                key, self.at = _DECODER.raw_decode(self.text, self.at)
                if self._here() != ":":
                    return
                self.at += 1
                self._here()
                yield key
                _, self.at = _DECODER.raw_decode(self.text, self.at)
        except (ValueError, RecursionError):
            return

    def _elements(self) -> Iterator[tuple[object, int, int]]:
        """Give the elements of the array here and go behind it."""
        self.at += 1
        value: object = None
        while (here := self._here()) not in {"]", "}", ""}:
            if here == ",":
                self.at += 1
                continue
            value, start, end = self._value()
            yield value, start, end
            if self.faults >= _FAULTS:
                return
        if not here and not isinstance(value, Broken):
            yield Broken("the text ends within the list: it was cut"), len(self.text.rstrip()) - 1, len(self.text)
        self.at += here == "]"

    def _value(self) -> tuple[object, int, int]:
        """Read the value here and go behind it."""
        start = self.at
        value: object
        try:
            value, self.at = _DECODER.raw_decode(self.text, start)
        except (ValueError, RecursionError) as error:
            self.faults += 1
            end = self._end(start)
            self.at = len(self.text) if end is None else max(end, start + 1)
            value = Broken("the text ends within this entry: it was cut" if end is None else _fault(error))
        return value, start, self.at

    def _end(self, start: int) -> int | None:
        """Give the place behind a value that cannot be read: where its brackets close or the next entry begins."""
        if self.text[start] not in "[{":
            met = _SCALAR_END.search(self.text, start)
            return met.start() if met else None
        following = self._following(start)
        depth = 0
        for token in _TOKEN.finditer(self.text, start, following or len(self.text)):
            depth += _step(token[0])
            if depth == 0:
                return token.end()
        return following

    def _following(self, start: int) -> int | None:
        """Give the place of the next line that opens an object exactly as the entry's own first line does."""
        line_start = max(self.text.rfind("\n", 0, start), self.text.rfind("\r", 0, start)) + 1
        indent = self.text[line_start:start]
        if indent.strip():
            return None
        met = re.compile(rf"(?<=[\r\n]){re.escape(indent)}(?=\{{)").search(self.text, start + 1)
        return met.start() if met else None

    def _leave(self, depth: int) -> None:
        """Go behind as many objects as are open."""
        for token in _TOKEN.finditer(self.text, self.at):
            depth += _step(token[0])
            if depth <= 0:
                self.at = token.end()
                return
        self.at = len(self.text)


def _step(token: str) -> int:
    return {"[": 1, "{": 1, "]": -1, "}": -1}.get(token, 0)


def _fault(error: ValueError | RecursionError) -> str:
    """Put the decoder's complaint into words."""
    if isinstance(error, json.JSONDecodeError):
        return f"not JSON: {error.msg} (line {error.lineno})"
    return "not read: nested too deep" if isinstance(error, RecursionError) else "not read: a number of too many digits"
