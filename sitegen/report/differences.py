"""Fields before and after, as lines that begin with "-" and "+"; of long texts the words that differ."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from rapidfuzz.distance import LCSseq

from sitegen.model import Author, Change, Source
from sitegen.text import shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sitegen.diff import FieldChange

_SHORT = 120
_AROUND = 4
_LIMIT = 600


def differences(change: FieldChange) -> tuple[str, ...]:
    """Give what was taken from a field and what was put into it, each line beginning with "- " or "+ "."""
    if isinstance(change.before, tuple):
        return tuple(_lists(_each(change.before), _each(change.after)))
    before, after = said(change.before), said(change.after)
    if max(len(before), len(after)) <= _SHORT or not (before and after):
        return tuple(_lines([before], [after]))
    return tuple(_words(before, after)) or ("- its spaces and line ends", "+ others")


def said(value: Any) -> str:  # noqa: ANN401 (a field of a record)
    """Give one value in words."""
    if isinstance(value, Author):
        parts = ((one.name, getattr(value, one.name)) for one in fields(Author) if one.name != "name")
        more = ", ".join(f"{name}: {said(part)}" for name, part in parts if part)
        return f"{value.name} ({more})" if more else value.name
    if isinstance(value, Change):
        return f"{value.at} {value.kind}: {value.note}"
    if isinstance(value, Source):
        listed, count = value.listed and f"listed {value.listed}", "" if value.count is None else f"count {value.count}"
        facts = (value.file, value.format, f"number {value.ordinal}", listed, count)
        return ", ".join(fact for fact in facts if fact)
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _each(values: Sequence[Any]) -> list[str]:
    return [said(value) for value in values]


def _lists(before: list[str], after: list[str]) -> Iterator[str]:
    """Give what left a list and what came into it; where only the order is another, the whole list."""
    gone = [value for value in before if value not in after]
    come = [value for value in after if value not in before]
    return _lines(gone, come) if gone or come else _lines([", ".join(before)], [", ".join(after)])


def _lines(gone: Iterable[str], come: Iterable[str]) -> Iterator[str]:
    yield from (f"- {shorten(value, _LIMIT)}" for value in gone if value)
    yield from (f"+ {shorten(value, _LIMIT)}" for value in come if value)


def _words(before: str, after: str) -> Iterator[str]:
    """Give each place where words differ, with a few words around it."""
    one, two = before.split(), after.split()
    places: list[list[int]] = []
    for edit in LCSseq.opcodes(one, two):
        if edit.tag == "equal":
            continue
        place = [edit.src_start, edit.src_end, edit.dest_start, edit.dest_end]
        if places and place[0] - places[-1][1] <= 2 * _AROUND:
            places[-1][1::2] = [place[1], place[3]]
        else:
            places.append(place)
    for from_one, to_one, from_two, to_two in places:
        yield f"- {_cut(one, from_one, to_one)}"
        yield f"+ {_cut(two, from_two, to_two)}"


def _cut(words: list[str], start: int, end: int) -> str:
    """Give some words and those around them."""
    first, last = max(start - _AROUND, 0), min(end + _AROUND, len(words))
    cut = shorten(" ".join(words[first:last]), _LIMIT)
    return ("… " if first else "") + cut + (" …" if last < len(words) else "")
