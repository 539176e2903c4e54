"""The shared terms that say best why two papers are near each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

MOST = 3


def reasons(shared: Mapping[str, int], telling: Collection[str]) -> tuple[str, ...]:
    """Give up to three of the shared terms, those that add most to the closeness first, no two with a word in common.

    A pair of words counts, and a single word only where it is among the `telling`.
    """
    worth = {term: _worth(term, shared) for term in shared if " " in term or term in telling}
    chosen: list[str] = []
    taken: set[str] = set()
    for term in sorted(worth, key=lambda term: (-worth[term], term)):
        words = set(term.split())
        if not words & taken:
            chosen.append(term)
            taken |= words
        if len(chosen) == MOST:
            break
    return tuple(chosen)


def _worth(term: str, shared: Mapping[str, int]) -> int:
    """Give what a term adds; a pair brings what its words add, so that it is chosen before them."""
    return shared[term] + (sum(shared.get(word, 0) for word in term.split()) if " " in term else 0)
