"""Nodes to values: readers of text, numbers, lists and mappings, each noting what does not fit, with its line.

A reader takes the reading, a node with a value, and the node's dotted name; it always gives something to go on with.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from typing import Any
from unicodedata import normalize

from sitegen import text as strings
from sitegen.corpus.plain_yaml import Node
from sitegen.model import Origin
from sitegen.problems import Location, Problem


@dataclass(slots=True)
class Reading:
    """A record on its way: the problems met, and the line of each key by its dotted name ("changes.0.at").

    `what` is the record's name in messages.
    """

    path: str
    problems: list[Problem] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)
    what: str = "a record"

    def fault(self, line: int, code: str, message: str, hint: str = "") -> None:
        """Note a problem of this file."""
        self.problems.append(Problem(Location(self.path, line), code, message, hint))

    def origin(self) -> Origin:
        """Give where the record was read."""
        return Origin(self.path, _shared(tuple(self.lines.items())))


@lru_cache(4096)
def _shared(lines: tuple[tuple[str, int], ...]) -> tuple[tuple[str, int], ...]:
    """Give equal lines as one value: most records have the same keys in the same lines as many others."""
    return lines


Reader = Callable[[Reading, Node, str], Any]


def name_of(where: str) -> str:
    """Give a dotted name as the user knows it: "changes.0.at" is "changes.at"."""
    return re.sub(r"\.\d+", "", where)


def _kind(node: Node) -> str:
    if isinstance(node.value, str):
        return strings.quoted(node.value)
    return "a list" if isinstance(node.value, list) else "a mapping"


def text(reading: Reading, node: Node, where: str) -> str:
    r"""Read text, cleaned; escapes such as "\u0007" can bring control characters that the bytes do not show."""
    value = node.value
    if not isinstance(value, str):
        reading.fault(node.line, "SG011", f"{name_of(where)} must be text, not {_kind(node)}")
        return ""
    if value.isascii() and value.isprintable():
        return value
    bounded = strings.stream_safe(value)
    if bounded != value:
        reading.fault(node.line, "SG025", f"{name_of(where)} must have at most 30 combining marks in a row")
    cleaned = strings.clean(bounded)
    if cleaned != normalize("NFC", bounded.replace("\r\n", "\n").replace("\r", "\n")):
        found = next((one for one in bounded if not strings.clean(one)), "\ufffd")
        message = f"{name_of(where)} must hold no control characters, but has U+{ord(found):04X}"
        reading.fault(node.line, "SG025", message)
    return cleaned


def visible_text(reading: Reading, node: Node, where: str) -> str:
    """Read text of corpus.yaml, which no check sees again."""
    value = text(reading, node, where)
    found = strings.invisible(value)
    if found:
        message = f"{name_of(where)} must hold no bidirectional or invisible characters, but has U+{ord(found):04X}"
        reading.fault(node.line, "SG025", message)
    return value


def flag(reading: Reading, node: Node, where: str) -> bool:
    """Read true or false."""
    value = node.value.lower() if isinstance(node.value, str) else ""
    if value not in {"true", "false"}:
        reading.fault(node.line, "SG011", f"{name_of(where)} must be true or false, not {_kind(node)}")
    return value != "false"


def number(least: int) -> Reader:
    """Make a reader of whole numbers from `least` to 999,999,999; None where there is none."""

    def read(reading: Reading, node: Node, where: str) -> int | None:
        digits = node.value if isinstance(node.value, str) else ""
        if re.fullmatch(r"0|[1-9][0-9]{0,8}", digits) and int(digits) >= least:
            return int(digits)
        reading.fault(
            node.line, "SG013", f"{name_of(where)} must be a whole number of at least {least}, not {_kind(node)}"
        )
        return None

    return read


def one_of(allowed: tuple[str, ...], code: str) -> Reader:
    """Make a reader of text that is one of the values allowed."""

    def read(reading: Reading, node: Node, where: str) -> str:
        value = text(reading, node, where)
        if value not in allowed:
            reading.fault(node.line, code, f"{name_of(where)} must be {' or '.join(allowed)}, not {_kind(node)}")
        return value

    return read


def matching(pattern: str, must: str, code: str) -> Reader:
    """Make a reader of text that matches a pattern; `must` says the pattern in words."""

    def read(reading: Reading, node: Node, where: str) -> str:
        value = text(reading, node, where)
        if not re.fullmatch(pattern, value):
            reading.fault(node.line, code, f"{name_of(where)} must be {must}, not {_kind(node)}")
        return value

    return read


def list_of(read_one: Reader, cap: int) -> Reader:
    """Make a reader of lists of at most `cap` values; what cannot be read (None) is left out."""

    def read(reading: Reading, node: Node, where: str) -> tuple[Any, ...]:
        if not isinstance(node.value, list):
            reading.fault(node.line, "SG011", f"{name_of(where)} must be a list, such as [one, two], not {_kind(node)}")
            return ()
        if len(node.value) > cap:
            message = f"{name_of(where)} must be at most {cap:,}, not {len(node.value):,}"
            reading.fault(node.line, "SG026", message)
        found = []
        for index, child in enumerate(node.value[:cap]):
            place = f"{where}.{index}"
            if child.line != node.line:
                reading.lines[place] = child.line
            if child.value:
                found.append(read_one(reading, child, place))
            else:
                reading.fault(child.line, "SG010", f"{name_of(where)} must hold no empty values")
                found.append(None)
        return tuple(one for one in found if one is not None)

    return read


def values(
    reading: Reading, node: Node, where: str, keys: Mapping[str, Reader], required: tuple[str, ...] = ()
) -> dict[str, Any]:
    """Read a mapping by its table of keys; keys without a value are left out, required ones are then a problem."""
    found: dict[str, Any] = {}
    if not isinstance(node.value, dict):
        reading.fault(
            node.line, "SG011", f"{name_of(where) or reading.what} must be a mapping ('key: value'), not {_kind(node)}"
        )
        return found
    for key, child in node.value.items():
        place = f"{where}.{key}" if where else key
        if key not in keys:
            reading.fault(
                child.line, "SG009", f"a key must be known, not {strings.quoted(name_of(place))}", _nearest(key, keys)
            )
        elif child.value:
            if not where or child.line != node.line:
                reading.lines[place] = child.line
            found[key] = keys[key](reading, child, place)
    for key in required:
        if key not in found:
            line = node.value[key].line if key in node.value else node.line
            reading.fault(line, "SG010", f"{name_of(f'{where}.{key}' if where else key)} must be given")
    return found


def _nearest(key: str, keys: Iterable[str]) -> str:
    close = get_close_matches(key[:60].lower(), list(keys), 1, 0.5)
    return f"did you mean {close[0]!r}?" if close else f"known keys are {', '.join(keys)}"


def nested(make: Callable[..., Any], keys: Mapping[str, Reader], required: tuple[str, ...] = ()) -> Reader:
    """Make a reader of a mapping inside a record; None where it is no mapping."""

    def read(reading: Reading, node: Node, where: str) -> Any:  # noqa: ANN401 (whatever `make` gives)
        found = values(reading, node, where, keys, required)
        for key in required:
            found.setdefault(key, "")
        return make(**found) if isinstance(node.value, dict) else None

    return read


def optional(make: Callable[..., Any], keys: Mapping[str, Reader]) -> Reader:
    """Make a reader of a mapping that is empty where it cannot be read."""
    read_nested = nested(make, keys)

    def read(reading: Reading, node: Node, where: str) -> Any:  # noqa: ANN401 (whatever `make` gives)
        return read_nested(reading, node, where) or make()

    return read
