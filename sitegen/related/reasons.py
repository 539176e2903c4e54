"""The shared terms that say best why two papers are near each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sitegen.related.terms import Terms

MOST = 3


def reasons(ours: Terms, theirs: Terms, shared: Mapping[str, int]) -> tuple[str, ...]:
    """Give up to three of the shared terms, those that add most to the closeness first, no two with a word in common.

    A single word counts only where it is in a title, or used twice in both abstracts.
    """
    worth = {term: _worth(term, shared) for term in shared if " " in term or _telling(term, ours, theirs)}
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


def _telling(word: str, ours: Terms, theirs: Terms) -> bool:
    """Say whether a single word is more than a word in passing: in a title, or used twice in both abstracts."""
    return word in ours.title or word in theirs.title or (ours.counts[word] > 1 and theirs.counts[word] > 1)
