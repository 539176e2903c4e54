"""The search for the neighbours of some papers among all, in one process or several."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from multiprocessing import get_context
from typing import TYPE_CHECKING

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
        return _search(asked, space, count)
    places = list(asked)
    parts = [{place: asked[place] for place in places[first::jobs]} for first in range(jobs)]
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        found = pool.map(_search, parts, repeat(space), repeat(count))
        return {place: row for part in found for place, row in part.items()}


def _search(asked: Mapping[int, Paper], space: Space, count: int) -> Found:
    """Give what `neighbours_of` gives, found in this process."""
    keys = Keys()
    index = Index(space, asked)
    vectors, lexicon = space.vectors, space.lexicon
    found: Found = {}
    for place, paper in asked.items():
        near: list[tuple[int, float, tuple[str, ...]]] = []
        ours = vectors.marks(place)
        for closeness, other in index.nearest(place) if count > 0 else ():
            shared = [
                (lexicon.term(term), added, telling)
                for term, added, telling in vectors.shared(ours, vectors.marks(other))
            ]
            because = reasons(
                {term: added for term, added, _ in shared}, {term for term, _, telling in shared if telling}
            )
            if because:
                near.append((other, closeness, because))
            if len(near) == count:
                break
        forms = written(paper, keys, {term for _, _, because in near for term in because})
        told = packed([(closeness, [forms[term] for term in because]) for _, closeness, because in near])
        found[place] = tuple(other for other, _, _ in near), told
    return found
