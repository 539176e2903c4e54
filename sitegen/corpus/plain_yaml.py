"""Plain YAML: bytes to nodes that are text, lists and mappings only, every one with its line.

Nodes are made from the parser's events. PyYAML's composer is never called: its recursion dies by a signal on deep
nesting, and aliases let 1 KB stand for gigabytes. What a record never needs is refused before anything is built.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import yaml

from sitegen.problems import Location, Problem
from sitegen.text import quoted

MAX_DEPTH = 12
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]|\r(?!\n)")
_BOM = b"\xef\xbb\xbf"
# Where these contexts begin is the user's mistake; where the parser noticed is often the line after.
_TELLING_CONTEXTS = (
    "while scanning a simple key",
    "while scanning a quoted scalar",
    "while parsing a flow sequence",
    "while parsing a flow mapping",
)
_NOT_TEXT = {"a second document", "a list or mapping as a key", "a %TAG directive"}
_HINTS = {
    "mapping values are not allowed in this context": "put a value that holds ': ' in quotes",
    "found character that cannot start any token": "put a value that begins with one of @ ` % in quotes",
    "could not find expected ':'": "write 'key: value'; text of several lines belongs under 'key: |-', indented",
    "found unexpected end of stream": "a quotation mark is not closed",
}


class Node(NamedTuple):
    """A value as the file has it, and the line (from 1) of its key, or of itself where it has no key."""

    value: str | list[Node] | dict[str, Node]
    line: int


class _RefusedError(Exception):
    """The file is too deep to go on."""


def read_yaml(content: bytes, path: str) -> tuple[Node | None, tuple[Problem, ...]]:
    """Give the root node of a file's bytes, or None with the problems that say why; `path` is for the problems.

    Control characters are a problem, but the rest of the file is read, so that all its problems are found at once.
    """
    fault = _encoding_problem(content, path)
    if fault:
        return None, (fault,)
    problems: list[Problem] = []
    text = content.decode("utf-8")
    if _FORBIDDEN.search(text):
        problems.append(_control_problem(text, path))
        content = _FORBIDDEN.sub("\ufffd", text).encode("utf-8")
    composer = _Composer(content, path)
    root = composer.compose()
    return root, (*problems, *composer.problems)


def _encoding_problem(content: bytes, path: str) -> Problem | None:
    """Say why the bytes are no text, or None."""
    if content.startswith(_BOM):
        return Problem(
            Location(path, 1), "SG002", "a file must not begin with a byte order mark", "save it as UTF-8 without BOM"
        )
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        found = content[error.start]
        return Problem(
            Location(path, line), "SG002", f"a file must be UTF-8, not bytes such as 0x{found:02X}", "save it as UTF-8"
        )
    if not text.strip():
        return Problem(Location(path), "SG002", "a file must hold a record, but it is empty")
    return None


def _control_problem(text: str, path: str) -> Problem:
    """Name the first control character and in how many lines there are more: one problem, however hostile the file."""
    places = list(_FORBIDDEN.finditer(text))
    first = text.count("\n", 0, places[0].start()) + 1
    count = len({text.count("\n", 0, place.start()) for place in places[:1000]})
    more = f" (and in {count - 1} more lines)" if count > 1 else ""
    message = f"text must hold no control characters, but U+{ord(places[0][0]):04X} stands here{more}"
    return Problem(Location(path, first), "SG025", message)


class _Composer:
    """One pass over the parse events of a file; problems are collected, the first of each kind of refusal."""

    def __init__(self, content: bytes, path: str) -> None:
        self.content = content
        self.path = path
        self.problems: list[Problem] = []
        self.refused: set[str] = set()

    def compose(self) -> Node | None:
        """Give the root node, or None where the file has problems."""
        try:
            # The C parser where PyYAML has it, as its wheels do; events of both are the same.
            self.parser: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)(self.content)
            root = self._documents()
        except yaml.YAMLError as error:
            self.problems.append(self._syntax_problem(error))
            return None
        except _RefusedError:
            return None
        if root is None and not self.problems:
            self._fault(0, "SG002", "a file must hold a record, but it has only comments")
        return None if self.problems else root

    def _documents(self) -> Node | None:
        root = None
        documents = 0
        while True:
            event = self.parser.get_event()
            if isinstance(event, yaml.StreamEndEvent):
                return root
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._refuse(event, "a second document ('---')")
                    return None
                if event.tags:
                    self._refuse(event, "a %TAG directive")
                root = self._node(self.parser.get_event(), 1)

    def _node(self, event: Any, depth: int) -> Node:  # noqa: ANN401 (PyYAML's events have no common useful type)
        line = event.start_mark.line + 1
        # Nearly all that a record holds is text, and to say so by the class is a third faster.
        if event.__class__ is yaml.ScalarEvent and event.anchor is None and event.tag is None:
            return Node(event.value, line)
        if isinstance(event, yaml.AliasEvent):
            self._refuse(event, f"an alias ({quoted(f'*{event.anchor}')})")
            return Node("", line)
        if event.anchor is not None:
            self._refuse(event, f"an anchor ({quoted(f'&{event.anchor}')})")
        if event.tag is not None:
            # The parser has spelt "!!" out; the user finds in the file what was written there.
            self._refuse(event, f"a tag ({quoted(event.tag.replace('tag:yaml.org,2002:', '!!'))})")
        if isinstance(event, yaml.ScalarEvent):
            return Node(event.value, line)
        if depth > MAX_DEPTH:
            self._fault(
                line, "SG007", f"values must be nested at most {MAX_DEPTH} levels deep, but here they are deeper"
            )
            raise _RefusedError
        if isinstance(event, yaml.SequenceStartEvent):
            return Node(self._sequence(depth), line)
        return Node(self._mapping(depth), line)

    def _sequence(self, depth: int) -> list[Node]:
        nodes, following = [], self.parser.get_event
        while (event := following()).__class__ is not yaml.SequenceEndEvent:
            nodes.append(self._node(event, depth + 1))
        return nodes

    def _mapping(self, depth: int) -> dict[str, Node]:
        nodes: dict[str, Node] = {}
        following = self.parser.get_event
        while (event := following()).__class__ is not yaml.MappingEndEvent:
            key = self._node(event, depth + 1)
            value = self._node(following(), depth + 1).value
            if not isinstance(key.value, str):
                self._refuse(event, "a list or mapping as a key")
            elif key.value in nodes:
                first = nodes[key.value].line
                self._fault(
                    key.line, "SG008", f"a key must stand once, but {quoted(key.value)} stood in line {first} already"
                )
            else:
                nodes[key.value] = Node(value, key.line)
        return nodes

    def _refuse(self, event: Any, what: str) -> None:  # noqa: ANN401 (see _node)
        """Note the first of each kind: a hostile file must not make a thousand problems."""
        kind = what.partition(" (")[0]
        if kind not in self.refused:
            self.refused.add(kind)
            hint = "" if kind in _NOT_TEXT else "put text that begins with &, * or ! in quotes"
            self._fault(event.start_mark.line + 1, "SG007", f"a file must be plain YAML, without {what}", hint)

    def _fault(self, line: int, code: str, message: str, hint: str = "") -> None:
        self.problems.append(Problem(Location(self.path, line), code, message, hint))

    def _syntax_problem(self, error: yaml.YAMLError) -> Problem:
        """Put the parser's complaint into words; a tab in the indentation is the commonest and gets its own."""
        context, words = getattr(error, "context", None), getattr(error, "problem", None) or "it cannot be read"
        mark = getattr(error, "problem_mark", None)
        if context in _TELLING_CONTEXTS:
            mark = getattr(error, "context_mark", None) or mark
        lines = self.content.decode("utf-8").rstrip().split("\n")
        line = min(mark.line if mark else 0, len(lines) - 1)
        indentation = re.match(r"\s*", lines[line])
        if "\t" in (indentation[0] if indentation else ""):
            return Problem(
                Location(self.path, line + 1), "SG006", "a line must be indented with spaces, not with a tab"
            )
        message = f"a file must be well-formed YAML: {words}"
        return Problem(Location(self.path, line + 1), "SG006", message, _HINTS.get(words, ""))
