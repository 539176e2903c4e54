"""Ids of new records: words of their titles, the same in any order of import."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sitegen.model import RESERVED_IDS
from sitegen.text import slug

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

_LONGEST = 80
_COMFORTABLE = 64
# Meaningful words: an id has at most so many, and a title's part before its colon is enough with so few.
_MOST = 7
_FEWEST = 4
_LITTLE = frozenset(
    "a an the and or of in on at for to by with from into via as is are be do does can using through towards toward"
    " under over between its it their our we your you that this than how what why when where not no".split()
)


@dataclass(frozen=True, slots=True)
class Wish:
    """What an id is made of: a title, the record's key, and the system it names where the title is derived."""

    title: str
    key: str
    name: str = ""


def derive_id(title: str, key: str, taken: AbstractSet[str], *, name: str = "") -> str:
    """Give an id that is not taken, from the name or else the first words of the title; `key` has 16 hex digits."""
    return derive_ids([Wish(title, key, name)], taken)[0]


def derive_ids(wishes: Sequence[Wish], taken: AbstractSet[str]) -> tuple[str, ...]:
    """Give ids for a batch of records with different keys; those that want the same id all take a longer one.

    So no id depends on the order of the batch.
    """
    occupied = taken | set(RESERVED_IDS)
    forms = [tuple(dict.fromkeys(_forms(wish))) for wish in wishes]
    ranks = [0] * len(wishes)
    while True:
        ids = [form[rank] for form, rank in zip(forms, ranks, strict=True)]
        wanted = Counter(ids)
        clashing = [
            place
            for place, wish in enumerate(ids)
            if (wanted[wish] > 1 or wish in occupied) and ranks[place] < len(forms[place]) - 1
        ]
        if not clashing:
            return tuple(ids)
        for place in clashing:
            ranks[place] += 1


def _forms(wish: Wish) -> Iterator[str]:
    """Give ever longer ids for one record; the last cannot be anybody else's."""
    words = _words(wish.title)
    for chosen, longest in ((_words(wish.name), _COMFORTABLE), (_first(wish.title), _COMFORTABLE), (words, _LONGEST)):
        if any(character.isalpha() for character in "".join(chosen)) and (fitting := _joined(chosen, longest)):
            yield fitting
    lettered = any(character.isalpha() for character in "".join(words))
    for digits in (6, 16) if lettered else (8, 16):
        stem = (_joined(words, _LONGEST - digits - 1) if lettered else "") or "paper"
        yield f"{stem}-{wish.key[:digits]}"


def _words(text: str) -> list[str]:
    return [word for word in slug(text).split("-") if word]


def _first(title: str) -> list[str]:
    """Give a title's first words, seven of them meaningful ("self-evolving" is one), or those before its colon."""
    before_colon = title.split(": ", 1)[0]
    for part, fewest in ((before_colon, _FEWEST), (title, 0)):
        chosen: list[str] = []
        meaningful = 0
        for compound in part.split():
            pieces = _words(compound)
            chosen += pieces
            meaningful += any(piece not in _LITTLE for piece in pieces)
            if meaningful == _MOST:
                return chosen
        if meaningful >= fewest and part != title:
            return chosen
    return chosen


def _joined(words: list[str], longest: int) -> str:
    """Join as many words as fit, none cut, no word at the end that means nothing alone."""
    fitting = list(words)
    while fitting and (len("-".join(fitting)) > longest or (len(fitting) < len(words) and fitting[-1] in _LITTLE)):
        fitting.pop()
    return "-".join(fitting)
