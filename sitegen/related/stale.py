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

from typing import TYPE_CHECKING

from sitegen.related.index import Index
from sitegen.related.vectors import weight

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from sitegen.related.known import Known
    from sitegen.related.space import Space
    from sitegen.related.vectors import Vectors


def stale(before: Known, space: Space, other: AbstractSet[int]) -> set[int]:
    """Give the places of papers whose lists may have changed, now that at some places there are `other` papers or none.

    The others themselves are not among them.
    """
    lists = before.lists
    found = {at // lists.count for at, near in enumerate(lists.near) if near in other}
    for shift, places in _shifted(before.space.vectors, space.vectors, other):
        if shift < 0:
            found |= {place for place in places if not places.isdisjoint(lists.near_places(place))}
        elif len(places) > 1:
            found |= places
    fresh = [place for place in sorted(other) if space.ids[place]]
    index = Index(space, fresh)
    for one in fresh:
        for place, closeness in index.near(one).items():
            if place not in other and closeness >= lists.last_closeness(place):
                found.add(place)
    return found - other


def _shifted(before: Vectors, vectors: Vectors, other: AbstractSet[int]) -> Iterator[tuple[int, set[int]]]:
    """Give for each term that weighs more or less than before by how much, and who has it as before."""
    rows = [
        table.row(place)[0] for table in (before.papers, vectors.papers) for place in other if place < len(table.sizes)
    ]
    for term in set().union(*rows):
        had = before.having.sizes[term] if term < len(before.having.sizes) else 0
        if shift := vectors.weight(term) - weight(had):
            yield shift, set(vectors.having.row(term)[0]).difference(other)
