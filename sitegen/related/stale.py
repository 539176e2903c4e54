"""Which lists of neighbours may not be as they were, now that some papers are new, changed or gone.

Of a list that was right, each of these alone keeps it right for what it names, and together they are all there is:

- the paper itself is as it was, and so are all papers in its list;
- no paper that is new or changed is as close as the last in its list;
- where a term weighs less than before, it shares the term with none of its list: those in the list are as close as
  they were, for the same reasons, and nobody else came closer;
- where a term weighs more than before, nobody else who is as he was has it.

What a term weighs is all that a paper's closeness to another depends on beside the two of them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from sitegen.related.index import Index
from sitegen.related.vectors import weight

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from sitegen.related.known import Known
    from sitegen.related.terms import Terms
    from sitegen.related.vectors import Vectors


def stale(
    before: Known, ids: Sequence[str], terms: Sequence[Terms], vectors: Vectors, fresh: Collection[int]
) -> set[int]:
    """Give the places of papers whose lists must be made anew: the fresh, and others whose lists may have changed.

    `ids`, `terms` and `vectors` are by place; papers that are not `fresh` have the text that they had `before`.
    """
    kept = {ids[place]: place for place in range(len(ids)) if place not in fresh}
    lists = {place: before.lists[id_] for id_, place in kept.items()}
    found = {place for place, near in lists.items() if any(neighbour.id not in kept for neighbour in near)}
    near = {place: {kept.get(neighbour.id, -1) for neighbour in lists[place]} for place in lists}
    for shift, places in _shifted(before, kept, terms, vectors, fresh):
        if shift < 0:
            found |= {place for place in places if not near[place].isdisjoint(places)}
        elif len(places) > 1:
            found |= places
    for place, closeness in _approached(vectors, fresh):
        if place in lists and (len(lists[place]) < before.count or closeness >= lists[place][-1].closeness):
            found.add(place)
    return found.union(fresh)


def _shifted(
    before: Known, kept: Mapping[str, int], terms: Sequence[Terms], vectors: Vectors, fresh: Collection[int]
) -> Iterator[tuple[int, set[int]]]:
    """Give for each term that weighs more or less than before by how much, and the kept papers that have it."""
    more = Counter(term for place in fresh for term in terms[place].counts)
    more.subtract(term for id_, old in before.terms.items() if id_ not in kept for term in old.counts)
    shifts = {term: weight(vectors.having[term]) - weight(vectors.having[term] - by) for term, by in more.items()}
    shifted = {term for term, by in shifts.items() if by}
    having: dict[str, set[int]] = defaultdict(set)
    for place in kept.values():
        for term in terms[place].counts.keys() & shifted:
            having[term].add(place)
    for term, places in having.items():
        yield shifts[term], places


def _approached(vectors: Vectors, fresh: Collection[int]) -> Iterator[tuple[int, float]]:
    """Give the places of all papers that a fresh one is near, and how close it is."""
    index = Index(vectors, fresh)
    for place in fresh:
        yield from index.near(place).items()
