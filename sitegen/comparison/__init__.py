"""What only a comparison with a base can see: one generator per rule, its docstring the rule, all in COMPARISONS."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.comparison import places, records
from sitegen.comparison.compared import Compared, renamed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sitegen.problems import Problem

__all__ = ["COMPARISONS", "Compared", "compare", "renamed"]

COMPARISONS: tuple[Callable[[Compared], Iterator[Problem]], ...] = (
    records.ids_stay,
    records.aliases_stay,
    records.papers_keep_their_ids,
    records.added_stays,
    records.new_is_new,
    records.changes_are_told,
    records.no_paper_twice,
    places.topics_stay,
    places.addresses_stay,
    places.identity_stays,
)


def compare(compared: Compared) -> tuple[Problem, ...]:
    """Give what is wrong with a corpus in the light of the one it came from, sorted."""
    return tuple(sorted(problem for rule in COMPARISONS for problem in rule(compared)))
