"""The search for the neighbours of some papers among all, in one process or several."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING

from sitegen.processes import shared_out
from sitegen.related.bags import FEW
from sitegen.related.index import Index
from sitegen.related.neighbours import packed
from sitegen.related.reasons import reasons
from sitegen.related.terms import Keys, written

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sitegen.model import Paper
    from sitegen.related.space import Space

Found = dict[int, tuple[tuple[int, ...], str]]


def neighbours_of(asked: Mapping[int, Paper], space: Space, count: int, jobs: int) -> Found:
    """Give for the place of each asked paper the places of its neighbours, and what `packed` tells of them."""
    if jobs == 1 or len(asked) < FEW:
        return _search(space, count, asked)
    places = list(asked)
    parts = [{place: asked[place] for place in places[first::jobs]} for first in range(jobs)]
    found = shared_out(partial(_search, space, count), parts, jobs)
    return {place: row for part in found for place, row in part.items()}


def _search(space: Space, count: int, asked: Mapping[int, Paper]) -> Found:
    """Give what `neighbours_of` gives, found in this process."""
    keys = Keys()
    index = Index(space, asked)
    vectors, term = space.vectors, cache(space.lexicon.term)
    found: Found = {}
    for place, paper in asked.items():
        near: list[tuple[int, float, tuple[str, ...]]] = []
        ours = vectors.marks(place)
        for closeness, other in index.nearest(place) if count > 0 else ():
            shared = [(term(one), added, tells) for one, added, tells in vectors.shared(ours, vectors.marks(other))]
            because = reasons({one: added for one, added, _ in shared}, {one for one, _, tells in shared if tells})
            if because:
                near.append((other, closeness, because))
            if len(near) == count:
                break
        forms = written(paper, keys, {one for _, _, because in near for one in because})
        told = packed([(closeness, [forms[one] for one in because]) for _, closeness, because in near])
        found[place] = tuple(other for other, _, _ in near), told
    return found
