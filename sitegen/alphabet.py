"""Lists from A to Z, cut into pages by how their entries begin.

A page is named by the letters that its entries share, so that a new entry moves no other to another page, until one of
the pages is full.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from sitegen import text
from sitegen.line_pages import LineGroup
from sitegen.lists import LIST_LIMIT
from sitegen.pages import ListPage, Way, WayGroup

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sitegen.line_pages import NameLine, PaperLine

DIGITS, OTHER = "0-9", "other"


class Entry(NamedTuple):
    """A line and the letters, digits and "-" that it is sorted by, "" for one in another script."""

    key: str
    line: PaperLine | NameLine


class _Leaf(NamedTuple):
    """What stands on one page: entries that all begin alike."""

    start: str
    entries: Sequence[Entry]


def alphabet_pages(index: str, stem: str, title: str, noun: str, entries: Sequence[Entry]) -> Iterator[ListPage]:
    """Give a list that is sorted by its keys: on the page `index`, or where it is longer in pages below `stem`."""
    letters = _by_letter(entries)
    note = text.plural(len(entries), noun)
    if len(entries) <= LIST_LIMIT:
        groups = tuple(LineGroup(_shown(letter), _lines(found)) for letter, found in letters)
        yield ListPage(index, title, note=note, lines=groups)
        return
    ways = tuple(Way(_shown(letter), f"{stem}/{letter}.md", len(found)) for letter, found in letters)
    yield ListPage(index, title, note=note, groups=(WayGroup("", ways),))
    for letter, found in letters:
        yield from _letter_pages(f"{stem}/{letter}", title, noun, _Leaf(letter, found))


def _letter_pages(stem: str, title: str, noun: str, letter: _Leaf) -> Iterator[ListPage]:
    """Give a letter's entries on one page, or a page that leads to all of its parts."""
    note = text.plural(len(letter.entries), noun)
    leaves = list(_leaves(letter.entries, 0 if letter.start == OTHER else 1))
    heading = f"{title}: {_shown(letter.start)}"
    if len(leaves) == 1:
        yield ListPage(f"{stem}.md", heading, note=note, lines=(LineGroup("", _lines(letter.entries)),))
        return
    ways = tuple(Way(_shown(leaf.start), _leaf_path(stem, leaf), len(leaf.entries)) for leaf in leaves)
    yield ListPage(f"{stem}.md", heading, note=note, groups=(WayGroup("", ways),))
    for leaf in leaves:
        lines = LineGroup("", _lines(leaf.entries))
        amount = text.plural(len(leaf.entries), noun)
        yield ListPage(_leaf_path(stem, leaf), f"{title}: {_shown(leaf.start)}", note=amount, lines=(lines,))


def _leaf_path(stem: str, leaf: _Leaf) -> str:
    """Give a page's path; one that is named "index" would be taken for its folder's."""
    return f"{stem}/{leaf.start}{'-' if leaf.start == 'index' else ''}.md"


def _leaves(entries: Sequence[Entry], depth: int) -> Iterator[_Leaf]:
    """Cut entries that share their first `depth` letters by more of them, until no page is too long."""
    start = entries[0].key[:depth]
    if len(entries) <= LIST_LIMIT:
        yield _Leaf(start or OTHER, entries)
        return
    for following, found in groupby(entries, lambda entry: entry.key[depth : depth + 1]):
        if following:
            yield from _leaves(list(found), depth + 1)
        else:
            yield from _parts(start or OTHER, list(found))


def _parts(start: str, entries: Sequence[Entry]) -> Iterator[_Leaf]:
    """Cut entries that are spelled alike."""
    yield _Leaf(start, entries[:LIST_LIMIT])
    for number, place in enumerate(range(LIST_LIMIT, len(entries), LIST_LIMIT), 2):
        yield _Leaf(f"{start}.{number}", entries[place : place + LIST_LIMIT])


def _by_letter(entries: Sequence[Entry]) -> list[tuple[str, list[Entry]]]:
    """Give the entries of each letter; what begins with a digit and what is in another script stand at the ends."""
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(_letter(entry.key), []).append(entry)
    return sorted(found.items(), key=lambda group: (group[0] == OTHER, group[0]))


def _letter(key: str) -> str:
    if not key:
        return OTHER
    return key[0] if key[0].isalpha() else DIGITS


def _shown(start: str) -> str:
    """Give the words for how entries begin: "jo" gives "Jo", "li-w" gives "Li w"."""
    return "Other scripts" if start == OTHER else start.replace("-", " ").capitalize() if start != DIGITS else "0 to 9"


def _lines(entries: Sequence[Entry]) -> tuple[PaperLine | NameLine, ...]:
    return tuple(entry.line for entry in entries)
