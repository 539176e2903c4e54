"""What the rules look at, and how they say what they find."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from difflib import get_close_matches
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from sitegen.problems import Location, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sitegen.model import Corpus, Origin, Paper, Topic


@dataclass(frozen=True, slots=True)
class Subject:
    """A corpus, the ids of records that could not be read, and whether its topics could."""

    corpus: Corpus
    unread: frozenset[str] = frozenset()
    topics_read: bool = True


def problem(origin: Origin, where: str, code: str, message: str, hint: str = "") -> Problem:
    """Give a problem at the line of a dotted name ("changes.0.at"), or of the nearest name around it that has one."""
    lines = dict(origin.lines)
    while where and where not in lines:
        where = where.rpartition(".")[0]
    return Problem(Location(origin.path, lines.get(where, 1)), code, message, hint)


def nearest(value: str, known: Iterable[str]) -> str:
    """Give the hint "did you mean …?", or "" where nothing known is near."""
    close = get_close_matches(value[:100], list(known), 1)
    return f"did you mean '{close[0]}'?" if close else ""


def texts(record: Paper | Topic) -> Iterator[tuple[str, str]]:
    """Give all texts of a record that are not empty, each with its dotted name; the id is not among them."""
    return _texts("", record)


def all_plain(question: Callable[[str], bool], value: Any) -> bool:  # noqa: ANN401 (a record, or a field of one)
    """Tell whether all texts of a record are ASCII or the answer for them is yes; names take longer to find."""
    for part in value if value.__class__ is tuple else _values(value.__class__)(value):
        if part.__class__ is str:
            if not (part.isascii() or question(part)):
                return False
        elif part and not all_plain(question, part):
            return False
    return True


def _texts(where: str, value: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401 (a record, or a field of one)
    if isinstance(value, str):
        if value:
            yield where, value
    elif isinstance(value, tuple):
        for index, one in enumerate(value):
            yield from _texts(f"{where}.{index}", one)
    elif is_dataclass(value):
        for name in _names(value.__class__):
            yield from _texts(f"{where}.{name}" if where else name, getattr(value, name))


@cache
def _values(record: type) -> Callable[[Any], tuple[Any, ...]]:
    """Give what takes the fields of a record; what is neither record nor text, such as a number, has none."""
    return attrgetter(*_names(record)) if is_dataclass(record) else lambda _: ()


@cache
def _names(record: type) -> tuple[str, ...]:
    return tuple(one.name for one in fields(record) if one.name not in {"id", "origin"})
