"""Terms by number: the number of a term stays, and terms that nobody had before get the next ones."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING

from sitegen.related.table import words

if TYPE_CHECKING:
    from array import array
    from collections.abc import Sequence


@dataclass(frozen=True)
class Lexicon:
    """The terms one behind the other (UTF-8), where each starts, and their numbers in alphabetical order."""

    text: bytes = b""
    starts: array[int] = field(default_factory=lambda: words((0,)))
    order: array[int] = field(default_factory=words)

    def __len__(self) -> int:
        return len(self.order)

    def term(self, number: int) -> str:
        """Give the term of a number."""
        return self._written(number).decode()

    def numbered(self, terms: Sequence[str]) -> tuple[Lexicon, list[int]]:
        """Give the number of each of the terms, no two alike, and the lexicon that has them all."""
        written = [term.encode() for term in terms]
        places = [bisect_left(self.order, term, key=self._written) for term in written]
        found = [self._at(place, term) for place, term in zip(places, written, strict=True)]
        new = [at for at, number in enumerate(found) if number < 0]
        for number, at in enumerate(new, len(self)):
            found[at] = number
        order = words()
        copied = 0
        for at in sorted(new, key=written.__getitem__):
            if places[at] > copied:
                order += self.order[copied : places[at]]
                copied = places[at]
            order.append(found[at])
        order += self.order[copied:]
        starts = self.starts[:-1] + words(accumulate((len(written[at]) for at in new), initial=len(self.text)))
        return Lexicon(self.text + b"".join([written[at] for at in new]), starts, order), found

    def _at(self, place: int, term: bytes) -> int:
        """Give the number of a term that stands at a place of the order, -1 where another stands there."""
        number = self.order[place] if place < len(self.order) else -1
        return number if number >= 0 and self._written(number) == term else -1

    def _written(self, number: int) -> bytes:
        return self.text[self.starts[number] : self.starts[number + 1]]
