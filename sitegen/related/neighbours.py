"""Lists of neighbours as they are kept: packed, and unpacked one by one when they are asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from sitegen.related.table import words

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterator, Sequence

NOBODY = 2**32 - 1
# No term as it is written holds white space but single spaces, and these two are white space.
_BETWEEN_NEIGHBOURS, _BETWEEN_TERMS = "\x1e", "\x1f"
_DIGITS = 10_000  # closeness has four


class Neighbour(NamedTuple):
    """A paper near another: its id, how close from 0 to 1, and one to three shared terms, the weightiest first."""

    id: str
    closeness: float
    because: tuple[str, ...]


class Lists(Mapping[str, tuple[Neighbour, ...]]):
    """For each paper's id, in order, its neighbours, nearest first.

    Papers have places that they keep: `ids` by place, "" where none is; `near` holds `count` places for each, NOBODY
    where there are fewer; `told` holds for each what closeness and shared terms its neighbours have.
    """

    def __init__(self, count: int, ids: Sequence[str], near: array[int], told: Sequence[str]) -> None:
        self.count, self.ids, self.near, self.told = count, ids, near, told
        self.places = {id_: place for id_, place in sorted(zip(ids, range(len(ids)), strict=True)) if id_}

    def __getitem__(self, id_: str) -> tuple[Neighbour, ...]:
        place, ids = self.places[id_], self.ids
        found = []
        for said, other in zip(_parts(self.told[place]), self.near_places(place), strict=False):
            closeness, _, because = said.partition(_BETWEEN_TERMS)
            found.append(Neighbour(ids[other], int(closeness) / _DIGITS, tuple(because.split(_BETWEEN_TERMS))))
        return tuple(found)

    def __iter__(self) -> Iterator[str]:
        return iter(self.places)

    def __len__(self) -> int:
        return len(self.places)

    def __repr__(self) -> str:
        return f"Lists({dict(self.items())!r})"

    def near_places(self, place: int) -> array[int]:
        """Give the places of a paper's neighbours, and NOBODY for each that it could have beside them."""
        return self.near[place * self.count : (place + 1) * self.count]

    def last_closeness(self, place: int) -> float:
        """Give how close the last of a paper's neighbours is; 0 where it has not as many as it could have."""
        parts = _parts(self.told[place])
        return int(parts[-1].partition(_BETWEEN_TERMS)[0]) / _DIGITS if len(parts) == self.count else 0.0

    def with_rows(self, ids: Sequence[str], rows: Mapping[int, tuple[Sequence[int], str]]) -> Lists:
        """Give the lists of those ids by place, with other neighbours and what is told of them at some places."""
        near = self.near + words((NOBODY,) * (self.count * len(ids) - len(self.near)))
        told = [*self.told, *[""] * (len(ids) - len(self.told))]
        for place, (others, said) in rows.items():
            padded = (*others, *[NOBODY] * (self.count - len(others)))
            near[place * self.count : (place + 1) * self.count] = words(padded)
            told[place] = said
        return Lists(self.count, ids, near, told)


def packed(neighbours: Sequence[tuple[float, Sequence[str]]]) -> str:
    """Give closeness and shared terms of neighbours as `told` holds them."""
    return _BETWEEN_NEIGHBOURS.join(
        _BETWEEN_TERMS.join((str(round(closeness * _DIGITS)), *because)) for closeness, because in neighbours
    )


def _parts(told: str) -> list[str]:
    return told.split(_BETWEEN_NEIGHBOURS) if told else []
